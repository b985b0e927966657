// Ed25519, Ed448, X25519 and X448 against OpenSSL (Node's crypto) and BigInt: random keys, edges, and what is no key.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { type Core, openCore } from "../../src/core/core.ts";
import {
  isOfSmallOrder,
  isOkpPublicKey,
  type OkpName,
  okpAgree,
  okpNames,
  okpPairwise,
  okpPublicKey,
  okps,
} from "../../src/core/okp.ts";
import { generateOkp } from "../../src/generate/okp.ts";
import { freshCore } from "../support/core.ts";
import { referenceAgree, referenceIsPoint, referencePublicKey } from "../support/okp.ts";
import { Random } from "../support/random.ts";
import { generatorFrom } from "../support/rsa.ts";

const random = new Random("okp");
const core = await freshCore();
const rounds = { Ed25519: 2000, X25519: 2000, Ed448: 600, X448: 600 } as const;

/** The build without relaxed SIMD, whose products are of integers. */
function plainCore(): Core {
  const path = fileURLToPath(new URL("../../build/core.wasm", import.meta.url));
  const module = new WebAssembly.Module(readFileSync(path));
  return openCore({ module, build: "simd", digest: "", digestBy: "build" });
}

/** Random, or with long runs of ones or zeros, in which digits of the comb are 8 and carries go far. */
function privateKey(name: OkpName, round: number): Uint8Array {
  const { length } = okps[name];
  const key = random.bytes(length);
  if (round % 8 === 1) key.fill(0xff, random.below(length));
  if (round % 8 === 2) key.fill(0, random.below(length));
  if (round % 8 === 3) key.fill(random.pick([0, 0x77, 0x78, 0x80, 0x87, 0x88, 0xff]));
  return key;
}

describe.each(okpNames)("%s", (name) => {
  const { length } = okps[name];

  test("the public keys are those of OpenSSL", () => {
    for (let round = 0; round < rounds[name]; round++) {
      const key = privateKey(name, round);
      expect(okpPublicKey(core, name, key)).toEqual(referencePublicKey(name, key));
    }
    expect(core.exports.okpKernel()).toBe(1);
  });

  test("the build without fused multiplication comes to the same", () => {
    const plain = plainCore();
    for (let round = 0; round < 24; round++) {
      const key = privateKey(name, round);
      const publicKey = okpPublicKey(plain, name, key);
      expect(publicKey).toEqual(referencePublicKey(name, key));
      if (round < 2) okpPairwise(plain, name, { privateKey: Uint8Array.from(key), publicKey });
    }
    expect(plain.exports.okpKernel()).toBe(0);
  });

  test("new pairs differ, belong together, and are drawn from the generator as they are", () => {
    const generator = Object.assign(generatorFrom(core, random.bytes(48)), { freshen() {} });
    const seen = new Set<string>();
    for (let round = 0; round < 20; round++) {
      const { privateKey: key, publicKey } = generateOkp(core, generator, name);
      expect(publicKey).toEqual(referencePublicKey(name, key));
      seen.add(Buffer.from(key).toString("hex"));
    }
    expect(seen.size).toBe(20);

    const seed = random.bytes(48);
    const [ours, theirs] = [generatorFrom(core, seed), generatorFrom(core, seed)];
    const { privateKey: key } = generateOkp(core, Object.assign(ours, { freshen() {} }), name);
    const wanted = theirs.generate(length);
    const [first = 0, last = 0] = [wanted[0], wanted.at(-1)];
    if (name === "X25519") [wanted[0], wanted[31]] = [first & 248, (last & 127) | 64]; // RFC 7748, 5
    if (name === "X448") [wanted[0], wanted[55]] = [first & 252, last | 128];
    expect(key).toEqual(wanted);
  });

  test("a pair whose halves do not belong together fails the pairwise test", async () => {
    for (let round = 0; round < 4; round++) {
      const closing = await freshCore();
      const key = random.bytes(length);
      const publicKey = okpPublicKey(closing, name, round % 2 === 0 ? random.bytes(length) : key);
      const at = random.below(length - 1);
      if (round % 2 === 1) publicKey[at] = (publicKey[at] ?? 0) ^ (1 << random.below(8));
      const failure = expect.objectContaining({ code: "pairwise-failed" });
      expect(() => okpPairwise(closing, name, { privateKey: key, publicKey })).toThrow(failure);
      const closed = expect.objectContaining({ code: "self-test-failed" });
      expect(() => okpPublicKey(closing, name, key)).toThrow(closed);
    }
  });
});

describe.each(["X25519", "X448"] as const)("%s", (name) => {
  const { length } = okps[name];

  test("the shared secrets are those of OpenSSL, for points on the curve and on its twist", () => {
    for (let round = 0; round < 300; round++) {
      const [key, other] = [privateKey(name, round), random.bytes(length)];
      const wanted = referenceAgree(name, key, other);
      if (wanted !== undefined) expect(okpAgree(core, name, key, other)).toEqual(wanted);
      expect(isOfSmallOrder(core, name, other)).toBe(wanted === undefined);
    }
  });
});

/** y of the points of small order, and x where a sign may be set: of order 1, 2, 4, and with a cofactor of 8 of order 8. */
const order8 = [
  "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
  "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
] as const;

const littleEndian = (value: bigint, length: number) =>
  Uint8Array.from({ length }, (_, i) => Number((value >> BigInt(8 * i)) & 255n));

describe.each([
  ["Ed25519", 2n ** 255n - 19n, order8],
  ["Ed448", 2n ** 448n - 2n ** 224n - 1n, []],
] as const)("%s", (name, p, more) => {
  const { length } = okps[name];
  const signed = (bytes: Uint8Array) => bytes.map((byte, i) => (i === length - 1 ? byte | 0x80 : byte));

  test("random strings are public keys where BigInt finds a point", () => {
    let points = 0;
    for (let round = 0; round < 200; round++) {
      const encoded = random.bytes(length);
      if (length === 57) encoded[56] = encoded[56] === undefined ? 0 : encoded[56] & 0x80;
      const wanted = referenceIsPoint(name, encoded);
      expect(isOkpPublicKey(core, name, encoded)).toBe(wanted);
      if (wanted) expect(isOfSmallOrder(core, name, encoded)).toBe(false);
      if (wanted) points++;
    }
    expect(points).toBeGreaterThan(50);
  });

  test("points of small order are public keys, and told", () => {
    const zero = littleEndian(0n, length);
    const small = [littleEndian(1n, length), littleEndian(p - 1n, length), zero, signed(zero)];
    const eighths = more.map((text) => new Uint8Array(Buffer.from(text, "hex")));
    for (const encoded of [...small, ...eighths, ...eighths.map(signed)]) {
      expect(isOkpPublicKey(core, name, encoded)).toBe(true);
      expect(isOfSmallOrder(core, name, encoded)).toBe(true);
    }
  });

  test("a string that is no encoding of a point is no public key", () => {
    const one = littleEndian(1n, length);
    const wrong = [
      littleEndian(p, length), //            y not below p
      littleEndian(p + 1n, length),
      littleEndian(p + 3n, length),
      signed(one), //                        x = 0 has no sign
      signed(littleEndian(p - 1n, length)),
      one.subarray(1),
      Uint8Array.of(...one, 0),
      new Uint8Array(0),
    ];
    if (length === 57) wrong.push(one.map((byte, i) => (i === 56 ? 1 : byte))); // a bit between y and the sign
    for (const encoded of wrong) {
      expect(isOkpPublicKey(core, name, encoded)).toBe(false);
      expect(() => isOfSmallOrder(core, name, encoded)).toThrow(expect.objectContaining({ code: "key-invalid" }));
    }
  });
});
