// What keys with auxiliary primes, or from a seed, are refused for.
import { expect, test, vi } from "vitest";
import { openTestBench } from "#keywright/testing";
import { rsaEnd } from "../../src/core/rsa.ts";
import { rsaConstruct } from "../../src/core/rsa-construct.ts";
import type { RsaInputs } from "../../src/testing/rsa-inputs.ts";
import { freshCore } from "../support/core.ts";
import { toBigEndian } from "../support/integers.ts";
import { image, leftovers } from "../support/memory.ts";
import { Random } from "../support/random.ts";
import { generatorFrom } from "../support/rsa.ts";

const random = new Random("rsa-construct-refusals");
const bench = await openTestBench();

const e = Uint8Array.of(1, 0, 1);
const seed = random.bytes(28);
const bitlens = [200, 200, 200, 200] as const;
const odd = () => toBigEndian(random.ofLength(200) | 1n, 25);
const x = () => Uint8Array.of(0xf0, ...random.bytes(127));
const provable: RsaInputs = { method: "A.1.2", modulusBits: 2048, e, hash: "SHA-256", seed };
const both: RsaInputs = { ...provable, method: "A.1.4", bitlens };
const half: RsaInputs = { ...both, method: "A.1.5", xP: x(), xQ: x() };
const { hash: _, seed: __, ...noSeed } = half;
const probable: RsaInputs = { ...noSeed, method: "A.1.6", xP1: odd(), xP2: odd(), xQ1: odd(), xQ2: odd() };

const without = (inputs: RsaInputs, name: keyof RsaInputs): RsaInputs => {
  const { [name]: _dropped, ...rest } = inputs;
  return rest as RsaInputs;
};

test.each<[string, RsaInputs]>([
  ["a seed below twice the strength", { ...provable, seed: random.bytes(27) }],
  ["a seed below twice the strength of 3072 bits", { ...provable, modulusBits: 3072, seed: random.bytes(31) }],
  ["a seed above twice 256 bits", { ...provable, seed: random.bytes(65) }],
  ["no seed", without(provable, "seed")],
  ["no hash", without(provable, "hash")],
  ["an unknown hash", { ...provable, hash: "SHA-1" as "SHA-256" }],
  ["auxiliary primes for A.1.2", { ...provable, bitlens }],
  ["X for A.1.2", { ...provable, xP: x(), xQ: x() }],
  ["a residue for a provable prime", { ...provable, pMod8: 3 }],
  ["no lengths of auxiliary primes", without(both, "bitlens")],
  ["an auxiliary prime of 140 bits", { ...both, bitlens: [200, 140, 200, 200] }],
  [
    "auxiliary primes of 170 bits for 3072",
    { ...both, modulusBits: 3072, seed: random.bytes(32), bitlens: [170, 200, 200, 200] },
  ],
  ["auxiliary primes of 494 bits together, p provable", { ...both, bitlens: [247, 247, 200, 200] }],
  ["auxiliary primes of 1007 bits together, p probable", { ...half, bitlens: [200, 200, 503, 504] }],
  ["one X of two", without(half, "xQ")],
  ["X of too many bytes", { ...half, xP: Uint8Array.of(1, ...x()) }],
  ["an even residue", { ...half, pMod8: 2 }],
  ["a residue above 7", { ...half, qMod8: 9 }],
  ["a seed for A.1.6", { ...probable, seed }],
  ["a hash for A.1.6", { ...probable, hash: "SHA-256" }],
  [
    "an even start of an auxiliary prime",
    { ...probable, xQ2: odd().map((byte, i) => (i === 24 ? byte & 0xfe : byte)) },
  ],
  ["a start that is too short", { ...probable, xP1: toBigEndian(random.ofLength(199) | 1n, 25) }],
  ["a start that is too long", { ...probable, xP1: toBigEndian(random.ofLength(201) | 1n, 26) }],
  ["no start of an auxiliary prime", without(probable, "xP2")],
  ["a modulus of 1024 bits", { ...provable, modulusBits: 1024 }],
])("%s: RangeError, and nothing is left of it", async (_name, inputs) => {
  const before = image(bench.core);
  await expect(bench.rsaFromInputs(inputs)).rejects.toThrow(RangeError);
  expect(leftovers(bench.core, before)).toEqual([]);
});

test("numbers that fit are wiped where a later one does not", async () => {
  const core = await freshCore();
  const { pointer } = generatorFrom(core, random.bytes(48));
  const auxiliaryStarts = [odd(), odd(), odd(), Uint8Array.of(1, ...odd())] as const;
  const copying = vi.spyOn(Object.getPrototypeOf(Uint8Array.prototype) as Uint8Array, "set");
  try {
    const from = { method: "A.1.6", candidates: { auxiliaryStarts, starts: [x(), x()] }, bases: pointer } as const;
    const asked = { ...from, strengthBits: 112, modulusBits: 2048, publicExponent: e, auxiliaryBits: bitlens };
    expect(() => rsaConstruct(core, { ...asked, millerRabinRounds: 5, auxiliaryRounds: 38 })).toThrow("Xq2 must fit");
    const contexts = copying.mock.contexts as Uint8Array[]; // what `set` was called on
    const copies = contexts.filter((each) => each.length === 25);
    expect(copies).toHaveLength(3);
    for (const copy of copies) expect([...copy]).toEqual(Array.from({ length: 25 }, () => 0));
  } finally {
    copying.mockRestore();
  }
});

test.each<[string, RsaInputs, string]>([
  ["an even e", { ...provable, e: Uint8Array.of(1, 0, 0) }, "key-invalid"],
  ["e = 3", { ...provable, e: Uint8Array.of(3) }, "key-invalid"],
  ["X below sqrt(2) 2^1023", { ...half, xP: Uint8Array.of(0xb5, 0x04, ...new Uint8Array(126)) }, "key-invalid"],
  ["Xp and Xq that are too close", { ...probable, xQ: probable.xP ?? x() }, "key-invalid"],
  [
    "a start of whole limbs so high that no prime of its length is above it",
    { ...probable, bitlens: [160, 200, 200, 200], xP1: new Uint8Array(20).fill(0xff) },
    "key-invalid",
  ],
  ["such a start of 200 bits", { ...probable, xQ2: new Uint8Array(25).fill(0xff) }, "key-invalid"],
  ["X so high that no prime is above it", { ...probable, xQ: new Uint8Array(128).fill(0xff) }, "key-invalid"],
])("%s: %s", async (_name, inputs, code) => {
  await expect(bench.rsaFromInputs(inputs)).rejects.toMatchObject({ code });
});

test.each([
  [2048, 27, 28],
  [3072, 31, 32],
  [7680, 47, 48],
])("RSA-%i: a drawn seed of %i bytes is refused, one of %i is not", async (modulusBits, short, enough) => {
  const core = await freshCore();
  const { pointer } = generatorFrom(core, random.bytes(48));
  const from = { method: "A.1.2", candidates: pointer, bases: pointer, strengthBits: 192, publicExponent: e } as const;
  const asked = { ...from, modulusBits, millerRabinRounds: 4, auxiliaryRounds: 4, hash: "SHA-512" } as const;
  expect(() => rsaConstruct(core, { ...asked, seedLen: short })).toThrow(RangeError);
  rsaConstruct(core, { ...asked, seedLen: enough });
  rsaEnd(core);
});
