// Keys that are made together: each is what its part of the one string gives that the generator drew; none or all.
import { describe, expect, test } from "vitest";
import { type Algorithm, isKeyPair } from "../../src/algorithms/algorithm.ts";
import { catalogue } from "../../src/algorithms/registry.ts";
import type { Core } from "../../src/core/core.ts";
import { type EcCurve, ecFromBits } from "../../src/core/ec.ts";
import { mlDsaNames } from "../../src/core/ml-dsa.ts";
import { mlKemNames } from "../../src/core/ml-kem.ts";
import { type OkpName, okpPublicKey } from "../../src/core/okp.ts";
import { Status } from "../../src/core/status.ts";
import { xWingPublicKey } from "../../src/core/x-wing.ts";
import { HmacDrbg } from "../../src/drbg/hmac-drbg.ts";
import { expandLatticeSeed } from "../../src/generate/lattice.ts";
import type { Made } from "../../src/generate/made.ts";
import { type AtOnce, makeTogether } from "../../src/generate/together.ts";
import { freshCore } from "../support/core.ts";
import { nobleKeys } from "../support/lattice.ts";
import { Random } from "../support/random.ts";
import { ReferenceDrbg } from "../support/reference.ts";

const core = await freshCore();
const random = new Random("property/together");

const rows = Object.values(catalogue).filter(
  (row: Algorithm): row is AtOnce => row.kind !== "rsa" && row.kind !== "slh-dsa",
);

/** A generator whose outputs the reference draws as well; it counts how often it was asked to be fresh. */
function twins() {
  const entropy = random.bytes(48);
  const drbg = HmacDrbg.instantiate(core, { hash: "SHA-512", strengthBits: 256, entropy });
  const calls = { freshen: 0 };
  const generator = {
    pointer: drbg.pointer,
    epoch: 0,
    freshen: () => {
      calls.freshen++;
    },
    reseedIfDue: () => undefined,
    reseed: () => undefined,
    generate: (length: number) => drbg.generate(length),
  };
  return { drbg, generator, calls, reference: new ReferenceDrbg("SHA-512", entropy) };
}

/** Bytes of the generator that one key takes. */
function takes(row: AtOnce): number {
  if (!isKeyPair(row)) return row.keyLen;
  return row.kind === "ec" ? row.coordinateLen : row.privateKeyLen;
}

/** The key of `bits`, by other ways where there are any. */
function wanted(row: AtOnce, bits: Uint8Array<ArrayBuffer>): Made | { privateKey: Uint8Array; publicKey: Uint8Array } {
  if (!isKeyPair(row)) return { kind: "secret", raw: bits };
  if (row.kind === "ec") {
    const [pair] = ecFromBits(core, row.name as EcCurve, "FIPS 186-5, A.2.2", bits, 1) ?? [];
    if (pair === undefined) throw new Error("one string in 2^32 is refused");
    return { privateKey: pair.d, publicKey: pair.point };
  }
  if (row.kind === "x-wing") return { privateKey: bits, publicKey: xWingPublicKey(core, bits) };
  if (row.kind !== "okp") return { privateKey: bits, publicKey: nobleKeys(row.name as never, bits).publicKey };
  const [first = 0] = bits;
  const last = bits.length - 1;
  if (row.name === "X25519") {
    bits[0] = first & 0xf8;
    bits[last] = ((bits[last] ?? 0) & 0x7f) | 0x40;
  } else if (row.name === "X448") {
    bits[0] = first & 0xfc;
    bits[last] = (bits[last] ?? 0) | 0x80;
  }
  return { privateKey: bits, publicKey: okpPublicKey(core, row.name as OkpName, bits) };
}

function halves(made: Made) {
  if (made.kind === "secret") return made;
  const { privateParts, publicParts } = made;
  if (privateParts.kind === "ec" && publicParts.kind === "ec") {
    expect(privateParts.ec.point).toEqual(publicParts.ec.point);
    return { privateKey: privateParts.ec.d, publicKey: publicParts.ec.point };
  }
  if (privateParts.kind !== "octets" || publicParts.kind !== "octets")
    throw new Error("of no kind that is made at once");
  expect(privateParts.octets.publicKey).toEqual(publicParts.octets);
  return { privateKey: privateParts.octets.privateKey, publicKey: publicParts.octets };
}

test.each(rows.map((row) => [row.name, row] as const))("%s", (_, row) => {
  const { drbg, generator, calls, reference } = twins();
  const length = takes(row);
  for (const [i, count] of [1, 3, 16].entries()) {
    const made = makeTogether({ core, generator }, row, count);
    const all = Uint8Array.from(reference.generate(length * count));
    const parts = Array.from({ length: count }, (_, at) => all.slice(at * length, (at + 1) * length));
    expect(made.map(halves)).toEqual(parts.map((part) => wanted(row, part)));
    expect(calls.freshen).toBe(i + 1);
  }
  drbg.uninstantiate();
});

test.each([...mlKemNames, ...mlDsaNames])("%s: the expanded form of a seed is that of noble", (name) => {
  const seed = random.bytes(name.startsWith("ML-KEM") ? 64 : 32);
  expect(expandLatticeSeed(core, name, seed)).toEqual(nobleKeys(name, seed).secretKey);
});

describe("when one fails its pairwise test, the private halves of all are wiped before the error leaves", () => {
  test.each([
    ["P-256", "ecPairwise"],
    ["Ed25519", "okpPairwise"],
    ["ML-KEM-768", "mlKemPairwise"],
    ["ML-DSA-65", "mlDsaPairwise"],
  ] as const)("%s", (name, pairwise) => {
    const { drbg, generator } = twins();
    const { exports } = core;
    let left = name === "P-256" || name === "ML-DSA-65" ? 2 : 0; // those of the others are tested by one call
    const test = exports[pairwise] as (...args: number[]) => number;
    const failing = (...args: number[]) => (left-- > 0 ? test(...args) : Status.PAIRWISE_FAILED);
    const broken: Core = { ...core, exports: { ...exports, [pairwise]: failing } };
    const row = catalogue[name];
    const secrets = new Set<ArrayBufferLike>();
    const fill = Uint8Array.prototype.fill;
    Uint8Array.prototype.fill = function (this: Uint8Array, ...args: Parameters<typeof fill>) {
      if (this.buffer !== core.memory.buffer) secrets.add(this.buffer);
      return fill.apply(this, args);
    };
    try {
      expect(() => makeTogether({ core: broken, generator }, row, 4)).toThrow(
        expect.objectContaining({ name: "KeygenError", code: "pairwise-failed" }),
      );
    } finally {
      Uint8Array.prototype.fill = fill;
    }
    const lengths = [...secrets].map(({ byteLength }) => byteLength);
    expect(lengths.filter((length) => length === 4 * takes(row)).length).toBeGreaterThan(0);
    for (const buffer of secrets) expect(new Uint8Array(buffer).every((byte) => byte === 0)).toBe(true);
    drbg.uninstantiate();
  });
});
