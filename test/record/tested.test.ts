/** What a record says was tested is one of the things that this library tests: nothing else can be written there. */
import { expect, test } from "vitest";
import { openKeygen, verifyRecord, webCrypto } from "#keywright";
import type { Core } from "../../src/core/core.ts";
import { selfTestsPassed } from "../../src/core/self-test.ts";
import { seedPolicy } from "../support/seeds.ts";

const policy = seedPolicy("open", { pairwise: "platform" });
const keygen = await openKeygen({ policy, environment: "test", platform: webCrypto });
const make = async (name: "P-224" | "P-256" | "X-Wing-draft-10" | "RSA-2048", purpose?: string) =>
  (await keygen.generate(name, purpose === undefined ? {} : { purpose })).record;
type Record = Awaited<ReturnType<typeof make>>;
const edited = (record: Record, edit: object) => ({ ...record, predicate: { ...record.predicate, ...edit } });
const broken = async (record: unknown) => (await verifyRecord(record)).broken.map(({ id }) => id);
const byPlatform = (record: Record, test: object) =>
  edited(record, { pairwise: [record.predicate.pairwise[0], { by: "platform", ...test }] });

test("every self-test of the core is known, by its name", async () => {
  const exports = new Proxy(
    {},
    { get: (_, name) => () => (name === "xWingSelfTestPassed" || name === "rsaSelfTestPassed" ? 1 : -1) },
  );
  const selfTests = selfTestsPassed({ exports } as unknown as Core);
  expect(selfTests.length).toBeGreaterThan(50);
  const record = await make("P-256");
  expect(await broken(edited(record, { selfTests }))).toEqual([]);
});

test.each([
  ["a certificate", ["CMVP certificate 4711, FIPS 140-3 level 3"]],
  ["a hash that there is not", ["HMAC-SHA-1"]],
  ["one of them again", ["HMAC_DRBG-SHA-512"]],
])("%s is no self-test more", async (_, more) => {
  const record = await make("P-256");
  const { selfTests } = record.predicate;
  expect(await broken(edited(record, { selfTests: [...selfTests, ...more] }))).toEqual(["self-tests"]);
});

test.each([
  ["P-256", undefined, "ECDSA: sign and verify"],
  ["P-256", "establish", "ECDH: agree with another key from both sides"],
  ["RSA-2048", "sign", "RSA-PSS: sign and verify"],
  ["RSA-2048", "wrap", "RSA-OAEP: wrap and unwrap"],
] as const)("the platform tests %s for %s in its own words", async (name, purpose, words) => {
  const record = await make(name, purpose);
  expect(record.predicate.pairwise[1]).toEqual({ by: "platform", test: words, result: "passed" });
  expect(await broken(record)).toEqual([]);
  for (const other of [
    "FIPS 140-3 validated pairwise test",
    "Ed25519: sign and verify",
    "RSA-OAEP: encrypt and decrypt",
  ]) {
    expect(await broken(byPlatform(record, { test: other, result: "passed" }))).toEqual(["pairwise"]);
  }
});

test.each(["P-224", "X-Wing-draft-10"] as const)(
  "no platform tests %s, which Web Cryptography does not name",
  async (name) => {
    const record = await make(name);
    expect(record.predicate.pairwise[1]).toEqual({ by: "platform", result: "not-run", reason: "platform lacks it" });
    expect(await broken(record)).toEqual([]);
    for (const words of ["ECDSA: sign and verify", "undefined"]) {
      expect(await broken(byPlatform(record, { test: words, result: "passed" }))).toEqual(["pairwise"]);
    }
    const refused = { result: "not-run", reason: "platform refused the pair" };
    expect(await broken(byPlatform(record, refused))).toEqual(["pairwise"]);
  },
);

test("why the platform tested nothing is not free text", async () => {
  const record = await make("P-256");
  const reason = (text: string) => byPlatform(record, { result: "not-run", reason: text });
  for (const text of ["platform lacks it", "platform refused the pair"]) expect(await broken(reason(text))).toEqual([]);
  expect(await broken(reason("certified under CMVP, so not needed"))).toEqual(["shape"]);
});
