/** Copies for recovery, in whatever runtime this is: jose opens what was wrapped, and the record names the key that can. */
import { compactDecrypt, exportJWK, type GenerateKeyPairOptions, generateKeyPair, type JWK } from "jose";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import {
  type AlgorithmName,
  decodeJwk,
  encodeJwk,
  type GeneratedPair,
  generateSealed,
  jwkThumbprint,
  type Keygen,
  openKeygen,
  openRecovery,
  PrivateKey,
  type PublicKey,
  parsePolicy,
  type SecretKey,
  verifyRecord,
} from "#keywright";
import development from "../../worker/policies/development.json";

let keygen: Keygen;
beforeAll(async () => {
  keygen = await openKeygen({ policy: "open", environment: "test" });
});
afterAll(() => keygen.close());

async function recoverer(alg: string, options: GenerateKeyPairOptions) {
  const { publicKey, privateKey } = await generateKeyPair(alg, { ...options, extractable: true });
  const publicJwk = { ...(await exportJWK(publicKey)) } as JWK & { kty: string };
  const open = async (wrapped = "") => {
    const { plaintext, protectedHeader: header } = await compactDecrypt(wrapped, privateKey);
    return { header, jwk: JSON.parse(new TextDecoder().decode(plaintext)) as JWK };
  };
  return { publicJwk, privateJwk: await exportJWK(privateKey), open, recovery: await openRecovery(publicJwk) };
}

const strong = () => recoverer("ECDH-ES+A256KW", { crv: "P-521" });

describe.each([
  ["RSA-OAEP-256", { modulusLength: 3072 }, "AES-128"],
  ["ECDH-ES+A256KW", { crv: "P-256" }, "P-256"],
  ["ECDH-ES+A256KW", { crv: "P-384" }, "ML-KEM-768"],
  ["ECDH-ES+A256KW", { crv: "P-521" }, "HMAC-SHA-512"],
  ["ECDH-ES+A256KW", { crv: "X25519" }, "Ed25519"],
] as const)("%s %o", (alg, options, name) => {
  test(`gets a copy of ${name} that is the key, and its record says so`, async () => {
    const { open, recovery, publicJwk } = await recoverer(alg, options);
    const made = await keygen.generate(name as AlgorithmName, { extractable: false, recovery });
    const { jwk, header } = await open(made.wrapped);
    const recoveryKey = decodeJwk(publicJwk) as PublicKey;
    const thumbprint = jwkThumbprint(recoveryKey);
    expect(header).toMatchObject({ alg, enc: "A256GCM", cty: "jwk+json", kid: thumbprint });
    expect(jwk.kid).toBe(made.record.subject[0].name);
    expect(made.record.predicate.recovery).toEqual({
      ...recovery.facts,
      alg,
      thumbprint,
      algorithm: recoveryKey.algorithm,
    });
    const again = decodeJwk(jwk, { algorithm: name });
    const check = "publicKey" in made ? { publicKey: made.publicKey } : { secretKey: again as SecretKey };
    expect(await verifyRecord(made.record, check)).toMatchObject({ consistent: true, broken: [] });
    if ("publicKey" in made && again instanceof PrivateKey) {
      const { publicJwk: pub } = { publicJwk: encodeJwk(made.publicKey) };
      expect(encodeJwk(again)).toMatchObject(pub);
      expect(() => encodeJwk(made.privateKey)).toThrow(/not extractable/);
    }
  });
});

test("one call makes, wraps and seals: what comes back signs as the copy does", async () => {
  const { recovery, open } = await strong();
  const usages = ["sign"] as const;
  const { sealed, publicKey, wrapped, record } = await generateSealed(keygen, "P-256", { recovery, seal: { usages } });
  expect(sealed.privateKey.extractable).toBe(false);
  const { jwk } = await open(wrapped);
  const ecdsa = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
  const copy = await crypto.subtle.importKey("jwk", jwk as JsonWebKey, ecdsa, false, ["sign"]);
  const message = new Uint8Array(40);
  for (const signer of [copy, sealed.privateKey]) {
    const signature = await crypto.subtle.sign(ecdsa, signer, message);
    expect(await crypto.subtle.verify(ecdsa, sealed.publicKey, signature, message)).toBe(true);
  }
  expect(await verifyRecord(record, { publicKey })).toMatchObject({ consistent: true });
  const secret = await generateSealed(keygen, "AES-256", { seal: { usages: ["encrypt", "decrypt"] } });
  expect(secret.sealed.type).toBe("secret");
  expect(secret).not.toHaveProperty("wrapped");
  expect(secret.record.predicate.recovery).toBeUndefined();
});

test("what could not be sealed is not made", async () => {
  const making = generateSealed(keygen, "SLH-DSA-SHA2-128f", { seal: { usages: ["sign"] } });
  await expect(making).rejects.toMatchObject({ code: "algorithm-unsupported" });
  await expect(making).rejects.toThrow(/no key was made/);
});

test("a key whose copy cannot be wrapped does not leave, and its bytes are gone", async () => {
  const { recovery } = await strong();
  const wiped = vi.spyOn(PrivateKey.prototype, "wipe");
  vi.spyOn(crypto.subtle, "encrypt").mockRejectedValueOnce(new Error("no"));
  try {
    await expect(keygen.generate("P-256", { recovery })).rejects.toThrow("no");
    expect(wiped).toHaveBeenCalledOnce();
  } finally {
    vi.restoreAllMocks();
  }
  expect((await keygen.generate("P-256", { recovery })).wrapped).toBeTypeOf("string"); // and the next one does
});

describe("refused before there is a key", () => {
  test("a recovery key that is weaker than the key, with both strengths", async () => {
    const { recovery } = await recoverer("ECDH-ES+A256KW", { crv: "P-256" });
    const { allowed, broken } = keygen.decide("P-384", { recovery });
    expect(allowed).toBe(false);
    expect(broken).toMatchObject([{ id: "policy/recovery-strength" }]);
    expect(broken[0]?.why).toMatch(/192 bits of strength of P-384, P-256 has 128/);
    await expect(keygen.generate("P-384", { recovery })).rejects.toMatchObject({ code: "policy-refused" });
  });

  test("a policy that lets nothing leave wrapped", async () => {
    const { recovery } = await strong();
    const policy = parsePolicy({ ...development, export: { ...development.export, wrapped: [] } });
    using strict = await openKeygen({ policy, environment: "test" });
    const { broken } = strict.decide("AES-256", { purpose: "encrypt", classification: "sample-data", recovery });
    expect(broken).toMatchObject([{ id: "policy/recovery", why: expect.stringMatching(/nowhere, got test/) }]);
  });

  test("a warning says that a copy of a post-quantum key is no safer than what it is wrapped to", async () => {
    const { recovery } = await strong();
    const { allowed, warnings } = keygen.decide("ML-DSA-65", { recovery });
    expect(allowed).toBe(true);
    expect(warnings.map(({ id }) => id)).toContain("policy/recovery-quantum");
    expect(keygen.decide("P-256", { recovery }).warnings.map(({ id }) => id)).not.toContain("policy/recovery-quantum");
  });

  test("a key that has no JWK", async () => {
    const { recovery } = await strong();
    await expect(keygen.generate("P-224", { recovery })).rejects.toThrow(/no JWK is registered for P-224/);
  });

  test("what is no recovery key", async () => {
    const { privateJwk, publicJwk } = await strong();
    const { publicKey } = (await keygen.generate("Ed25519")) as GeneratedPair;
    const notOpened = publicJwk as never;
    await expect(keygen.generate("P-256", { recovery: notOpened })).rejects.toThrow(/must come from openRecovery/);
    await expect(openRecovery(privateJwk)).rejects.toThrow(/must be a public key/);
    await expect(openRecovery({ ...publicJwk, use: "sig" })).rejects.toThrow(/use of a recovery key must be enc/);
    await expect(openRecovery({ ...publicJwk, alg: "ES512" })).rejects.toThrow(/used with ECDH-ES\+A256KW, .+ "ES512"/);
    await expect(openRecovery(encodeJwk(publicKey))).rejects.toThrow(/X25519, got Ed25519/);
    await expect(openRecovery("text")).rejects.toThrow(TypeError);
  });
});

describe("the operations that its JWK lists", () => {
  test.each([
    ["RSA-OAEP-256", ["wrapKey"], true],
    ["RSA-OAEP-256", ["verify", "encrypt"], true],
    ["RSA-OAEP-256", ["verify"], false],
    ["RSA-OAEP-256", ["unwrapKey"], false],
    ["RSA-OAEP-256", [], false],
    ["ECDH-ES+A256KW", [], true],
    ["ECDH-ES+A256KW", ["deriveBits", "deriveKey"], true],
    ["ECDH-ES+A256KW", ["verify"], false],
    ["ECDH-ES+A256KW", ["deriveKey", "verify"], false],
  ] as const)("%s, %j: taken is %s", async (alg, key_ops, isTaken) => {
    const { publicJwk } = await recoverer(alg, alg === "RSA-OAEP-256" ? { modulusLength: 2048 } : { crv: "P-256" });
    const opening = openRecovery({ ...publicJwk, key_ops });
    if (isTaken) expect((await opening).facts.alg).toBe(alg);
    else await expect(opening).rejects.toThrow(/key_ops of a recovery key for .+ must be/);
  });

  test("are a list, or none", async () => {
    const { publicJwk } = await strong();
    await expect(openRecovery({ ...publicJwk, key_ops: "deriveKey" })).rejects.toThrow(/key_ops must be a list/);
  });
});

test("the kid of the recovery key is what its JWK says", async () => {
  const { publicJwk, open } = await strong();
  const recovery = await openRecovery({ ...publicJwk, kid: "vault-7", alg: "ECDH-ES", use: "enc" });
  const { wrapped } = await keygen.generate("AES-256", { recovery });
  expect((await open(wrapped)).header.kid).toBe("vault-7");
});

test("two copies have nothing in common", async () => {
  const { recovery } = await strong();
  const parts = async () => (await keygen.generate("AES-256", { recovery })).wrapped?.split(".") ?? [];
  const [a, b] = [await parts(), await parts()];
  for (const [i, part] of a.entries()) expect(part).not.toBe(b[i]);
});

test("a recovery key wraps in `generate` only: through it nobody reads a key that was made not to be read", async () => {
  const { recovery } = await strong();
  expect(Object.keys(recovery)).toEqual(["facts"]);
});
