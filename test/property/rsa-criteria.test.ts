// The criteria of FIPS 186-5, A.1.1, at their very edges, where no search ever comes.
import { generatePrimeSync } from "node:crypto";
import { describe, expect, test } from "vitest";
import { openArithmetic } from "../support/arithmetic.ts";
import { gcd, lcm } from "../support/integers.ts";
import { Random } from "../support/random.ts";
import { derive } from "../support/rsa-reference.ts";

const core = openArithmetic();
const random = new Random("rsa-criteria");
const { call, put } = core;

/** The largest integer whose square is not above v. */
function squareRoot(v: bigint): bigint {
  let x = 1n << BigInt(v.toString(2).length >> 1);
  for (;;) {
    const next = (x + v / x) >> 1n;
    if (next === x || next === x + 1n) return x * x > v ? x - 1n : x;
    x = next;
  }
}

describe.each([1024, 1032, 1536, 2048, 4096])("primes of %d bits", (half) => {
  const n = Math.ceil(half / 32);
  const top = (1n << BigInt(half)) - 1n;

  test("sqrt(2) 2^(half - 1) is the least that is in range, 2^half - 1 the greatest", () => {
    const root = squareRoot(1n << BigInt(2 * half - 1));
    const inRange = (p: bigint) => call("isInRange", put(0, p, n + 1), half) === 1;
    // isInRange reads the limbs of half bits only; a number beyond them is a number of more limbs.
    expect([root, root + 1n, top].map(inRange)).toEqual([false, true, true]);
    expect([0n, 1n, root >> 1n, root - 12345n, root + 98765n].map(inRange)).toEqual([false, false, false, false, true]);
    if (half % 32 !== 0) expect(inRange(top + 1n)).toBe(false);
  });

  test("a distance of 2^(half - 100) is too small, one more is enough", () => {
    const least = 1n << BigInt(half - 100);
    const p = top - random.number(half - 8);
    for (const [distance, far] of [
      [0n, 0],
      [1n, 0],
      [least - 1n, 0],
      [least, 0],
      [least + 1n, 1],
      [2n * least, 1],
      [p >> 1n, 1],
    ] as const) {
      const q = p - distance;
      expect(call("isFarApart", put(0, p, n), put(1, q, n), half)).toBe(far);
      expect(call("isFarApart", put(0, q, n), put(1, p, n), half)).toBe(far);
    }
  });

  test("p - 1 shares a factor with e or not", () => {
    for (const e of [65537n, 3n ** 11n, 5n * 7n * 65537n, (1n << 255n) + 95n]) {
      const limbs = Math.ceil(e.toString(16).length / 8);
      for (let round = 0; round < 6; round++) {
        const p = (round === 0 ? (top / e) * e + 1n : random.ofLength(half) | 1n) & top;
        const coprime = call("isCoprimeToE", put(0, p, n), half, put(1, e, limbs), limbs);
        expect(coprime).toBe(gcd(p - 1n, e) === 1n ? 1 : 0);
      }
    }
  });
});

describe("a whole key of 2048 bits", () => {
  const half = 1024;
  const safe = { bits: half, bigint: true as const, add: 2n, rem: 1n };
  const prime = () => {
    for (;;) {
      const p = generatePrimeSync(half, safe);
      if (p * p > 1n << 2047n && p % 65537n !== 1n) return p;
    }
  };
  const [p, q] = [prime(), prime()];
  const good = derive(65537n, p, q);
  const names = ["n", "e", "d", "p", "q", "dp", "dq", "qi"] as const;

  function check(key: Readonly<Record<(typeof names)[number], bigint>>): boolean {
    call("setShape", 2048, Math.ceil(key.e.toString(16).length / 8));
    for (const [part, name] of names.entries()) {
      const limbs = name === "n" || name === "d" ? 64 : name === "e" ? 8 : 32;
      const at = call("partAt", part);
      // Copies through an operand, since parts have addresses of their own.
      put(0, key[name], limbs);
      call("toBytes", core.at(1), 4 * limbs, core.at(0), limbs);
      call("fromBytes", at, limbs, core.at(1), 4 * limbs);
    }
    return call("unmetCriteria") === 0;
  }

  test("meets the criteria, and stops to with any part changed", () => {
    if (good === undefined) throw new Error("these primes make no key");
    expect(check(good)).toBe(true);
    for (const name of names) {
      for (const change of [1n, 2n, 1n << 300n]) {
        if (name === "e" && change > 1n << 200n) continue;
        expect(check({ ...good, [name]: good[name] ^ change }), `${name} ^ ${change}`).toBe(false);
      }
    }
  });

  test("d must be the one below the least common multiple and above 2^(nlen / 2)", () => {
    if (good === undefined) throw new Error("these primes make no key");
    const lambda = lcm(p - 1n, q - 1n);
    expect(check({ ...good, d: good.d + lambda })).toBe(false); // still e d = 1 modulo lambda, but not below it
    const place = (d: bigint) => {
      put(0, d, 64);
      call("toBytes", core.at(1), 256, core.at(0), 64);
      call("fromBytes", call("partAt", 2), 64, core.at(1), 256);
      return call("isLargeD");
    };
    const least = 1n << 1024n;
    expect([0n, least - 1n, least, least + 1n, good.d].map(place)).toEqual([0, 0, 0, 1, 1]);
  });

  test("e must be odd and above 2^16", () => {
    const valid = (e: bigint) => {
      const limbs = Math.ceil(e.toString(16).length / 8);
      call("setShape", 2048, limbs);
      put(0, e, 8);
      call("toBytes", core.at(1), 32, core.at(0), 8);
      call("fromBytes", call("partAt", 1), 8, core.at(1), 32);
      return call("isValidE");
    };
    const values = [1n, 3n, 65535n, 65536n, 65537n, 65538n, 1n << 32n, (1n << 32n) + 1n, (1n << 256n) - 1n];
    expect(values.map(valid)).toEqual([0, 0, 0, 0, 1, 0, 0, 1, 1]);
  });

  test("n of one bit less is no modulus of that length", () => {
    // Both primes in 1024 bits, their product in 2047: below the range that A.1.1 gives them, for this reason.
    const small = derive(65537n, generatePrimeSync(1023, { bigint: true }), generatePrimeSync(1023, { bigint: true }));
    if (small === undefined) throw new Error("these primes make no key");
    expect(check(small)).toBe(false);
  });
});

test("nothing is left behind but the parts that were put there", () => {
  call("wipeParts");
  call("wipeDerived");
  expect(core.residue()).toBe(0);
});
