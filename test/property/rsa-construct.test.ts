// Keys by FIPS 186-5, A.1.2, A.1.4, A.1.5 and A.1.6: the core finds what the standard's own steps find, from inputs that
// are given and from inputs that are drawn, whatever the hash; OpenSSL agrees that all of it is prime.
import { checkPrimeSync } from "node:crypto";
import { describe, expect, test } from "vitest";
import { openTestBench } from "#keywright/testing";
import { hashNames } from "../../src/core/hash.ts";
import { rsaStep, rsaTake } from "../../src/core/rsa.ts";
import { type ConstructionMethod, type Four, rsaConstruct } from "../../src/core/rsa-construct.ts";
import type { RsaInputs } from "../../src/testing/rsa-inputs.ts";
import { freshCore } from "../support/core.ts";
import { bitLength, fromBigEndian, toBigEndian } from "../support/integers.ts";
import { Random } from "../support/random.ts";
import { ReferenceDrbg } from "../support/reference.ts";
import { generatorFrom, numbersOf } from "../support/rsa.ts";
import { constructPrimes, ReferenceSeed, shaweTaylor } from "../support/rsa-construct-reference.ts";

const random = new Random("rsa-construct");
const bench = await openTestBench();

/** Both lengths within Table A.1 for 2048 bits. */
function lengths(method: ConstructionMethod): Four<number> {
  const one = () => 141 + random.below(method === "A.1.4" ? 105 : 360);
  return [one(), one(), one(), one()];
}

const inRange = (x: Uint8Array) => fromBigEndian(x) ** 2n >= 1n << 2047n;

function start(draw: () => Uint8Array): Uint8Array {
  for (;;) {
    const x = draw();
    x[0] = (x[0] ?? 0) | 0x80;
    if (inRange(x)) return x;
  }
}

/** Random bytes as an odd number of exactly `bits` bits. */
function oddOf(bytes: Uint8Array, bits: number): Uint8Array {
  const top = 1n << BigInt(bits - 1);
  return toBigEndian((fromBigEndian(bytes) % top) | top | 1n, bytes.length);
}

/** Inputs for 2048 bits, each drawn as the core draws it. */
function inputs(method: ConstructionMethod, draw: (length: number) => Uint8Array): RsaInputs {
  const bitlens = lengths(method);
  const e = toBigEndian(random.ofLength(17 + random.below(240)) | 1n, 32);
  const common = { method, modulusBits: 2048, e };
  const x = () => start(() => draw(128));
  const odd = (bits: number) => oddOf(draw(Math.ceil(bits / 8)), bits);
  if (method === "A.1.6") {
    const [xP1, xP2, xP] = [odd(bitlens[0]), odd(bitlens[1]), x()];
    return { ...common, bitlens, xP1, xP2, xP, xQ1: odd(bitlens[2]), xQ2: odd(bitlens[3]), xQ: x() };
  }
  const hash = random.pick(hashNames as [(typeof hashNames)[0] & string]);
  const seeded = { ...common, hash, seed: draw(28 + random.below(37)) };
  if (method === "A.1.2") return seeded;
  return method === "A.1.4" ? { ...seeded, bitlens } : { ...seeded, bitlens, xP: x(), xQ: x() };
}

const methods = ["A.1.2", "A.1.4", "A.1.5", "A.1.6"] as const;

describe.each(methods)("%s", (method) => {
  test("from given inputs", async () => {
    for (let i = 0; i < 2; i++) {
      const given = inputs(method, (length) => random.bytes(length));
      const { p, q, auxiliaries } = constructPrimes(given);
      const key = await bench.rsaFromInputs(given);
      expect([fromBigEndian(key.p), fromBigEndian(key.q)]).toEqual([p, q]);
      expect([key.p1, key.p2, key.q1, key.q2].map(fromBigEndian)).toEqual(auxiliaries);
      for (const [prime, a, b] of [
        [p, auxiliaries[0], auxiliaries[1]],
        [q, auxiliaries[2], auxiliaries[3]],
      ] as const) {
        expect([checkPrimeSync(prime), (prime - 1n) % a, (prime + 1n) % b]).toEqual([true, 0n, 0n]);
      }
    }
  });

  test("from a generator: what it gives is used as given inputs are, in the standard's order", async () => {
    const core = await freshCore();
    const seed = random.bytes(48);
    const reference = new ReferenceDrbg("SHA-256", seed, new Uint8Array(), new TextEncoder().encode("test"));
    const given = inputs(method, (length) => reference.generate(length));
    const { hash, bitlens } = given;
    rsaConstruct(core, {
      method,
      candidates: generatorFrom(core, seed).pointer,
      bases: generatorFrom(core, random.bytes(48)).pointer,
      strengthBits: 112,
      modulusBits: 2048,
      publicExponent: given.e,
      millerRabinRounds: 5,
      auxiliaryRounds: 38,
      ...(hash === undefined ? {} : { hash, seedLen: given.seed?.length ?? 0 }),
      ...(bitlens === undefined ? {} : { auxiliaryBits: bitlens }),
    });
    while (!rsaStep(core, 1_000_000));
    const { p, q } = numbersOf(rsaTake(core, 2048));
    expect(constructPrimes(given)).toMatchObject({ p, q });
  });
});

test.each([1, 3, 5, 7])("p is %d modulo 8 where that is asked", async (residue) => {
  const given = { ...inputs("A.1.6", (length) => random.bytes(length)), pMod8: residue, qMod8: 8 - residue };
  const { p, q } = constructPrimes(given);
  const key = await bench.rsaFromInputs(given);
  expect([fromBigEndian(key.p), fromBigEndian(key.q)]).toEqual([p, q]);
  expect([p % 8n, q % 8n]).toEqual([BigInt(residue), 8n - BigInt(residue)]);
});

test("the reference's provable primes have their length and are prime", () => {
  for (const length of [2, 3, 8, 17, 32, 33, 34, 64, 65, 130]) {
    const prime = shaweTaylor(length, new ReferenceSeed("SHA-256", random.bytes(32)));
    expect([bitLength(prime), checkPrimeSync(prime)]).toEqual([length, true]);
  }
});
