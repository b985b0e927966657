/** A key of every kind, from decision to record, in whatever runtime this runs; and into WebCrypto where it knows the kind. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  type AlgorithmName,
  algorithmNames,
  decodePkcs8,
  decodeSpki,
  encodePkcs8,
  encodeSpki,
  type GeneratedPair,
  type Keygen,
  openKeygen,
  PolicyRefusal,
  type Progress,
  verifyRecord,
} from "#keywright";
import { isKeyPair } from "../../src/algorithms/algorithm.ts";
import { registry } from "../../src/algorithms/registry.ts";

/** Trees of many leaves take seconds; one of them stands for all. */
const slow = (name: string) => /^SLH-DSA-.*s$/.test(name);
const pairs = algorithmNames.filter((name) => isKeyPair(registry[name]) && !name.startsWith("RSA") && !slow(name));

let keygen: Keygen;
beforeAll(async () => {
  keygen = await openKeygen({ policy: "open", environment: "test" });
});
afterAll(() => keygen.close());

const make = async (name: AlgorithmName) => (await keygen.generate(name)) as GeneratedPair;

describe.each(pairs)("%s", (name) => {
  test("leaves with a record that fits, and comes back from PKCS #8 and SPKI", async () => {
    const { publicKey, privateKey, record } = await make(name);
    expect(await verifyRecord(record, { publicKey })).toMatchObject({ consistent: true, broken: [] });
    const row = registry[name];
    expect(record.predicate.algorithm).toMatchObject({ name, standard: row.standard, strengthBits: row.strengthBits });
    expect(record.predicate.pairwise).toMatchObject([{ by: "core", result: "passed" }]);
    const again = decodePkcs8(encodePkcs8(privateKey));
    expect(encodePkcs8(again)).toEqual(encodePkcs8(privateKey));
    expect(encodeSpki(decodeSpki(encodeSpki(publicKey)))).toEqual(encodeSpki(publicKey));
    const other = await make(name);
    expect(encodeSpki(other.publicKey)).not.toEqual(encodeSpki(publicKey));
    expect(await verifyRecord(record, { publicKey: other.publicKey })).toMatchObject({ consistent: false });
  });
});

const hash = { "P-256": "SHA-256", "P-384": "SHA-384", "P-521": "SHA-512" } as const;

test.each(["P-256", "P-384", "P-521"] as const)("%s signs and agrees in WebCrypto", async (name) => {
  const { publicKey, privateKey } = await make(name);
  const message = crypto.getRandomValues(new Uint8Array(100));
  const ecdsa = { name: "ECDSA", namedCurve: name, hash: hash[name] };
  const signer = await crypto.subtle.importKey("pkcs8", encodePkcs8(privateKey), ecdsa, false, ["sign"]);
  const verifier = await crypto.subtle.importKey("spki", encodeSpki(publicKey), ecdsa, false, ["verify"]);
  const signature = await crypto.subtle.sign(ecdsa, signer, message);
  expect(await crypto.subtle.verify(ecdsa, verifier, signature, message)).toBe(true);
});

test("Ed25519 signs and X25519 agrees in WebCrypto", async () => {
  const { publicKey, privateKey } = await make("Ed25519");
  const message = crypto.getRandomValues(new Uint8Array(100));
  const signer = await crypto.subtle.importKey("pkcs8", encodePkcs8(privateKey), "Ed25519", false, ["sign"]);
  const verifier = await crypto.subtle.importKey("spki", encodeSpki(publicKey), "Ed25519", false, ["verify"]);
  expect(
    await crypto.subtle.verify("Ed25519", verifier, await crypto.subtle.sign("Ed25519", signer, message), message),
  ).toBe(true);
  const sides = [await make("X25519"), await make("X25519")] as const;
  const secrets = await Promise.all(
    sides.map(async ({ privateKey: own }, i) => {
      const theirs = sides[1 - i]?.publicKey ?? sides[0].publicKey;
      const key = await crypto.subtle.importKey("pkcs8", encodePkcs8(own), "X25519", false, ["deriveBits"]);
      const peer = await crypto.subtle.importKey("spki", encodeSpki(theirs), "X25519", false, []);
      return new Uint8Array(await crypto.subtle.deriveBits({ name: "X25519", public: peer } as never, key, 256));
    }),
  );
  expect(secrets[0]).toEqual(secrets[1]);
});

test("a key with a tall tree tells its exact progress, and can be cancelled", async () => {
  const seen: Progress[] = [];
  const controller = new AbortController();
  const reason = new Error("enough");
  const onProgress = (progress: Progress) => {
    seen.push(progress);
    if (seen.length === 4) controller.abort(reason);
  };
  await expect(keygen.generate("SLH-DSA-SHA2-128s", { signal: controller.signal, onProgress })).rejects.toBe(reason);
  expect(seen[0]?.phase).toBe("tree");
  for (const [i, { doneBy }] of seen.entries()) expect(doneBy).toBeGreaterThan(seen[i - 1]?.doneBy ?? 0);
  expect((await make("P-256")).publicKey.algorithm).toBe("P-256"); // and the next key works
});

test("nist refuses what NIST has not approved, and says by which clause", async () => {
  using strict = await openKeygen({ policy: "nist", environment: "test" });
  for (const name of ["secp256k1", "X25519", "ChaCha20-Poly1305"] as const) {
    await expect(strict.generate(name)).rejects.toThrow(PolicyRefusal);
  }
});
