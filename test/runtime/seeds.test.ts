/** Keys from seeds, in whatever runtime this runs: against the standards' own functions and HKDF of the platform. */
import { hex } from "@scure/base";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  type AlgorithmName,
  algorithmNames,
  encodeRaw,
  encodeSpki,
  type GeneratedPair,
  type Keygen,
  openKeygen,
  type SeedOptions,
  verifyRecord,
} from "#keywright";
import { openTestBench, type TestBench } from "#keywright/testing";
import { readSecret } from "../../src/algorithms/key.ts";
import { registry } from "../../src/algorithms/registry.ts";
import { secretOf, seedPolicy } from "../support/seeds.ts";

let keygen: Keygen;
let bench: TestBench;
beforeAll(async () => {
  keygen = await openKeygen({ policy: seedPolicy(), environment: "test" });
  bench = await openTestBench();
});
afterAll(() => {
  keygen.close();
  bench.close();
});

/** In hex, which reads better than two lists of bytes when it differs; in any runtime. */
function expectSame(got: Uint8Array, wanted: Uint8Array, what: string): void {
  expect(hex.encode(got), what).toBe(hex.encode(wanted));
}

const run = (length: number) => Uint8Array.from({ length }, (_, i) => (7 * i + 1) & 255);
const by = (scheme: SeedOptions["scheme"], path?: string): SeedOptions => ({
  scheme,
  seedOrigin: "drbg",
  ...(path === undefined ? {} : { path }),
});

const pair = async (name: AlgorithmName, seed: Uint8Array, options: SeedOptions) =>
  (await keygen.generateFromSeed(name, seed, options)) as GeneratedPair;

function privateOf({ privateKey }: GeneratedPair): Uint8Array {
  const parts = readSecret(privateKey);
  if (parts.kind === "octets") return parts.octets.privateKey;
  if (parts.kind === "ec") return parts.ec.d;
  throw new TypeError("an RSA key was not expected");
}

describe("the seed of the standard", () => {
  test("RFC 8032, 7.1, test 1: Ed25519", async () => {
    const seed = hex.decode("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
    const { publicKey } = await pair("Ed25519", seed, by("rfc-8032"));
    const { parts } = publicKey;
    const wanted = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";
    expect(parts.kind === "octets" && hex.encode(parts.octets)).toBe(wanted);
  });

  test.each([
    ["Ed448", "rfc-8032", 57],
    ["ML-KEM-512", "fips-203", 64],
    ["ML-KEM-768", "fips-203", 64],
    ["ML-KEM-1024", "fips-203", 64],
    ["ML-DSA-44", "fips-204", 32],
    ["ML-DSA-65", "fips-204", 32],
    ["ML-DSA-87", "fips-204", 32],
    ["SLH-DSA-SHA2-128f", "fips-205", 48],
    ["SLH-DSA-SHAKE-192f", "fips-205", 72],
  ] as const)("%s by %s", async (name, scheme, length) => {
    const seed = run(length);
    const made = await pair(name, seed, by(scheme));
    const wanted = name.startsWith("SLH")
      ? (await bench.slhDsaKeys(name as "SLH-DSA-SHA2-128f", seed)).publicKey
      : name === "Ed448"
        ? bench.okpPublicKey(name, seed)
        : bench.latticeKeys(name as "ML-KEM-512", seed).publicKey;
    expect(made.publicKey.parts).toEqual({ kind: "octets", octets: wanted });
    expectSame(privateOf(made).subarray(0, length), seed, "the seed is the private key, or begins it");
    expect(await verifyRecord(made.record, { publicKey: made.publicKey })).toMatchObject({ broken: [] });
  });
});

describe("c2sp-det-keygen", () => {
  test.each([
    ["P-224", 21],
    ["P-256", 24],
    ["P-384", 36],
    ["P-521", 48],
  ] as const)("%s from %i bytes is the key of the vectors' door", async (name, length) => {
    const made = await pair(name, run(length), by("c2sp-det-keygen"));
    expectSame(privateOf(made), bench.detKeygenEc(name, run(length)).d, name);
    expect(await verifyRecord(made.record, { publicKey: made.publicKey })).toMatchObject({ broken: [] });
  });

  test("RSA-2048 from 21 bytes is the key of the vectors' door, and its record says so", async () => {
    const made = await pair("RSA-2048", run(21), by("c2sp-det-keygen"));
    const wanted = await bench.detKeygenRsa(2048, run(21));
    const parts = readSecret(made.privateKey);
    expect(parts.kind === "rsa" && parts.rsa).toEqual(wanted);
    expect(made.record.predicate.algorithm.parameters).toMatchObject({ method: expect.stringContaining("A.1.3") });
    expect(await verifyRecord(made.record, { publicKey: made.publicKey })).toMatchObject({ broken: [] });
  });
});

/** What `below` in `src/generate/seeded.ts` says, computed by the platform. */
async function hkdf(seed: Uint8Array<ArrayBuffer>, name: string, path: string, length: number): Promise<Uint8Array> {
  const info = new TextEncoder().encode(JSON.stringify(["keywright-hkdf-v1", name, path]));
  const key = await crypto.subtle.importKey("raw", seed, "HKDF", false, ["deriveBits"]);
  const how = { name: "HKDF", hash: "SHA-512", salt: new Uint8Array(0), info };
  return new Uint8Array(await crypto.subtle.deriveBits(how, key, 8 * length));
}

describe("keywright-hkdf-v1", () => {
  const seed = run(32);

  test.each(["AES-128", "AES-256", "HMAC-SHA-512", "ChaCha20-Poly1305"] as const)("%s is the output", async (name) => {
    const made = await keygen.generateFromSeed(name, seed, by("keywright-hkdf-v1", "backup/2026"));
    expectSame(secretOf(made), await hkdf(seed, name, "backup/2026", registry[name].keyLen), name);
    expect(await verifyRecord(made.record, { secretKey: made.secretKey })).toMatchObject({ broken: [] });
  });

  test.each([
    ["Ed25519", 32],
    ["ML-KEM-768", 64],
    ["ML-DSA-65", 32],
    ["X-Wing-draft-10", 32],
  ] as const)("%s takes the output as its private key", async (name, length) => {
    const made = await pair(name, seed, by("keywright-hkdf-v1", "é/\ud800"));
    expectSame(privateOf(made), await hkdf(seed, name, "é/\ud800", length), name);
    expect(await verifyRecord(made.record, { publicKey: made.publicKey })).toMatchObject({ broken: [] });
  });

  test.each([
    ["X25519", 32, 0xf8, 0x7f, 0x40],
    ["X448", 56, 0xfc, 0xff, 0x80],
  ] as const)("%s takes it as decodeScalar of RFC 7748 leaves it", async (name, length, first, last, top) => {
    const made = await pair(name, seed, by("keywright-hkdf-v1", "a"));
    const wanted = await hkdf(seed, name, "a", length);
    wanted[0] = (wanted[0] ?? 0) & first;
    wanted[length - 1] = ((wanted[length - 1] ?? 0) & last) | top;
    expectSame(privateOf(made), wanted, name);
  });

  test("curves and RSA go on by det-keygen", async () => {
    const made = await pair("P-256", seed, by("keywright-hkdf-v1", "a"));
    expectSame(privateOf(made), bench.detKeygenEc("P-256", await hkdf(seed, "P-256", "a", 48)).d, "P-256");
    const rsa = readSecret((await pair("RSA-2048", seed, by("keywright-hkdf-v1", "a"))).privateKey);
    const wanted = await bench.detKeygenRsa(2048, await hkdf(seed, "RSA-2048", "a", 48));
    expect(rsa.kind === "rsa" && rsa.rsa.n).toEqual(wanted.n);
  });

  test("a key pair of SLH-DSA", async () => {
    const made = await pair("SLH-DSA-SHAKE-128f", seed, by("keywright-hkdf-v1", "a"));
    expectSame(privateOf(made).subarray(0, 48), await hkdf(seed, "SLH-DSA-SHAKE-128f", "a", 48), "seed");
  });

  test("path and algorithm tell the keys of one seed apart, and the same ones give the same key", async () => {
    const keys = new Set<string>();
    const paths = ["a", "b", "a/b", '"', '","', "A", "ä", "a\u0308", "x".repeat(256)];
    for (const path of paths) {
      for (const name of ["AES-256", "HMAC-SHA-256", "ChaCha20-Poly1305", "Ed25519", "X25519"] as const) {
        const options = by("keywright-hkdf-v1", path);
        const [one, again] = [
          await keygen.generateFromSeed(name, seed, options),
          await keygen.generateFromSeed(name, seed, options),
        ];
        expectSame(secretOf(one), secretOf(again), `${name} ${path}`);
        expect(one.record.subject[0].name).not.toBe(again.record.subject[0].name);
        keys.add(hex.encode(secretOf(one).slice(-32)));
      }
    }
    expect(keys.size).toBe(paths.length * 5);
  });
});

/** The quick ones: RSA and the large trees are made of bytes that others of their family are made of too. */
const quick = algorithmNames.filter((name) => !/^(RSA|SLH-DSA|secp)/.test(name));

test("one flipped bit of the seed changes every output", async () => {
  const halves = (made: Awaited<ReturnType<typeof pair>>) => {
    const publicHalf = "publicKey" in made ? [hex.encode(encodeSpki(made.publicKey))] : [];
    return [hex.encode(secretOf(made)), ...publicHalf];
  };
  const seed = run(32);
  for (const name of quick) {
    const options = by("keywright-hkdf-v1", "a");
    const wanted = halves(await pair(name, seed, options));
    for (const bit of [0, 7, 100, 255]) {
      const flipped = Uint8Array.from(seed);
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      const got = halves(await pair(name, flipped, options));
      expect(got.length).toBe(wanted.length);
      for (const [i, half] of got.entries()) expect(half).not.toBe(wanted[i]);
    }
  }
});

test("every bit of a short seed reaches the key", async () => {
  const seeds = [
    ["c2sp-det-keygen", "P-256", 24],
    ["rfc-8032", "Ed25519", 32],
    ["fips-203", "ML-KEM-512", 64],
  ] as const;
  for (const [scheme, name, length] of seeds) {
    const keys = new Set([hex.encode(secretOf(await pair(name, run(length), by(scheme))))]);
    const bytes = [0, 13, length - 1];
    for (const byte of bytes) {
      const flipped = run(length);
      flipped[byte] = (flipped[byte] ?? 0) ^ 0x80;
      keys.add(hex.encode(secretOf(await pair(name, flipped, by(scheme)))));
    }
    expect(keys.size).toBe(1 + bytes.length);
  }
});

describe("the record", () => {
  test("names origin, bits, scheme and standard, and nothing of the seed or its path", async () => {
    const { record } = await keygen.generateFromSeed("AES-256", run(32), {
      scheme: "keywright-hkdf-v1",
      seedOrigin: "external",
      path: "accounting",
    });
    expect(record.predicate).toMatchObject({
      generation: "derived",
      deterministic: false,
      seed: { origin: "external", bits: 256, assertedBy: "caller", scheme: "keywright-hkdf-v1" },
    });
    const text = JSON.stringify(record);
    for (const word of ["accounting", hex.encode(run(32)).slice(0, 16)]) expect(text).not.toContain(word);
    expect(record.predicate.claims.notClaimed.some((claim) => claim.includes("seed"))).toBe(true);
  });

  test("has a check value for seeds of a generator alone: others may come from a password", async () => {
    for (const [seedOrigin, member] of [
      ["drbg", "keywrightKcv1"],
      ["kdf", "keywrightKeyId"],
      ["external", "keywrightKeyId"],
    ] as const) {
      const options = { scheme: "keywright-hkdf-v1", seedOrigin, path: "a" } as const;
      const { secretKey, record } = await keygen.generateFromSeed("AES-256", run(32), options);
      expect(Object.keys(record.subject[0].digest)).toEqual([member]);
      expect(await verifyRecord(record)).toMatchObject({ broken: [] });
      const broken = member === "keywrightKcv1" ? [] : [{ id: "secret-key-unnamed" }];
      expect(await verifyRecord(record, { secretKey })).toMatchObject({ broken });
      expect(encodeRaw(secretKey)).toHaveLength(32);
    }
  });

  test("a random key stays one", async () => {
    const { record } = await keygen.generate("AES-256");
    expect(record.predicate.generation).toBe("random");
    expect("seed" in record.predicate).toBe(false);
  });
});
