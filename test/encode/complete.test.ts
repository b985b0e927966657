/** The decoders with what the core computes: an omitted half is filled in, and what does not follow from the key is refused. */
import { describe, expect, test } from "vitest";
import {
  decodeJwk,
  decodePkcs8,
  decodeSec1,
  encodeJwk,
  encodePkcs8,
  encodeSec1,
  encodeSpki,
  openComplete,
  openKeygen,
  seal,
} from "#keywright";
import { readSecret } from "../../src/algorithms/key.ts";
import { catalogue } from "../../src/algorithms/registry.ts";
import { expandLatticeSeed, type LatticeName } from "../../src/generate/lattice.ts";
import { freshCore } from "../support/core.ts";
import { nodePair, pairNames, pkcs8Of, spkiOf } from "../support/pair-keys.ts";

const complete = await openComplete();
const core = await freshCore();
const known = pairNames.filter((name) => catalogue[name].formats.includes("jwk"));

test.each(known)("a %s key that came without its public half gets the one that OpenSSL has", (name) => {
  const { publicKey } = nodePair(name);
  const key = decodePkcs8(pkcs8Of(nodePair(name)), { complete });
  const { kty, crv, alg, x, y, pub } = { ...encodeJwk(key) } as Record<string, unknown>;
  const stated = Object.fromEntries(Object.entries({ kty, crv, alg, x, y, pub }).filter(([, value]) => value));
  expect(encodeSpki(decodeJwk(stated) as never)).toEqual(spkiOf({ publicKey } as never));
});

test("a key that was completed can be sealed", async () => {
  const key = decodePkcs8(pkcs8Of(nodePair("Ed25519")), { complete });
  expect((await seal(key, { usages: ["sign"] })).publicKey.type).toBe("public");
});

test("an X-Wing seed and a SEC 1 key are completed as well", async () => {
  using keygen = await openKeygen({ policy: "open", environment: "test" });
  const { privateKey, publicKey } = await keygen.generate("X-Wing-draft-10");
  const parts = readSecret(decodePkcs8(encodePkcs8(privateKey), { complete }));
  if (parts.kind !== "octets" || publicKey.parts.kind !== "octets") throw new Error("octets were wanted");
  expect(parts.octets.publicKey).toEqual(publicKey.parts.octets);
  const file = Buffer.from(encodePkcs8(privateKey));
  const withPublic = Buffer.concat([Buffer.of(0x30, file.length + 1), file.subarray(2), Buffer.of(0x81, 1, 0)]);
  withPublic[1] = withPublic.length - 2;
  withPublic[4] = 1;
  expect(() => decodePkcs8(withPublic)).toThrow(/wanted version 0/); // the draft wants the public key absent
  const made = await keygen.generate("P-256");
  expect(encodeSec1(decodeSec1(encodeSec1(made.privateKey), { complete }))).toEqual(encodeSec1(made.privateKey));
});

describe("both forms of a lattice key in one file", () => {
  const names = pairNames.filter((name) => /^ml-/.test(catalogue[name].kind)) as LatticeName[];

  test.each(names)("%s: an expanded key that is not that of the seed is refused, wherever it differs", (name) => {
    const key = decodePkcs8(pkcs8Of(nodePair(name)));
    const parts = readSecret(key);
    if (parts.kind !== "octets") throw new Error("octets were wanted");
    const expandedKey = expandLatticeSeed(core, name, parts.octets.privateKey);
    const both = (changed: Uint8Array) => encodePkcs8(key, { form: "both", expandedKey: changed });
    expect(encodePkcs8(decodePkcs8(both(expandedKey), { complete }))).toEqual(encodePkcs8(key));
    for (const at of [0, expandedKey.length >> 1, expandedKey.length - 1]) {
      const wrong = expandedKey.slice();
      wrong[at] = (wrong[at] ?? 0) ^ 1;
      expect(() => decodePkcs8(both(wrong), { complete })).toThrow("the expanded key is not that of the seed");
    }
  });
});

test.each(["P-256", "Ed25519", "ML-DSA-44"] as const)("%s: a public half of another key is refused", async (name) => {
  using keygen = await openKeygen({ policy: "open", environment: "test" });
  const one = encodeJwk((await keygen.generate(name)).privateKey);
  const other = encodeJwk((await keygen.generate(name)).publicKey);
  expect(decodeJwk(one, { complete }).algorithm).toBe(name);
  expect(() => decodeJwk({ ...one, ...other }, { complete })).toThrow("does not belong to the private key");
});

test("of a secret key nothing follows", () => {
  expect(() => complete("AES-128", new Uint8Array(16))).toThrow(/nothing follows from the bytes of AES-128 keys/);
  expect(() => complete("AES-512" as "AES-128", new Uint8Array(16))).toThrow(RangeError);
});
