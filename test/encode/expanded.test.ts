/** ML-KEM and ML-DSA keys whose file holds the expanded key alone: RFC 9935, 6 and RFC 9881, 6. */
import { createPrivateKey, createPublicKey } from "node:crypto";
import { describe, expect, test } from "vitest";
import { decodePkcs8, decodeSpki, encodeJwk, encodePkcs8, encodeRaw, openComplete, type PrivateKey } from "#keywright";
import { readSecret } from "../../src/algorithms/key.ts";
import { catalogue } from "../../src/algorithms/registry.ts";
import { expandLatticeSeed, type LatticeName } from "../../src/generate/lattice.ts";
import { freshCore } from "../support/core.ts";
import { mlDsa44Of } from "../support/ml-dsa-plain.ts";
import { nodePair, pairNames, pkcs8Of, spkiOf } from "../support/pair-keys.ts";

const complete = await openComplete();
const core = await freshCore();
const names = pairNames.filter((name) => /^ml-/.test(catalogue[name].kind)) as LatticeName[];

/** The key of `node:crypto` as a file without its seed. */
function expandedFile(name: LatticeName, change: (expandedKey: Uint8Array) => void = () => {}): Uint8Array {
  const key = decodePkcs8(pkcs8Of(nodePair(name)));
  const expandedKey = expandLatticeSeed(core, name, encodeRaw(key));
  change(expandedKey);
  return encodePkcs8(key, { form: "expanded", expandedKey });
}

/** The file with a public key behind it: version 1, and [1] (RFC 5958, 2). */
function withPublic(file: Uint8Array, publicKey: Uint8Array): Uint8Array {
  const body = Buffer.from(file.subarray(4));
  body[2] = 1;
  const header = (tag: number, length: number) => Buffer.of(tag, 0x82, length >> 8, length & 255);
  const outer = Buffer.concat([header(0x81, publicKey.length + 1), Buffer.of(0), publicKey]);
  return Buffer.concat([header(0x30, body.length + outer.length), body, outer]);
}

function publicHalf(key: PrivateKey): Uint8Array | undefined {
  const parts = readSecret(key);
  return parts.kind === "expanded" ? parts.expanded.publicKey : undefined;
}

describe.each(names)("%s without its seed", (name) => {
  const isKem = name.startsWith("ML-KEM");
  const file = expandedFile(name);
  const open = encodeRaw(decodeSpki(spkiOf(nodePair(name))));

  test("is read and written again, and OpenSSL reads the same key", () => {
    const key = decodePkcs8(file);
    expect(key).toMatchObject({ algorithm: name, type: "private", extractable: true });
    expect(encodePkcs8(key)).toEqual(file);
    expect(encodePkcs8(key, { form: "expanded" })).toEqual(file);
    const other = createPrivateKey({ key: Buffer.from(encodePkcs8(key)), format: "der", type: "pkcs8" });
    const spki = createPublicKey(other as never).export({ format: "der", type: "spki" });
    expect(Uint8Array.from(spki)).toEqual(spkiOf(nodePair(name)));
  });

  test("has the public half that belongs to it, and refuses another", () => {
    expect(publicHalf(decodePkcs8(file))).toEqual(name.startsWith("ML-KEM") ? open : undefined);
    expect(publicHalf(decodePkcs8(file, { complete }))).toEqual(open);
    expect(publicHalf(decodePkcs8(withPublic(file, open)))).toEqual(open);
    expect(publicHalf(decodePkcs8(withPublic(file, open), { complete }))).toEqual(open);
    const other = open.slice();
    other[open.length - 1] = (other[open.length - 1] ?? 0) ^ 1;
    const refused = "the public key does not belong to the private key";
    expect(() => decodePkcs8(withPublic(file, other), { complete })).toThrow(refused);
    if (isKem) expect(() => decodePkcs8(withPublic(file, other))).toThrow(refused); // it shows without arithmetic
    for (const options of [{}, { complete }]) {
      const short = () => decodePkcs8(withPublic(file, open.subarray(1)), options);
      expect(short).toThrow(`${name}: the public key must have ${open.length} bytes, got ${open.length - 1}`);
    }
  });

  test("is not read with bytes behind it", () => {
    const row = catalogue[name] as { expandedKeyLen: number };
    const longer = Uint8Array.from([...file, 0]);
    for (const at of [2, file.length - row.expandedKeyLen - 6]) {
      const length = ((longer[at] ?? 0) << 8) + (longer[at + 1] ?? 0) + 1;
      longer.set([length >> 8, length & 255], at);
    }
    expect(() => decodePkcs8(longer)).toThrow("wanted the end of privateKey");
  });

  test("is not printed by accident, and the advice is one that it takes", () => {
    expect(() => JSON.stringify(decodePkcs8(file))).toThrow(/use encodePkcs8, or encodeJwk or encodeRaw where they/);
  });

  test("has no other form, and says which it has", () => {
    const key = decodePkcs8(file, { complete });
    for (const form of ["seed", "both"] as const) {
      expect(() => encodePkcs8(key, { form })).toThrow(/was read without its seed, so its form must be expanded, got/);
    }
    for (const encode of [encodeJwk, encodeRaw]) expect(() => encode(key)).toThrow(/has a form in PKCS #8 alone/);
  });

  test("is not read where it is too short, and not written where it may not be", () => {
    const row = catalogue[name] as { expandedKeyLen: number };
    const short = file.slice(0, -32);
    for (const [at, less] of [
      [2, 32],
      [file.length - row.expandedKeyLen - 6, 32],
      [file.length - row.expandedKeyLen - 2, 32],
    ] as const) {
      const length = ((short[at] ?? 0) << 8) | (short[at + 1] ?? 0);
      short[at] = (length - less) >> 8;
      short[at + 1] = (length - less) & 255;
    }
    expect(() => decodePkcs8(short)).toThrow(`the expanded key must have ${row.expandedKeyLen} bytes`);
    const shut = decodePkcs8(file, { extractable: false });
    expect(() => encodePkcs8(shut)).toThrow("is not extractable");
  });

  test("is gone after its wipe", () => {
    const key = decodePkcs8(file);
    const parts = readSecret(key);
    if (parts.kind !== "expanded") throw new Error("the expanded key was wanted");
    key.wipe();
    expect(parts.expanded.expandedKey.every((byte) => byte === 0)).toBe(true);
    expect(() => encodePkcs8(key)).toThrow("was wiped");
  });

  test("is refused by complete where its parts do not belong together", () => {
    const row = catalogue[name] as { expandedKeyLen: number; publicKeyLen: number };
    // ML-DSA: rho, tr, s1, s2, t0 (FIPS 204, Algorithm 24). ML-KEM: s, ek, H(ek). K and z are any bytes.
    const bits = name.startsWith("ML-KEM")
      ? [
          0,
          row.publicKeyLen - 33,
          row.publicKeyLen - 32,
          row.expandedKeyLen - 65,
          row.expandedKeyLen - 64,
          row.expandedKeyLen - 33,
        ]
      : [0, 64, 127, 128, 128 + 96 * 4, row.expandedKeyLen - 416, row.expandedKeyLen - 1];
    for (const at of bits) {
      const wrong = expandedFile(name, (bytes) => {
        bytes[at] = (bytes[at] ?? 0) ^ 1;
      });
      expect(() => decodePkcs8(wrong, { complete }), `byte ${at}`).toThrow(
        expect.objectContaining({ code: "key-invalid" }),
      );
    }
  });
});

test.each(["ML-KEM-512", "ML-KEM-1024"] as const)("%s: what shows without arithmetic is refused without it", (name) => {
  const { expandedKeyLen, publicKeyLen } = catalogue[name];
  const large = expandedFile(name, (bytes) =>
    bytes.fill(0xff, expandedKeyLen - 64 - publicKeyLen, -64 - publicKeyLen + 2),
  );
  expect(() => decodePkcs8(large)).toThrow("a coefficient of the public key is not below 3329");
  for (const at of [expandedKeyLen - 65, expandedKeyLen - 64, expandedKeyLen - 33]) {
    const other = expandedFile(name, (bytes) => bytes.set([(bytes[at] ?? 0) ^ 1], at));
    expect(() => decodePkcs8(other), `byte ${at}`).toThrow("does not hold the hash of its public half (FIPS 203, 7.3)");
  }
});

test.each(["ML-KEM-512", "ML-KEM-1024"] as const)("%s: a coefficient of s that is not below q is refused", (name) => {
  const file = expandedFile(name, (bytes) => bytes.fill(0xff, 0, 2));
  expect(() => decodePkcs8(file)).toThrow("a coefficient of the private key is not below 3329");
});

test("ML-DSA: what follows is what the standard says, and an s longer than eta is refused", () => {
  const [rho, key] = [new Uint8Array(32).fill(7), new Uint8Array(32).fill(9)];
  const s = Array.from({ length: 8 }, (_, n) => Array.from({ length: 256 }, (_, i) => ((i * (n + 3)) % 5) - 2));
  const good = mlDsa44Of(rho, key, s);
  expect(complete("ML-DSA-44", good.expandedKey).publicKey).toEqual(Uint8Array.from(good.publicKey));
  for (const [n, i] of [
    [0, 0],
    [3, 255],
    [7, 128],
  ] as const) {
    const long = s.map((poly, at) => poly.map((c, j) => (at === n && j === i ? -3 : c)));
    expect(() => complete("ML-DSA-44", mlDsa44Of(rho, key, long).expandedKey)).toThrow("is not that of any seed");
  }
});
