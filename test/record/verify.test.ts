/** A record that was changed anywhere that matters does not hold together, and no record is called authentic. */

import { createHmac } from "node:crypto";
import { hex } from "@scure/base";
import { describe, expect, test } from "vitest";
import { type AlgorithmName, decodeRaw, encodeRaw, openKeygen, PublicKey, SecretKey, verifyRecord } from "#keywright";
import { deterministicKeygen } from "#keywright/testing";
import { readRecord, UNSIGNED } from "#keywright/verify";
import { strengthOfHash } from "../../src/algorithms/hash-strength.ts";
import { registry } from "../../src/algorithms/registry.ts";
import { hashes } from "../../src/core/hash.ts";
import { describeAlgorithm } from "../../src/record/describe.ts";

const hmacSha256 = (key: Uint8Array, data: Uint8Array) => createHmac("sha256", key).update(data).digest();

using keygen = await openKeygen({ policy: "nist", environment: "test" });
const pair = await keygen.generate("RSA-2048", { purpose: "sign" });
const secret = await keygen.generate("AES-256", { purpose: "encrypt" });
const unstated = await keygen.generate("AES-128");
using scripted = await deterministicKeygen({ policy: "nist", entropy: new Uint8Array(48).fill(7) });
const fixed = await scripted.generate("AES-256", { purpose: "encrypt" });
const warning = { id: "x/y", source: "x", why: "x" };

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
    ["shape", "the nil UUID", { "subject.0.name": "00000000-0000-0000-0000-000000000000" }],
    ["shape", "a UUID of time and place", { "subject.0.name": "c232ab00-9414-11ec-b3c8-9f6bdeced846" }],
    ["shape", "a policy before its first version", { "predicate.decision.policy.version": 0 }],
    [
      "shape",
      "a time before there were such records",
      { "predicate.requestedAt": "1970-01-01T00:00:00.000Z", "predicate.generatedAt": "1970-01-01T00:00:00.000Z" },
    ],
    ["shape", "a refusal", { "predicate.decision.allowed": false }],
    ["shape", "a group of one", { "predicate.rng.additionalInput.keysPerGeneration": 1 }],
    ["shape", "a group of more than 16", { "predicate.rng.additionalInput.keysPerGeneration": 17 }],
    ["shape", "an assessed entropy source", { "predicate.rng.entropy.assessed": true }],
    ["algorithm", "an unknown algorithm", { "predicate.algorithm.name": "RSA-1024" }],
    ["strength", "more strength", { "predicate.algorithm.strengthBits": 128 }],
    ["standard", "another standard", { "predicate.algorithm.standard": "mine" }],
    ["parameters", "another modulus", { "predicate.algorithm.parameters.modulusBits": 4096 }],
    ["exponent", "another exponent", { "predicate.algorithm.parameters.publicExponent": 3 }],
    [
      "rounds",
      "rounds where primes are proved",
      { "predicate.algorithm.parameters.method": "FIPS 186-5, A.1.2: random primes that are provably prime" },
    ],
    ["method", "another way to make primes", { "predicate.algorithm.parameters.method": "trust me" }],
    ["error-bound", "a smaller error", { "predicate.algorithm.parameters.errorBound": "2^-1000" }],
    ["rounds", "more rounds than are run", { "predicate.algorithm.parameters.millerRabinRounds": 64 }],
    ["parameters", "a secret key's parameters", { "predicate.algorithm.parameters": { keyBits: 2048 } }],
    ["rounds", "fewer rounds", { "predicate.algorithm.parameters.millerRabinRounds": 1 }],
    ["shape", "a Lucas test that was not made", { "predicate.algorithm.parameters.lucas": false }],
    [
      "lucas",
      "a Lucas test where primes are proved",
      {
        "predicate.algorithm.parameters.method": "FIPS 186-5, A.1.2: random primes that are provably prime",
        "predicate.algorithm.parameters.lucas": true,
      },
    ],
    ["subject", "a check value", { "subject.0.digest": { keywrightKcv1: "0".repeat(32) } }],
    ["pairwise", "no pairwise test", { "predicate.pairwise": [] }],
    ["pairwise", "a test by the platform alone", { "predicate.pairwise.0.by": "platform" }],
    ["pairwise", "a test of something else", { "predicate.pairwise.0.test": "looked at it" }],
    ["kcv-salt", "a salt", { "predicate.kcvSalt": "0".repeat(32) }],
    ["rng-standard", "another generator", { "predicate.rng.standard": "mine" }],
    ["rng-hash", "an unknown hash", { "predicate.rng.hash": "MD5" }],
    ["rng-hash", "a name that every object has", { "predicate.rng.hash": "toString" }],
    ["rng-hash", "a hash that is too short for the strength", { "predicate.rng.hash": "SHA-224" }],
    ["reseed-counter", "a seed that served too long", { "predicate.rng.reseedCounter": 2 ** 20 + 2 }],
    ["reseed-counter", "a generator without a seed", { "predicate.rng.reseedCounter": 0 }],
    ["reseed-interval", "an interval that no generator may have", { "predicate.rng.reseedInterval": 2 ** 49 }],
    ["personalization", "a generator that is bound to nobody", { "predicate.rng.personalization": [] }],
    ["additional-input", "nothing mixed in", { "predicate.rng.additionalInput.bytesPerGeneration": 0 }],
    ["entropy-source", "another source", { "predicate.rng.entropy.source": "Math.random" }],
    ["health", "health tests that did not run", { "predicate.rng.health.result": "not-run" }],
    ["health", "another cut-off of the repetition test", { "predicate.rng.health.repetitionCutoff": 600 }],
    ["health", "another cut-off of the proportion test", { "predicate.rng.health.proportionCutoff": 512 }],
    ["health", "another window", { "predicate.rng.health.proportionWindow": 1 }],
    ["health", "fewer samples at the start", { "predicate.rng.health.startUpSamples": 0 }],
    ["health", "another standard", { "predicate.rng.health.standard": "mine" }],
    ["self-tests", "no self-tests", { "predicate.selfTests": [] }],
    ["self-tests", "no self-test of the generator", { "predicate.selfTests": ["RSA-exponentiation"] }],
    ["self-tests", "no self-test of RSA", { "predicate.selfTests": ["HMAC_DRBG-SHA-512"] }],
    ["group", "a prime found beside others", { "predicate.rng.additionalInput.keysPerGeneration": 16 }],
    ["kernel", "fused operations without relaxed SIMD", { "predicate.module.build": "simd" }],
    ["shape", "a kernel that there is not", { "predicate.module.kernel": "quantum" }],
    ["shape", "a duty that there is not", { "predicate.decision.obligations.0.id": "be-kind" }],
    ["claims", "a claim more", { "predicate.claims.claimed": ["validated under FIPS 140-3"] }],
    ["claims", "a disclaimer less", { "predicate.claims.notClaimed": [] }],
    ["future", "a time to come", { "predicate.generatedAt": "9999-12-31T23:59:59.999Z" }],
    ["shape", "a time with an offset", { "predicate.generatedAt": "2026-11-21T10:00:00.000+02:00" }],
    ["shape", "a time without milliseconds", { "predicate.requestedAt": "2026-11-21T10:00:00Z" }],
    ["shape", "a time that does not exist", { "predicate.requestedAt": "2026-02-30T10:00:00.000Z" }],
    ["shape", "a day that does not exist", { "predicate.protectUntil": "2026-02-30" }],
    ["warnings", "a rule that refuses", { "predicate.decision.warnings.0": { ...warning, state: "disallowed" } }],
    ["warnings", "a rule against new keys", { "predicate.decision.warnings.0": { ...warning, state: "legacy" } }],
    ["approval-mark", "no mark that nobody approved", { "predicate.decision.obligations": [] }],
    ["approval-mark", "no warning that nobody approved", { "predicate.decision.warnings": [] }],
    ["approval-mark", "an approval and its absence", { "predicate.decision.policy.approved": true }],
    ["purpose", "a purpose that is not the algorithm's", { "predicate.purpose": "derive" }],
    ["purpose", "a purpose taken away", { "predicate.purpose": undefined }],
    [
      "classification",
      "production without a classification",
      { "predicate.environment": "production", "predicate.decision.policy.approved": true },
    ],
    [
      "classification",
      "a classification that is stated and missed",
      {
        "predicate.classification": "secret",
        "predicate.decision.warnings.0": {
          ...warning,
          id: "policy/classification-stated",
          state: "recommended-against",
        },
      },
    ],
    ["rng-strength", "a weaker generator", { "predicate.rng.strengthBits": 80 }],
    ["entropy", "too little entropy", { "predicate.rng.entropy.bits": 256 }],
    ["times", "made before it was asked", { "predicate.generatedAt": "2026-01-01T00:00:00.000Z" }],
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

test("a record for production states a purpose", async () => {
  const edit = { "predicate.environment": "production", "predicate.decision.policy.approved": true };
  const { broken } = await verifyRecord(changed(unstated.record, edit));
  expect(broken.map(({ id }) => id)).toContain("purpose");
});

test.each<readonly [string, string, unknown, Edit]>([
  ["purpose-warning", "a purpose put in", unstated.record, { "predicate.purpose": "encrypt" }],
  ["pairwise", "a pair's test", secret.record, { "predicate.pairwise": [{ by: "core", test: "x", result: "passed" }] }],
  ["kcv-salt", "no salt", secret.record, { "predicate.kcvSalt": undefined }],
  ["subject", "a public key's digest", secret.record, { "subject.0.digest": { sha256: "0".repeat(64) } }],
  ["parameters", "another length", secret.record, { "predicate.algorithm.parameters.keyBits": 128 }],
  ["self-tests", "no self-test of the check value", secret.record, { "predicate.selfTests": ["HMAC_DRBG-SHA-512"] }],
  ["health", "tests of a script", fixed.record, { "predicate.rng.health.result": "passed" }],
  ["entropy-source", "a script by another name", fixed.record, { "predicate.rng.entropy.source": "dice" }],
  ["additional-input", "a script made fresh", fixed.record, { "predicate.rng.additionalInput.bytesPerGeneration": 32 }],
])("a secret key's record is broken (%s alone) by %s", async (id, _, record, edit) => {
  expect((await verifyRecord(record)).broken).toEqual([]);
  expect((await verifyRecord(changed(record, edit))).broken.map((finding) => finding.id)).toEqual([id]);
});

test("a generator may have served to the end of its interval", async () => {
  expect((await verifyRecord(changed(pair.record, { "predicate.rng.reseedCounter": 2 ** 20 + 1 }))).broken).toEqual([]);
});

test("a record may be five minutes ahead of the verifier's clock, and no more", async () => {
  const generated = Date.parse(pair.record.predicate.generatedAt);
  const at = async (ms: number) => (await verifyRecord(pair.record, { now: new Date(generated - ms) })).broken;
  expect(await at(300_000)).toEqual([]);
  expect((await at(300_001)).map(({ id }) => id)).toEqual(["future"]);
  await expect(verifyRecord(pair.record, { now: new Date(Number.NaN) })).rejects.toBeInstanceOf(TypeError);
});

test("the verifier knows the strength of the core's hashes", () => {
  for (const [name, { drbgStrengthBits }] of Object.entries(hashes)) {
    expect(strengthOfHash(name), name).toBe(drbgStrengthBits);
  }
});

describe("a record that lies about the very key it names", () => {
  const claiming = (name: AlgorithmName): Edit => ({
    "predicate.algorithm": describeAlgorithm(registry[name], "random"),
  });
  const ids = async (...call: Parameters<typeof verifyRecord>) =>
    (await verifyRecord(...call)).broken.map(({ id }) => id);

  test("by a larger modulus", async () => {
    const record = changed(pair.record, claiming("RSA-4096"));
    expect(await ids(record)).toEqual([]);
    expect(await ids(record, { publicKey: pair.publicKey })).toEqual(["public-key-algorithm", "public-key-size"]);
    const relabelled = new PublicKey("RSA-4096", pair.publicKey.parts);
    expect(await ids(record, { publicKey: relabelled })).toContain("public-key-size");
  });

  test("by another exponent", async () => {
    if (pair.publicKey.parts.kind !== "rsa") throw new TypeError("an RSA key was wanted");
    const { n } = pair.publicKey.parts.rsa;
    const publicKey = new PublicKey("RSA-2048", { kind: "rsa", rsa: { n, e: Uint8Array.of(3) } });
    expect(await ids(pair.record, { publicKey })).toEqual(["public-key", "public-key-exponent"]);
  });

  test("by a longer secret key, with a check value to match", async () => {
    const raw = encodeRaw(unstated.secretKey);
    const salt = unstated.record.predicate.kcvSalt ?? "";
    const prk = hmacSha256(hex.decode(salt), raw);
    const info = Buffer.from("keywright kcv v1AES-256\u0001");
    const keywrightKcv1 = hex.encode(hmacSha256(prk, info).subarray(0, 16));
    const record = changed(unstated.record, { ...claiming("AES-256"), "subject.0.digest": { keywrightKcv1 } });
    expect(await ids(record)).toEqual([]);
    const secretKey = decodeRaw("AES-128", raw);
    expect(await ids(record, { secretKey })).toEqual(["secret-key-algorithm", "secret-key-size"]);
    const relabelled = new SecretKey("AES-256", { kind: "raw", raw }, true);
    expect(await ids(record, { secretKey: relabelled })).toEqual(["secret-key-size"]);
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
    const record = JSON.stringify(secret.record);
    const key = Buffer.from(encodeRaw(secret.secretKey));
    for (const form of ["hex", "base64url", "base64"] as const) expect(record).not.toContain(key.toString(form));
    expect(record).toContain(secret.record.subject[0].name);
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
