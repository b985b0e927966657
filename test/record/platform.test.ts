/** The record of a platform's key states what is known and no more, and does not hold together if it is changed. */
import { expect, test } from "vitest";
import { openKeygen, verifyRecord, webCrypto } from "#keywright";
import { libraryFacts } from "../../src/core/runtime.ts";

using keygen = await openKeygen({ policy: "open", environment: "test", platform: webCrypto });
const provider = "platform";
const whole = await keygen.generate("P-256", { provider, purpose: "sign" });
const kept = await keygen.generate("P-256", { provider, purpose: "sign", extractable: false });
const secret = await keygen.generate("AES-256", { provider, purpose: "encrypt", extractable: false });
const rsa = await keygen.generate("RSA-2048", { provider, purpose: "sign" });
const made = await keygen.generate("P-256", { purpose: "sign" });
const koblitz = await keygen.generate("secp256k1");

function changed(record: unknown, place: string, value: unknown): unknown {
  const copy: unknown = structuredClone(record);
  const steps = place.split(".");
  const last = steps.pop() ?? "";
  const holder = steps.reduce<unknown>((inner, step) => (inner as Record<string, unknown>)[step], copy);
  if (value === undefined) Reflect.deleteProperty(holder as object, last);
  else Reflect.set(holder as object, last, value);
  return copy;
}

const core = { by: "core", test: "public key recomputed from d by another table", result: "passed" };
const notRun = { by: "platform", result: "not-run", reason: "platform lacks it" };

test.each<readonly [string, string, unknown, string, unknown]>([
  ["shape", "a generator that is known", whole.record, "predicate.rng.mechanism", "CTR_DRBG"],
  ["shape", "a generator that was assessed", whole.record, "predicate.rng.assessed", true],
  ["shape", "the core's generator", whole.record, "predicate.rng", made.record.predicate.rng],
  ["shape", "the core's module", whole.record, "predicate.module", made.record.predicate.module],
  ["shape", "no word of what was checked", whole.record, "predicate.checked", undefined],
  ["shape", "another provider", whole.record, "predicate.provider", "core"],
  ["shape", "a check that the core's key does not have", made.record, "predicate.checked", "full"],
  ["pairwise", "a test of a private half that nobody sees", kept.record, "predicate.checked", "full"],
  ["pairwise", "a check of less than was tested", whole.record, "predicate.checked", "public"],
  ["pairwise", "the core's test left out", whole.record, "predicate.pairwise", [{ ...core, by: "platform" }]],
  ["pairwise", "a test that did not run", kept.record, "predicate.pairwise", [notRun]],
  ["pairwise", "a pair that a secret key has not", secret.record, "predicate.pairwise", [{ ...core, by: "platform" }]],
  ["pairwise", "a test that no policy asked for", made.record, "predicate.pairwise.1", notRun],
  ["subject", "the id of another key", secret.record, "subject.0.name", made.record.subject[0].name],
  ["subject", "no digest of the public key", kept.record, "subject.0.digest", secret.record.subject[0].digest],
  ["kcv-salt", "a salt of no check value", secret.record, "predicate.kcvSalt", "0".repeat(32)],
  ["standard", "the standard of the core's keys", whole.record, "predicate.algorithm", made.record.predicate.algorithm],
  ["method", "a way to make primes", rsa.record, "predicate.algorithm.parameters.method", "FIPS 186-5, A.1.6"],
  ["rounds", "fewer rounds", rsa.record, "predicate.algorithm.parameters.millerRabinRounds", 4],
  ["exponent", "another exponent", rsa.record, "predicate.algorithm.parameters.publicExponent", 3],
  ["claims", "the claims of the core", whole.record, "predicate.claims", made.record.predicate.claims],
  ["library", "another library", whole.record, "predicate.module.library", { name: "BoringSSL", version: "1" }],
  ["library", "a library of a browser", whole.record, "predicate.module.runtime", { name: "browser" }],
  ["self-tests", "no self-test of the curve", kept.record, "predicate.selfTests", []],
  ["deterministic", "a script", whole.record, "predicate.deterministic", true],
])("is broken (%s) by %s", async (id, _, record, place, value) => {
  expect((await verifyRecord(record)).broken).toEqual([]);
  const { broken, consistent } = await verifyRecord(changed(record, place, value));
  expect(broken.map((finding) => finding.id)).toContain(id);
  expect(consistent).toBe(false);
});

test("no key of a platform is combined", async () => {
  const combination = { method: "SP 800-133 Rev. 2, 6.3, option 2", keys: 2, data: 0 };
  const record = changed(
    changed(secret.record, "predicate.generation", "combined"),
    "predicate.combination",
    combination,
  );
  expect((await verifyRecord(record)).broken.map(({ id }) => id)).toEqual(["generation"]);
});

test("a curve that Web Cryptography does not name is not one of a platform's", async () => {
  const { algorithm } = koblitz.record.predicate;
  const record = changed(whole.record, "predicate.algorithm", { ...algorithm, standard: "x" });
  expect((await verifyRecord(record)).broken.map(({ id }) => id)).toContain("provider");
});

test("library and runtime are named, the core that checked is held against those that are accepted", async () => {
  const { module, rng } = whole.record.predicate;
  expect(module.library).toEqual({ name: "OpenSSL", version: process.versions.openssl });
  expect(module.runtime).toEqual({ name: "node", version: process.versions.node });
  expect(rng).toEqual({
    mechanism: "unknown",
    source: "crypto.subtle.generateKey",
    assertedBy: "platform",
    assessed: false,
  });
  const { digest } = module.checkedBy;
  expect((await verifyRecord(whole.record, { coreDigests: [digest] })).broken).toEqual([]);
  expect((await verifyRecord(whole.record, { coreDigests: [] })).broken).toMatchObject([{ id: "module" }]);
});

test.each(["bun", "deno", "electron"])(
  "a runtime that only has Node's names (%s) does not name its library",
  (name) => {
    const versions = Object.assign(process.versions, { [name]: "1.0" });
    try {
      expect(libraryFacts()).toBeNull();
    } finally {
      Reflect.deleteProperty(versions, name);
    }
    expect(libraryFacts()).toMatchObject({ name: "OpenSSL" });
  },
);
