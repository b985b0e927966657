/** How the verifier is asked, and in which words it says what is wrong with a record's form. */
import { describe, expect, test } from "vitest";
import { openKeygen, verifyRecord } from "#keywright";
import { readRecord } from "#keywright/verify";

using keygen = await openKeygen({ policy: "nist", environment: "test" });
const { record, publicKey } = await keygen.generate("P-256", { purpose: "sign" });
const { digest } = record.predicate.module;

const toldOf = (change: (copy: { predicate: object; subject: object[] }) => void): readonly string[] => {
  const copy = structuredClone(record);
  change(copy as unknown as { predicate: object; subject: object[] });
  const read = readRecord(copy);
  return "broken" in read ? read.broken.map(({ why }) => why) : [];
};

test("what is missing, unknown or malformed is said by its place, and what came is not repeated", () => {
  expect(toldOf((copy) => Reflect.deleteProperty(copy.predicate, "rng"))).toEqual(["predicate.rng: missing"]);
  expect(toldOf((copy) => Object.assign(copy.predicate, { extra: 1 }))).toEqual([
    "predicate.extra: is no field of a record",
  ]);
  expect(toldOf((copy) => Object.assign(copy.subject[0] ?? {}, { name: "evil\u001b[2K" }))).toEqual([
    "subject.0.name: wanted a UUID of version 4",
  ]);
  expect(toldOf((copy) => Object.assign(copy.predicate, { tenant: "a\r\nconsistent" }))).toEqual([
    "predicate.tenant: wanted text without control characters",
  ]);
  expect(readRecord({})).toMatchObject({ broken: expect.arrayContaining([{ id: "shape", why: "_type: missing" }]) });
});

test("no keygen is opened for a tenant whose name would forge lines", async () => {
  const options = { policy: "nist", environment: "test", tenant: "a\nb" } as const;
  await expect(openKeygen(options)).rejects.toThrow("tenant must have no control characters");
});

describe("options", () => {
  test("a misspelt one is refused: the key would not be compared", async () => {
    await expect(verifyRecord(record, { publickey: publicKey } as object)).rejects.toThrow(
      /^publickey is no option of verifyRecord, which takes publicKey, /,
    );
  });

  test("a digest may be written with or without its prefix, and nothing else is one", async () => {
    const digits = digest.slice("sha256:".length);
    for (const coreDigests of [[digest], [digits], ["0".repeat(64), digits.toUpperCase()]]) {
      expect(await verifyRecord(record, { coreDigests, publicKey })).toMatchObject({ consistent: true });
    }
    expect(await verifyRecord(record, { coreDigests: ["0".repeat(64)] })).toMatchObject({ consistent: false });
    const { digest: policyDigest } = record.predicate.decision.policy;
    expect(await verifyRecord(record, { policyDigest: policyDigest.slice(7) })).toMatchObject({ consistent: true });
    for (const wrong of ["", "abc", `xx${digest}yy`, `sha512:${digits}`]) {
      await expect(verifyRecord(record, { coreDigests: [wrong] })).rejects.toThrow(/a digest must be sha256: and 64/);
      await expect(verifyRecord(record, { policyDigest: wrong })).rejects.toThrow(RangeError);
    }
    await expect(verifyRecord(record, { coreDigests: `xx${digest}yy` as never })).rejects.toThrow(RangeError);
  });
});
