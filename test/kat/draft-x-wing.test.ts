/** X-Wing against the first test vector of draft-connolly-cfrg-xwing-kem-10, Appendix C, and against @noble/post-quantum. */
import { ml_kem768_x25519 as noble } from "@noble/post-quantum/hybrid.js";
import { hex } from "@scure/base";
import { describe, expect, test } from "vitest";
import { decodePkcs8, decodeRaw, decodeSpki, encodePkcs8, encodeRaw, encodeSpki } from "#keywright";
import { copyBytes } from "../../src/bytes.ts";
import { X_WING, xWingDecapsulate, xWingEncapsulate, xWingPairwise, xWingPublicKey } from "../../src/core/x-wing.ts";
import { freshCore } from "../support/core.ts";
import { Random } from "../support/random.ts";

const fromHex = (text: string) => copyBytes(hex.decode(text));
const core = await freshCore();
const random = new Random("kat/draft-x-wing");
const seed = fromHex("7f9c2ba4e88f827d616045507605853ed73b8093f6efbc88eb1a6eacfa66ef26");
const eseed = fromHex(
  "3cb1eea988004b93103cfb0aeefd2a686e01fa4a58e8a3639ca8a1e3f9ae57e2" +
    "35b8cc873c23dc62b8d260169afa2f75ab916a58d974918835d25e6a435085b2",
);

test("the draft's vector comes to its shared secret on both sides", () => {
  const { ciphertext, sharedSecret } = xWingEncapsulate(core, xWingPublicKey(core, seed), eseed);
  expect(hex.encode(sharedSecret)).toBe("d2df0522128f09dd8e2c92b1e905c793d8f57a54c3da25861f10bf4ca613e384");
  expect(xWingDecapsulate(core, seed, ciphertext)).toEqual(sharedSecret);
});

test("keys, ciphertexts and secrets of random seeds are those of @noble/post-quantum", () => {
  for (let i = 0; i < 20; i++) {
    const [own, coins] = [random.bytes(32), random.bytes(64)];
    const theirs = noble.keygen(own);
    const publicKey = xWingPublicKey(core, own);
    expect(publicKey).toEqual(theirs.publicKey);
    const { cipherText, sharedSecret } = noble.encapsulate(theirs.publicKey, coins);
    const ours = xWingEncapsulate(core, publicKey, coins);
    expect(ours).toEqual({ ciphertext: cipherText, sharedSecret });
    const wrong = cipherText.slice();
    wrong[i * 50] = (wrong[i * 50] ?? 0) ^ 1;
    expect(xWingDecapsulate(core, own, wrong)).toEqual(noble.decapsulate(wrong, theirs.secretKey));
    expect(xWingDecapsulate(core, own, wrong)).not.toEqual(sharedSecret);
  }
});

describe("formats", () => {
  const publicKey = xWingPublicKey(core, seed);

  test("PKCS #8 and SPKI hold the bytes as they are, under the draft's identifier", () => {
    const der = encodePkcs8(decodeRaw(X_WING, seed, { type: "private" }));
    expect(hex.encode(der)).toBe(`3034020100300d060b2b0601040183e62d81c87a0420${hex.encode(seed)}`);
    expect(encodeRaw(decodePkcs8(der))).toEqual(seed);
    const spki = encodeSpki(decodeRaw(X_WING, publicKey, { type: "public" }));
    expect(hex.encode(spki.slice(0, 24))).toBe("308204d4300d060b2b0601040183e62d81c87a038204c100");
    expect(encodeRaw(decodeSpki(spki))).toEqual(publicKey);
  });

  test("a seed that is short and a coefficient that is none are refused", () => {
    expect(() => decodeRaw(X_WING, seed.slice(1), { type: "private" })).toThrow(/must have 32 bytes, got 31/);
    const spoiled = publicKey.slice().fill(0xff, 1149, 1152);
    expect(() => decodeRaw(X_WING, spoiled, { type: "public" })).toThrow(/not below 3329/);
    expect(() => xWingEncapsulate(core, spoiled, eseed)).toThrow(/FIPS 203, 7.2/);
  });
});

test("lengths are checked before anything is computed", () => {
  expect(() => xWingPublicKey(core, seed.slice(1))).toThrow(/seed must have 32 bytes, got 31/);
  expect(() => xWingDecapsulate(core, seed, seed)).toThrow(/ciphertext must have 1120 bytes/);
  expect(() => xWingEncapsulate(core, seed, eseed)).toThrow(/publicKey must have 1216 bytes/);
});

test.each([
  ["ML-KEM's half", 0],
  ["X25519's half", 1184],
])("a pair fails its test if %s is of another, and the instance is closed", async (_, at) => {
  const own = await freshCore();
  const pair = { seed, publicKey: xWingPublicKey(own, seed) };
  xWingPairwise(own, pair);
  const publicKey = pair.publicKey.slice();
  publicKey.set(xWingPublicKey(own, eseed.slice(32)).subarray(at, at === 0 ? 1184 : 1216), at);
  expect(() => xWingPairwise(own, { seed, publicKey })).toThrow(expect.objectContaining({ code: "pairwise-failed" }));
  expect(() => xWingPairwise(own, pair)).toThrow(expect.objectContaining({ code: "self-test-failed" }));
});
