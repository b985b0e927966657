/** A record that was changed anywhere that matters does not hold together, and no record is called authentic. */
import { describe, expect, test } from "vitest";
import { encodeSpki, openKeygen, PublicKey, verifyRecord } from "#keywright";
import { readRecord, UNSIGNED } from "#keywright/verify";

using keygen = await openKeygen({ policy: "nist", environment: "test" });
const pair = await keygen.generate("RSA-2048", { purpose: "sign" });
const secret = await keygen.generate("AES-256", { purpose: "encrypt" });

/** Values by their place in the record; undefined removes. */
type Edit = Readonly<Record<string, unknown>>;

function changed(record: unknown, edit: Edit): unknown {
  const copy: unknown = structuredClone(record);
  for (const [place, value] of Object.entries(edit)) {
    const steps = place.split(".");
    const last = steps.pop() ?? "";
    const holder = steps.reduce<unknown>((inner, step) => (inner as Record<string, unknown>)[step], copy);
    if (value === undefined) Reflect.deleteProperty(holder as object, last);
    else Reflect.set(holder as object, last, value);
  }
  return copy;
}

test("a fresh record holds together, and is not authenticated", async () => {
  for (const [record, options] of [
    [pair.record, { publicKey: pair.publicKey }],
    [secret.record, { secretKey: secret.secretKey }],
    [JSON.stringify(pair.record), {}],
  ] as const) {
    expect(await verifyRecord(record, options)).toEqual({
      consistent: true,
      broken: [],
      authenticated: false,
      signers: [],
    });
  }
  expect(UNSIGNED).toBe("consistent; not signed: anyone could have written this");
});

describe("a pair's record", () => {
  const edits: readonly (readonly [string, string, Edit])[] = [
    ["shape", "an unknown member", { "predicate.extra": 1 }],
    ["shape", "a missing member", { "predicate.rng": undefined }],
    ["shape", "another predicate type", { predicateType: "x" }],
    ["shape", "two subjects", { "subject.1": pair.record.subject[0] }],
    ["shape", "an id that is no UUID", { "subject.0.name": "key-1" }],
    ["shape", "a refusal", { "predicate.decision.allowed": false }],
    ["shape", "an assessed entropy source", { "predicate.rng.entropy.assessed": true }],
    ["algorithm", "an unknown algorithm", { "predicate.algorithm.name": "RSA-1024" }],
    ["strength", "more strength", { "predicate.algorithm.strengthBits": 128 }],
    ["standard", "another standard", { "predicate.algorithm.standard": "mine" }],
    ["parameters", "another modulus", { "predicate.algorithm.parameters.modulusBits": 4096 }],
    ["rounds", "fewer rounds", { "predicate.algorithm.parameters.millerRabinRounds": 1 }],
    ["subject", "a check value", { "subject.0.digest": { keywrightKcv1: "0".repeat(32) } }],
    ["pairwise", "no pairwise test", { "predicate.pairwise": null }],
    ["rng-strength", "a weaker generator", { "predicate.rng.strengthBits": 80 }],
    ["entropy", "too little entropy", { "predicate.rng.entropy.bits": 256 }],
    ["times", "made before it was asked", { "predicate.generatedAt": "2020-01-01T00:00:00.000Z" }],
    ["deterministic", "a hidden script", { "predicate.rng.entropy.assertedBy": "caller" }],
    [
      "test-only",
      "a scripted key in production",
      { "predicate.deterministic": true, "predicate.environment": "production" },
    ],
    ["approval", "production without approval", { "predicate.environment": "production" }],
  ];

  test.each(edits)("is broken (%s) by %s", async (id, _, edit) => {
    const { consistent, broken, authenticated } = await verifyRecord(changed(pair.record, edit));
    expect(broken.map((finding) => finding.id)).toContain(id);
    expect({ consistent, authenticated }).toEqual({ consistent: false, authenticated: false });
  });

  test("does not fit another key, core or policy", async () => {
    const other = await (async () => {
      using another = await openKeygen({ policy: "nist", environment: "test" });
      return await another.generate("RSA-2048");
    })();
    const ids = async (options: Parameters<typeof verifyRecord>[1]) =>
      (await verifyRecord(pair.record, options)).broken.map(({ id }) => id);
    expect(await ids({ publicKey: other.publicKey })).toEqual(["public-key"]);
    expect(await ids({ coreDigests: [] })).toEqual(["module"]);
    expect(await ids({ policyDigest: `sha256:${"0".repeat(64)}` })).toEqual(["policy"]);
    const { module, decision } = pair.record.predicate;
    expect(
      await ids({ coreDigests: [module.digest], policyDigest: decision.policy.digest, publicKey: pair.publicKey }),
    ).toEqual([]);
  });
});

describe("a secret key's record", () => {
  test.each<readonly [string, Edit]>([
    ["another check value", { "subject.0.digest.keywrightKcv1": "0".repeat(32) }],
    ["another salt", { "predicate.kcvSalt": "0".repeat(32) }],
    ["another algorithm of the same size", { "predicate.algorithm.name": "HMAC-SHA-256" }],
  ])("does not fit the key with %s", async (_, edit) => {
    const { consistent } = await verifyRecord(changed(secret.record, edit), { secretKey: secret.secretKey });
    expect(consistent).toBe(false);
  });

  test("does not hold the key", () => {
    expect(JSON.stringify(secret.record)).not.toContain("keyBytes");
    expect(encodeSpki(pair.publicKey)).toBeInstanceOf(Uint8Array);
    expect(pair.publicKey).toBeInstanceOf(PublicKey);
  });
});

test.each([
  ["text that is not JSON", "{"],
  ["a number", 7],
  ["nothing", undefined],
  ["null", null],
])("%s is not a record, and not an exception", async (_, input) => {
  const result = await verifyRecord(input);
  expect(result.consistent).toBe(false);
  expect("broken" in readRecord(input)).toBe(true);
});
