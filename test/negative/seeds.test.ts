/** What is no seed, what the policy does not let be one, and seeds that must not stay behind. */
import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { encodeRaw, openKeygen, PolicyRefusal, type SeedOptions } from "#keywright";
import { readSecret } from "../../src/algorithms/key.ts";
import { seedPolicy } from "../support/seeds.ts";
import { openWatched } from "../support/watched.ts";

const run = (length: number) => Uint8Array.from({ length }, (_, i) => (7 * i + 1) & 255);
const hkdf: SeedOptions = { scheme: "keywright-hkdf-v1", seedOrigin: "drbg", path: "a" };
const by = (scheme: SeedOptions["scheme"]): SeedOptions => ({ scheme, seedOrigin: "drbg" });

const keygen = await openKeygen({ policy: seedPolicy(), environment: "test" });

describe("wrong calls, each with its reason", () => {
  const cases: readonly (readonly [string, RegExp, () => Promise<unknown>])[] = [
    [
      "a password",
      /bytes \(Uint8Array\), got string; a password is no seed/,
      () => keygen.generateFromSeed("AES-256", "correct horse" as never, hkdf),
    ],
    ["nothing", /got undefined/, () => keygen.generateFromSeed("AES-256", undefined as never, hkdf)],
    ["an array", /got object/, () => keygen.generateFromSeed("AES-256", [...run(32)] as never, hkdf)],
    [
      "no scheme",
      /scheme must be one of .*, got undefined/,
      () => keygen.generateFromSeed("AES-256", run(32), { seedOrigin: "drbg" } as never),
    ],
    [
      "an inherited name as scheme",
      /scheme must be one of/,
      () => keygen.generateFromSeed("AES-256", run(32), by("toString" as never)),
    ],
    [
      "no origin",
      /seedOrigin must be a string/,
      () => keygen.generateFromSeed("P-256", run(24), { scheme: "c2sp-det-keygen" } as never),
    ],
    [
      "a scheme of another algorithm",
      /fips-203 has no Ed25519/,
      () => keygen.generateFromSeed("Ed25519", run(32), by("fips-203")),
    ],
    [
      "det-keygen of secp256k1",
      /has no secp256k1/,
      () => keygen.generateFromSeed("secp256k1", run(48), by("c2sp-det-keygen")),
    ],
    ["secp256k1 below a seed", /has no secp256k1/, () => keygen.generateFromSeed("secp256k1", run(48), hkdf)],
    ["X25519 by RFC 8032", /has no X25519/, () => keygen.generateFromSeed("X25519", run(32), by("rfc-8032"))],
    [
      "a seed shorter than P-256 demands",
      /24 to 1024 bytes, got 23 \(SP 800-90A Rev. 1, 8.6.7\)/,
      () => keygen.generateFromSeed("P-256", run(23), by("c2sp-det-keygen")),
    ],
    [
      "a seed shorter than RSA-3072 demands",
      /24 to 1024 bytes, got 21/,
      () => keygen.generateFromSeed("RSA-3072", run(21), by("c2sp-det-keygen")),
    ],
    ["a seed that is too long", /got 1025/, () => keygen.generateFromSeed("P-256", run(1025), by("c2sp-det-keygen"))],
    [
      "a byte too few for ML-KEM",
      /64 bytes, got 63 \(FIPS 203, 3.3\)/,
      () => keygen.generateFromSeed("ML-KEM-768", run(63), by("fips-203")),
    ],
    [
      "a byte too many for ML-DSA",
      /32 bytes, got 33/,
      () => keygen.generateFromSeed("ML-DSA-44", run(33), by("fips-204")),
    ],
    [
      "the private key of SLH-DSA",
      /48 bytes, got 64/,
      () => keygen.generateFromSeed("SLH-DSA-SHA2-128f", run(64), by("fips-205")),
    ],
    ["31 bytes for many keys", /32 to 65536 bytes, got 31/, () => keygen.generateFromSeed("AES-128", run(31), hkdf)],
    [
      "zeros",
      /every byte of the seed is the same/,
      () => keygen.generateFromSeed("Ed25519", new Uint8Array(32), by("rfc-8032")),
    ],
    [
      "no path",
      /path must have 1 to 256 characters.*got undefined/,
      () => keygen.generateFromSeed("AES-128", run(32), by("keywright-hkdf-v1")),
    ],
    [
      "an empty path",
      /path must have 1 to 256/,
      () => keygen.generateFromSeed("AES-128", run(32), { ...hkdf, path: "" }),
    ],
    ["a long path", /got 257/, () => keygen.generateFromSeed("AES-128", run(32), { ...hkdf, path: "x".repeat(257) })],
    [
      "a path where none is",
      /path is an option of keywright-hkdf-v1/,
      () => keygen.generateFromSeed("Ed25519", run(32), { ...hkdf, scheme: "rfc-8032" }),
    ],
    [
      "more entropy than bits",
      /seedBits must be an integer from 1 to 256.*got 257/,
      () => keygen.generateFromSeed("AES-256", run(32), { ...hkdf, seedBits: 257 }),
    ],
    [
      "half a bit",
      /seedBits must be an integer/,
      () => keygen.generateFromSeed("AES-256", run(32), { ...hkdf, seedBits: 0.5 }),
    ],
    [
      "a method of primes",
      /method of a key from a seed is that of its scheme/,
      () => keygen.generateFromSeed("RSA-2048", run(32), { ...hkdf, method: "A.1.6" } as never),
    ],
    [
      "an exponent",
      /publicExponent of a key/,
      () => keygen.generateFromSeed("RSA-2048", run(32), { ...hkdf, publicExponent: 65537 } as never),
    ],
  ];

  test.each(cases)("%s", async (_, reason, call) => {
    await expect(call()).rejects.toThrow(reason);
    await expect(call()).rejects.toThrow(/^(?!.*(correct|1,8,15|01080f)).*$/s); // nothing of what came, but lengths
    expect(keygen.closed).toBe(false);
  });
});

test("an option of RSA that is undefined is none", async () => {
  const options = { ...hkdf, method: undefined, lucas: undefined, publicExponent: undefined };
  const { record } = await keygen.generateFromSeed("AES-256", run(32), options as SeedOptions);
  expect(record.predicate.generation).toBe("derived");
});

describe("the policy decides", () => {
  const refusal = async (policy: unknown, seed: Uint8Array, options: SeedOptions): Promise<string[]> => {
    using other = await openKeygen({ policy, environment: "test" });
    try {
      await other.generateFromSeed("AES-256", seed, options);
    } catch (error) {
      if (error instanceof PolicyRefusal) return error.decision.broken.map(({ id }) => id);
      throw error;
    }
    return [];
  };

  test("a profile by its name allows no seeds", async () => {
    expect(await refusal("open", run(32), hkdf)).toEqual(["policy/seed"]);
  });

  test("an origin that is not listed, and too little entropy, are refused", async () => {
    expect(await refusal(seedPolicy(), run(32), hkdf)).toEqual([]);
    expect(await refusal(seedPolicy(), run(32), { ...hkdf, seedOrigin: "dice" })).toEqual(["policy/seed-origin"]);
    expect(await refusal(seedPolicy(), run(32), { ...hkdf, seedBits: 255 })).toEqual(["policy/seed-bits"]);
    const origins = [{ origin: "drbg", minBits: 512 }];
    expect(await refusal(seedPolicy("open", { seeds: { allowed: true, origins } }), run(32), hkdf)).toEqual([
      "policy/seed-bits",
    ]);
  });

  test("the primes of an RSA key from a seed count as A.1.3", async () => {
    const policy = seedPolicy("nist", { rsaMethods: ["A.1.6"] });
    using other = await openKeygen({ policy, environment: "test" });
    await expect(other.generateFromSeed("RSA-2048", run(32), hkdf)).rejects.toThrow(/A\.1\.6, got A\.1\.3/);
  });

  test("and says so beforehand", async () => {
    const ids = (seed: { origin: string; bits: number }) =>
      keygen.decide("AES-256", { seed }).broken.map(({ id }) => id);
    expect(ids({ origin: "kdf", bits: 256 })).toEqual([]);
    expect(ids({ origin: "kdf", bits: 128 })).toEqual(["policy/seed-bits"]);
    expect(ids({ origin: "password", bits: 256 })).toEqual(["policy/seed-origin"]);
  });
});

describe("nothing stays behind", () => {
  /** Bytes that stand nowhere by chance, the same each time: so the search for primes takes as long each time. */
  const mixed = (length: number) =>
    new Uint8Array(createHash("shake256", { outputLength: length }).update("seeds").digest());
  /** Whether eight bytes of `secret` in a row stand in `memory`. */
  const holds = (memory: Uint8Array, secret: Uint8Array) =>
    Array.from({ length: secret.length >> 3 }, (_, i) => secret.subarray(8 * i, 8 * i + 8)).some((part) =>
      Buffer.from(memory.buffer).includes(Buffer.from(part)),
    );
  const openSeeded = () => openWatched(({ environment }) => openKeygen({ policy: seedPolicy(), environment }));

  test("of seeds and keys in the core, whatever the scheme; the caller's seed stays as it was", async () => {
    const { keygen: watched, memory } = await openSeeded();
    for (const [name, scheme, length] of [
      ["P-384", "c2sp-det-keygen", 36],
      ["Ed25519", "rfc-8032", 32],
      ["ML-KEM-768", "fips-203", 64],
      ["SLH-DSA-SHA2-128f", "fips-205", 48],
      ["RSA-2048", "c2sp-det-keygen", 48],
    ] as const) {
      const seed = mixed(length);
      const kept = Uint8Array.from(seed);
      const { privateKey } = await watched.generateFromSeed(name, seed, by(scheme));
      expect(seed).toEqual(kept);
      expect(holds(memory(), seed)).toBe(false);
      const parts = readSecret(privateKey);
      if (parts.kind === "rsa")
        for (const part of ["d", "p", "q", "qi"] as const) expect(holds(memory(), parts.rsa[part])).toBe(false);
      if (parts.kind === "ec") expect(holds(memory(), parts.ec.d)).toBe(false);
    }
    const seed = mixed(32);
    const { secretKey } = await watched.generateFromSeed("AES-256", seed, hkdf);
    expect(holds(memory(), seed)).toBe(false);
    expect(holds(memory(), encodeRaw(secretKey))).toBe(false);
    memory().set(seed, 300_000);
    expect(holds(memory(), seed)).toBe(true); // the search finds what is there
    watched.close();
  });

  test("of a search that is aborted, or whose keygen is closed in the middle", async () => {
    const seed = mixed(48);
    for (const end of ["abort", "close"] as const) {
      const { keygen: watched, memory, pristine } = await openSeeded();
      const before = memory().slice();
      const controller = new AbortController();
      let after: Uint8Array | undefined;
      const onProgress = () => {
        if (end === "abort") controller.abort();
        else watched.close();
        after ??= memory().slice(); // before the search itself gets another turn
      };
      const options = { ...by("c2sp-det-keygen"), signal: controller.signal, onProgress };
      await expect(watched.generateFromSeed("RSA-4096", seed, options)).rejects.toThrow();
      if (end === "close") expect(Buffer.compare(after ?? memory(), pristine)).toBe(0);
      const changed = memory().findIndex((byte, i) => byte !== (end === "close" ? pristine : before)[i]);
      const state = before.findIndex((byte, i) => byte !== pristine[i]);
      expect(changed === -1 || (changed >= state && changed < state + 1024)).toBe(true);
      watched.close();
    }
  });
});
