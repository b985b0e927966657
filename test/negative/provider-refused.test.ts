/** Keys of the platform that cannot be had: the error says by whom, and what could be had instead. */
import { afterEach, describe, expect, test, vi } from "vitest";
import { decodePkcs8, encodePkcs8, encodeRaw, openComplete, openKeygen, PolicyRefusal, webCrypto } from "#keywright";
import { deterministicKeygen } from "#keywright/testing";
import { documentWith } from "../policy/support.ts";
import { stubNoSubtle, stubSubtle } from "../support/subtle.ts";

afterEach(() => vi.unstubAllGlobals());

const options = { policy: "open", environment: "test", platform: webCrypto } as const;
const provider = "platform";

describe("a key that cannot be had", () => {
  const failure = async (name: string, more: object = {}, opened: object = options) => {
    using keygen = await openKeygen(opened as typeof options);
    return await keygen.generate(name as "P-256", { provider, ...more }).catch((thrown: unknown) => thrown);
  };

  test("because Web Cryptography has no name for it: the provider", async () => {
    const error = await failure("secp256k1");
    expect(error).toMatchObject({ code: "algorithm-unsupported", details: { by: "provider", algorithm: "secp256k1" } });
    expect(String(error)).toMatch(/the provider cannot serve secp256k1: .*; use secp256k1 of provider "core", P-521/);
    expect(await failure("AES-128", { purpose: "authenticate" })).toMatchObject({ details: { by: "provider" } });
    expect(await failure("SLH-DSA-SHA2-128f")).toMatchObject({ details: { by: "provider" } });
  });

  test("because this runtime lacks it: the runtime, and what it said", async () => {
    stubSubtle(() => ({ generateKey: () => Promise.reject(new DOMException("no", "NotSupportedError")) }));
    const error = await failure("X448", { purpose: "establish" });
    expect(error).toMatchObject({ code: "algorithm-unsupported", details: { by: "runtime", algorithm: "X448" } });
    expect(String(error)).toMatch(/the runtime cannot serve X448: .*NotSupportedError.*; use X448 of provider "core"/);
  });

  test("because the page is no secure context: the runtime", async () => {
    const keygen = await openKeygen(options);
    stubNoSubtle();
    await expect(keygen.generate("P-256", { provider })).rejects.toMatchObject({
      details: { by: "runtime" },
      message: expect.stringContaining("secure context"),
    });
  });

  test("because the policy refuses: the policy, and what it allows", async () => {
    const error = await failure("X25519", { purpose: "establish" }, { ...options, policy: "nist" });
    expect(error).toBeInstanceOf(PolicyRefusal);
    expect(error).toMatchObject({ code: "policy-refused", details: { by: "policy" } });
    expect(String(error)).toMatch(/; it allows P-521, /);
    const own = documentWith({
      environments: ["test"],
      classifications: { any: { minStrengthBits: 112 } },
      export: { plaintext: [], wrapped: [], extractable: ["test"] },
      onReviewOverdue: "warn",
    });
    const strict = await failure("P-256", { purpose: "sign", classification: "any" }, { ...options, policy: own });
    expect(strict).toMatchObject({ details: { broken: "policy/provider" } });
  });

  test("because the instance was opened without a platform, or its entropy is scripted: a wrong call", async () => {
    using bare = await openKeygen({ policy: "open", environment: "test" });
    await expect(bare.generate("P-256", { provider })).rejects.toThrow(/needs openKeygen\(\{ platform: webCrypto \}\)/);
    expect(bare.decide("P-256", { provider }).allowed).toBe(true);
    using scripted = await deterministicKeygen({ policy: "open", entropy: new Uint8Array(48).fill(7) });
    await expect(scripted.generate("P-256", { provider })).rejects.toThrow(RangeError);
    await expect(bare.generate("P-256", { provider: "hsm" as "core" })).rejects.toThrow(
      /provider must be core or platform/,
    );
    await expect(bare.generate("RSA-2048", { provider, method: "A.1.2" } as object)).rejects.toThrow(
      /method is an option/,
    );
  });

  test.each([
    ["ML-DSA-65", "sign"],
    ["ML-KEM-768", "establish"],
  ] as const)(
    "because the platform gives out %s without its seed: which is what is kept of it",
    async (name, purpose) => {
      const complete = await openComplete();
      stubSubtle((genuine) => ({
        exportKey: async (format: "pkcs8", key: CryptoKey) => {
          const der = new Uint8Array(await genuine.exportKey(format, key));
          if (format !== "pkcs8") return der.buffer;
          const whole = decodePkcs8(der);
          const { expandedKey } = complete(name, encodeRaw(whole));
          return encodePkcs8(whole, { form: "expanded", expandedKey: expandedKey as Uint8Array }).buffer;
        },
      }));
      const error = await failure(name, { purpose });
      expect(error).toMatchObject({ name: "KeygenError", code: "key-invalid" });
      expect(String(error)).toContain(
        `the platform was asked for ${name}: it gives out no seed, which is what is kept`,
      );
    },
  );

  test.each([
    ["RSA-2048", "sign", false],
    ["RSA-2048", "exportKey", true],
    ["P-256", "sign", false],
    ["P-256", "exportKey", false],
    ["P-256", "exportKey", true],
    ["AES-256", "exportKey", true],
    ["AES-256", "encrypt", false],
  ] as const)("because the caller of %s gave up during %s, extractable %s", async (name, method, extractable) => {
    for (const nth of [1, 2]) {
      using keygen = await openKeygen(options);
      const controller = new AbortController();
      const reason = new Error("enough");
      const purpose = name === "AES-256" ? "encrypt" : "sign";
      let calls = 0;
      stubSubtle((genuine) => ({
        [method]: async (...args: never[]) => {
          const result = await (Reflect.get(genuine, method) as (...all: never[]) => unknown).apply(genuine, args);
          if (++calls === nth) controller.abort(reason);
          return result;
        },
      }));
      const asked = keygen.generate(name as "P-256", { provider, purpose, extractable, signal: controller.signal });
      await asked.then(
        () => expect(calls).toBeLessThan(nth),
        (error: unknown) => expect(error).toBe(reason),
      );
      vi.unstubAllGlobals();
      expect(keygen.closed).toBe(false);
    }
  });

  test("because the caller gave up, or the instance was closed meanwhile", async () => {
    const controller = new AbortController();
    const reason = new Error("enough");
    const keygen = await openKeygen(options);
    const waiting = keygen.generate("RSA-2048", { provider, signal: controller.signal });
    controller.abort(reason);
    await expect(waiting).rejects.toBe(reason);
    const late = keygen.generate("RSA-2048", { provider });
    keygen.close();
    await expect(late).rejects.toMatchObject({ code: "closed" });
  });
});
