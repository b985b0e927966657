/** The one path of a key, in whatever runtime this runs. */
import { describe, expect, test } from "vitest";
import {
  type AlgorithmName,
  encodeJwk,
  encodePkcs8,
  encodeRaw,
  encodeSpki,
  KeygenError,
  openKeygen,
  PolicyRefusal,
  type Progress,
  verifyRecord,
} from "#keywright";

const open = (environment: "development" | "test" = "test") => openKeygen({ policy: "nist", environment });

describe("secret keys", () => {
  test.each([
    ["AES-128", 16],
    ["AES-192", 24],
    ["AES-256", 32],
    ["HMAC-SHA-256", 32],
    ["HMAC-SHA-384", 48],
    ["HMAC-SHA-512", 64],
  ] as const)("%s has %i bytes and a record that fits", async (name, length) => {
    using keygen = await open();
    const { secretKey, record } = await keygen.generate(name);
    expect(encodeRaw(secretKey)).toHaveLength(length);
    expect(await verifyRecord(record, { secretKey })).toMatchObject({
      consistent: true,
      broken: [],
      authenticated: false,
    });
    expect(record.predicate.algorithm.name).toBe(name);
  });

  test("a hundred keys and their ids are all different", async () => {
    using keygen = await open();
    const keys = new Set<string>();
    const ids = new Set<string>();
    for (let i = 0; i < 100; i++) {
      const { secretKey, record } = await keygen.generate("AES-128");
      keys.add(encodeRaw(secretKey).join());
      ids.add(record.subject[0].name);
    }
    expect([keys.size, ids.size]).toEqual([100, 100]);
  });

  test("the record of one key does not fit another", async () => {
    using keygen = await open();
    const [one, other] = [await keygen.generate("AES-256"), await keygen.generate("AES-256")];
    const result = await verifyRecord(one.record, { secretKey: other.secretKey });
    expect(result).toMatchObject({ consistent: false, broken: [{ id: "secret-key" }] });
  });
});

describe("RSA pairs", () => {
  test("three RSA-2048 keys sign, verify, encrypt and decrypt in WebCrypto", async () => {
    using keygen = await open();
    for (let i = 0; i < 3; i++) {
      const { publicKey, privateKey, record } = await keygen.generate("RSA-2048");
      expect(await verifyRecord(record, { publicKey })).toMatchObject({ consistent: true });
      const message = new Uint8Array(100).fill(i);
      const pss = { name: "RSA-PSS", hash: "SHA-256" };
      const signer = await crypto.subtle.importKey("pkcs8", encodePkcs8(privateKey), pss, false, ["sign"]);
      const verifier = await crypto.subtle.importKey("spki", encodeSpki(publicKey), pss, false, ["verify"]);
      const signature = await crypto.subtle.sign({ name: "RSA-PSS", saltLength: 32 }, signer, message);
      expect(await crypto.subtle.verify({ name: "RSA-PSS", saltLength: 32 }, verifier, signature, message)).toBe(true);
      const oaep = { name: "RSA-OAEP", hash: "SHA-256" };
      const encryptor = await crypto.subtle.importKey("jwk", { ...encodeJwk(publicKey) }, oaep, false, ["encrypt"]);
      const decryptor = await crypto.subtle.importKey("jwk", { ...encodeJwk(privateKey) }, oaep, false, ["decrypt"]);
      const sealed = await crypto.subtle.encrypt(oaep, encryptor, message);
      expect(new Uint8Array(await crypto.subtle.decrypt(oaep, decryptor, sealed))).toEqual(message);
    }
  });

  test("the record tells the method and the exponent that were asked for", async () => {
    using keygen = await open();
    const publicExponent = 2 ** 32 + 1;
    const asked = await keygen.generate("RSA-2048", { method: "A.1.3", publicExponent });
    const told = asked.record.predicate.algorithm.parameters;
    expect(told).toMatchObject({ publicExponent, method: expect.stringContaining("A.1.3"), millerRabinRounds: 5 });
    expect(await verifyRecord(asked.record, { publicKey: asked.publicKey })).toMatchObject({ broken: [] });
    expect(encodeJwk(asked.publicKey)).toMatchObject({ e: "AQAAAAE" });
    const proved = await keygen.generate("RSA-2048", { method: "A.1.2" });
    expect(proved.record.predicate.algorithm.parameters).toMatchObject({
      errorBound: expect.stringContaining("proved"),
      publicExponent: 65537,
    });
    expect(await verifyRecord(proved.record, { publicKey: proved.publicKey })).toMatchObject({ broken: [] });
  });

  test("a policy says how primes are made, and refuses another way", async () => {
    const policy = {
      id: "proved",
      version: 1,
      owner: "me",
      approver: "you",
      approvedOn: "2026-01-01",
      reviewBy: "2026-12-31",
      onReviewOverdue: "warn",
      extends: ["nist"],
      environments: ["test"],
      classifications: { any: { minStrengthBits: 112 } },
      export: { plaintext: [], wrapped: [], extractable: ["test"] },
      providers: { core: { accepted: "any" } },
      seeds: { allowed: false },
      generator: { minStrengthBits: 112 },
      rsaMethods: ["A.1.2", "A.1.4"],
      rsaLucas: true, // asks nothing of primes that are proved
    };
    using keygen = await openKeygen({ policy, environment: "test" });
    const { record } = await keygen.generate("RSA-2048", { purpose: "sign" });
    expect(record.predicate.algorithm.parameters).toMatchObject({ method: expect.stringContaining("A.1.2") });
    expect(record.predicate.algorithm.parameters).not.toHaveProperty("lucas");
    await expect(keygen.generate("RSA-2048", { method: "A.1.3" })).rejects.toThrow(/A\.1\.2 or A\.1\.4, got A\.1\.3/);
    await expect(keygen.generate("RSA-2048", { lucas: true })).rejects.toThrow(/A\.1\.2 or A\.1\.4, got A\.1\.6/);
    await expect(keygen.generate("AES-256", { method: "A.1.3" })).rejects.toThrow(/method is an option of RSA keys/);
    await expect(keygen.generate("AES-256", { publicExponent: 65537 })).rejects.toThrow(RangeError);
    await expect(keygen.generate("RSA-2048", { publicExponent: 3 })).rejects.toThrow(/publicExponent must be odd/);
    expect(() => keygen.decide("RSA-2048", { method: "A.1.1" as "A.1.2" })).toThrow(/rsaMethod/);
  });

  test("the Lucas test follows where it is asked for, and the record says so", async () => {
    using keygen = await open();
    const { publicKey, record } = await keygen.generate("RSA-2048", { lucas: true });
    expect(record.predicate.algorithm.parameters).toMatchObject({ millerRabinRounds: 5, lucas: true });
    expect(await verifyRecord(record, { publicKey })).toMatchObject({ broken: [] });
    const contradictory = { method: "A.1.4", lucas: true } as const;
    await expect(keygen.generate("RSA-2048", contradictory)).rejects.toThrow(
      /probably prime, method A\.1\.4 proves them/,
    );
    expect(() => keygen.decide("RSA-2048", contradictory)).toThrow(RangeError);
    await expect(keygen.generate("P-256", { lucas: true })).rejects.toThrow(/lucas is an option of RSA keys/);
    await expect(keygen.generate("RSA-2048", { lucas: "yes" as unknown as true })).rejects.toThrow(TypeError);
  });

  test("progress only grows, and its odds are odds", async () => {
    using keygen = await open();
    const seen: Progress[] = [];
    // Of this size, as a lucky search for RSA-2048 is over after one step, and one of RSA-4096 takes ten to confirm.
    await keygen.generate("RSA-4096", { onProgress: (progress) => seen.push(progress) });
    expect(seen.length).toBeGreaterThan(1);
    for (const [i, { candidates, doneBy }] of seen.entries()) {
      expect(doneBy).toBeGreaterThanOrEqual(seen[i - 1]?.doneBy ?? 0);
      expect(candidates).toBeGreaterThanOrEqual(seen[i - 1]?.candidates ?? 0);
      expect(doneBy).toBeLessThan(1);
    }
    expect(seen.at(-1)?.phase).toBe("pairwise");
  });

  test("an abort ends a search with the signal's reason, and the next search works", async () => {
    using keygen = await open();
    const controller = new AbortController();
    const reason = new Error("enough");
    const waiting = keygen.generate("RSA-4096", {
      signal: controller.signal,
      onProgress: () => controller.abort(reason),
    });
    await expect(waiting).rejects.toBe(reason);
    expect((await keygen.generate("RSA-2048")).publicKey.algorithm).toBe("RSA-2048");
  });

  test("a signal that is aborted already makes no key", async () => {
    using keygen = await open();
    await expect(keygen.generate("AES-256", { signal: AbortSignal.abort() })).rejects.toMatchObject({
      name: "AbortError",
    });
  });

  test("two searches take turns, and a secret key need not wait for them", async () => {
    using keygen = await open();
    const order: string[] = [];
    const note = (name: AlgorithmName) => (): void => void order.push(name);
    await Promise.all([
      keygen.generate("RSA-2048").then(note("RSA-2048")),
      keygen.generate("RSA-2048").then(note("RSA-2048")),
      keygen.generate("AES-128").then(note("AES-128")),
    ]);
    expect(order).toEqual(["AES-128", "RSA-2048", "RSA-2048"]);
  });

  test("an abort ends the waiting for a turn at once, and lets nobody pass those ahead", async () => {
    using keygen = await open();
    const controller = new AbortController();
    const order: string[] = [];
    const first = keygen.generate("RSA-2048").then(() => order.push("first"));
    const second = keygen.generate("RSA-2048", { signal: controller.signal }).catch(() => order.push("second"));
    const third = keygen.generate("RSA-2048").then(() => order.push("third"));
    controller.abort();
    await Promise.all([first, second, third]);
    expect(order).toEqual(["second", "first", "third"]);
  });

  test("closing ends a search that is under way", async () => {
    const keygen = await open();
    const waiting = keygen.generate("RSA-4096", { onProgress: () => keygen.close() });
    await expect(waiting).rejects.toMatchObject({ code: "closed" });
    await expect(keygen.generate("AES-128")).rejects.toMatchObject({ code: "closed" });
  });
});

describe("what is refused", () => {
  test("a key that the policy does not allow, with every broken rule and its clause", async () => {
    using keygen = await open();
    const error = await keygen.generate("RSA-2048", { protectUntil: "2040-01-01" }).catch((thrown: unknown) => thrown);
    if (!(error instanceof PolicyRefusal)) throw error;
    expect(error).toBeInstanceOf(KeygenError);
    expect(error).toMatchObject({ name: "KeygenError", code: "policy-refused" });
    expect(error.decision.broken.map(({ id }) => id)).toContain("nist/strength-128");
  });

  test.each([
    ["no policy", { environment: "test" }, TypeError],
    ["an unknown profile", { policy: "fips", environment: "test" }, KeygenError],
    ["an unknown environment", { policy: "nist", environment: "prod" }, RangeError],
    ["a profile in production", { policy: "nist", environment: "production" }, KeygenError],
    ["an empty tenant", { policy: "nist", environment: "test", tenant: "" }, RangeError],
    ["a scope that is none", { policy: "nist", environment: "test", scope: "all" }, RangeError],
    [
      "a core that is no module",
      { policy: "nist", environment: "test", core: { module: {}, build: "simd" } },
      TypeError,
    ],
  ])("opening with %s", async (_, options, type) => {
    await expect(openKeygen(options as never)).rejects.toBeInstanceOf(type); // the types forbid these calls
  });

  test("an unknown algorithm, with the list of those that are", async () => {
    using keygen = await open();
    await expect(keygen.generate("DES" as never)).rejects.toThrow(/one of AES-128, .*got "DES"/);
  });

  test("reading a key that must not be extracted, and one that was wiped", async () => {
    using keygen = await open();
    const { secretKey } = await keygen.generate("AES-256", { extractable: false });
    expect(() => encodeRaw(secretKey)).toThrow(expect.objectContaining({ code: "export-refused" }));
    const { secretKey: wiped } = await keygen.generate("AES-256");
    wiped.wipe();
    expect(() => encodeRaw(wiped)).toThrow(expect.objectContaining({ code: "key-wiped" }));
  });
});

test("a sealed key is not extractable, and asking for both is a wrong call", async () => {
  using keygen = await open();
  const { secretKey } = await keygen.generate("AES-256", { export: "sealed" });
  expect(() => encodeRaw(secretKey)).toThrow(expect.objectContaining({ code: "export-refused" }));
  await expect(keygen.generate("AES-256", { export: "sealed", extractable: true })).rejects.toThrow(RangeError);
});

test("a private key shows its name only", async () => {
  using keygen = await open();
  const { secretKey } = await keygen.generate("AES-256");
  expect(String(secretKey)).toBe("[AES-256 key]");
  expect(() => JSON.stringify({ secretKey })).toThrow(TypeError);
  expect(Reflect.ownKeys(secretKey)).toEqual([]);
  expect([secretKey.algorithm, secretKey.extractable, secretKey.type]).toEqual(["AES-256", true, "secret"]);
});

test("what a key is, and whether it may be read, does not change", async () => {
  using keygen = await open();
  const { secretKey } = await keygen.generate("AES-256", { extractable: false });
  const { publicKey, privateKey } = await keygen.generate("RSA-2048", { extractable: false });
  for (const key of [secretKey, privateKey, publicKey]) {
    for (const [name, value] of [
      ["extractable", true],
      ["algorithm", "RSA-4096"],
      ["type", "other"],
    ] as const) {
      const before: unknown = Reflect.get(key, name);
      expect(Reflect.set(key, name, value)).toBe(false);
      expect(Reflect.defineProperty(key, name, { value })).toBe(false);
      expect(Reflect.get(key, name)).toBe(before);
    }
    expect(Reflect.setPrototypeOf(key, { extractable: true })).toBe(false);
  }
  expect(() => encodeRaw(secretKey)).toThrow(expect.objectContaining({ code: "export-refused" }));
  expect(() => encodePkcs8(privateKey)).toThrow(expect.objectContaining({ code: "export-refused" }));
});
