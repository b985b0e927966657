/** Pairs of the core that the platform is asked to test: what it refuses it has not tested, what it computes otherwise ends all. */
import { afterEach, describe, expect, test, vi } from "vitest";
import { openKeygen, verifyRecord, webCrypto } from "#keywright";
import { documentWith } from "../policy/support.ts";
import { realCrypto, type Subtle, stubNoSubtle, stubSubtle } from "../support/subtle.ts";

afterEach(() => vi.unstubAllGlobals());

const options = { policy: "open", environment: "test", platform: webCrypto } as const;

describe("a policy that asks the platform to test pairs of the core", () => {
  const policy = documentWith({
    extends: ["open"],
    environments: ["test"],
    classifications: { any: { minStrengthBits: 112 } },
    export: { plaintext: [], wrapped: [], extractable: ["test"] },
    providers: { core: { accepted: "any" } },
    onReviewOverdue: "warn",
    pairwise: "platform",
  });
  const asking = { ...options, policy };

  test.each([
    ["RSA-2048", "sign", "RSA-PSS: sign and verify"],
    ["RSA-2048", "encrypt", "RSA-OAEP: encrypt and decrypt"],
    ["RSA-2048", "wrap", "RSA-OAEP: wrap and unwrap"],
    ["P-256", "sign", "ECDSA: sign and verify"],
    ["P-521", "establish", "ECDH: agree with another key from both sides"],
    ["Ed448", "sign", "Ed448: sign and verify"],
    ["X25519", "establish", "X25519: agree with another key from both sides"],
    ["ML-KEM-768", "establish", "ML-KEM-768: encapsulate and decapsulate"],
    ["ML-DSA-65", "sign", "ML-DSA-65: sign and verify"],
  ] as const)("%s to %s: %s", async (name, purpose, text) => {
    using keygen = await openKeygen(asking);
    const { record, publicKey } = await keygen.generate(name, { purpose });
    expect(record.predicate.pairwise[1]).toEqual({ by: "platform", test: text, result: "passed" });
    expect(await verifyRecord(record, { publicKey })).toMatchObject({ broken: [] });
  });

  test("what it does not take was not run, and is no failure; a secret key has no pair", async () => {
    using keygen = await openKeygen(asking);
    for (const name of ["secp256k1", "SLH-DSA-SHA2-128f"] as const) {
      const { record } = await keygen.generate(name, { purpose: "sign" });
      expect(record.predicate.pairwise[1]).toEqual({ by: "platform", result: "not-run", reason: "platform lacks it" });
      expect((await verifyRecord(record)).broken).toEqual([]);
    }
    expect((await keygen.generate("AES-256", { purpose: "encrypt" })).record.predicate.pairwise).toEqual([]);
  });

  test.each([
    ["NotSupportedError", "platform lacks it"],
    ["DataError", "platform refused the pair"],
    ["OperationError", "platform refused the pair"],
  ])("an import that ends with %s says: %s", async (name, reason) => {
    using keygen = await openKeygen(asking);
    stubSubtle(() => ({ importKey: () => Promise.reject(new DOMException("no", name)) }));
    const { record, publicKey } = await keygen.generate("P-256", { purpose: "sign" });
    expect(record.predicate.pairwise[1]).toEqual({ by: "platform", result: "not-run", reason });
    expect((await verifyRecord(record, { publicKey })).broken).toEqual([]);
    expect(keygen.closed).toBe(false);
  });

  test("a page without Web Cryptography lacks it", async () => {
    using keygen = await openKeygen(asking);
    stubNoSubtle();
    const { record } = await keygen.generate("P-256", { purpose: "sign" });
    expect(record.predicate.pairwise[1]).toMatchObject({ result: "not-run", reason: "platform lacks it" });
  });

  test.each<readonly [string, Subtle, string]>([
    ["says no", { verify: async () => false }, "sign"],
    ["says yes to anything", { verify: async () => true }, "sign"],
    ["breaks off", { sign: () => Promise.reject(new DOMException("x", "OperationError")) }, "sign"],
    [
      "agrees on another secret",
      { deriveBits: async () => realCrypto.getRandomValues(new Uint8Array(32)).buffer },
      "establish",
    ],
    ["agrees on nothing", { deriveBits: async () => new ArrayBuffer(0) }, "establish"],
  ])("a platform that takes the key and %s closes the instance", async (_, broken, purpose) => {
    using keygen = await openKeygen(asking);
    stubSubtle(() => broken);
    await expect(keygen.generate("P-256", { purpose })).rejects.toMatchObject({
      code: "pairwise-failed",
      details: { algorithm: "P-256", by: "platform" },
    });
    expect(keygen.closed).toBe(true);
    await expect(keygen.generate("AES-256", { purpose: "encrypt" })).rejects.toMatchObject({ code: "pairwise-failed" });
  });

  test("needs a platform at opening", async () => {
    await expect(openKeygen({ policy, environment: "test" })).rejects.toThrow(/pairwise of policy acme-prod 3 needs/);
  });
});
