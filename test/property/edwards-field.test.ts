// The fields of the Edwards curves against BigInt, fused and by integers: digits at their bounds, and random ones.
import { describe, expect, test } from "vitest";
import { openArithmetic } from "../support/arithmetic.ts";
import { inverse } from "../support/integers.ts";
import { Random } from "../support/random.ts";

const core = openArithmetic("edwards");
const random = new Random("edwards-field");
const { call, at } = core;
const view = new DataView(core.memory.buffer);
const ROUNDS = 400;

const fields = [
  { name: "2^255 - 19", long: 0, p: 2n ** 255n - 19n, bits: 51, count: 5, bytes: 32, most: 51, sum: 53 },
  {
    name: "2^448 - 2^224 - 1",
    long: 1,
    p: 2n ** 448n - 2n ** 224n - 1n,
    bits: 45,
    count: 10,
    bytes: 56,
    most: 47,
    sum: 48,
  },
] as const;
type Field = (typeof fields)[number];

const mod = (value: bigint, p: bigint) => ((value % p) + p) % p;

/** Digits of both lanes, each below 2^most in magnitude; a third of them as large as they can be. */
function put(slot: number, { count, bits }: Field, most: number): [bigint, bigint] {
  const values: [bigint, bigint] = [0n, 0n];
  for (const lane of [0, 1]) {
    const shape = random.below(3);
    for (let i = 0; i < count; i++) {
      const all = (1n << BigInt(most)) - 1n;
      const size = shape === 0 ? all : shape === 1 ? random.number(most) : random.number(8);
      const digit = random.below(2) === 0 ? size : -size;
      view.setFloat64(at(slot) + 16 * i + 8 * lane, Number(digit), true);
      values[lane] = (values[lane] ?? 0n) + (digit << BigInt(bits * i));
    }
  }
  return values;
}

/** The digits of a lane: none above the bound, all of them whole. */
function digitsOf(slot: number, lane: number, { count, bits }: Field): bigint {
  const bound = (1n << BigInt(bits - 1)) + (1n << 13n);
  let value = 0n;
  for (let i = 0; i < count; i++) {
    const digit = BigInt(view.getFloat64(at(slot) + 16 * i + 8 * lane, true)); // throws unless whole
    if (digit > bound || digit < -bound) throw new RangeError(`digit ${i} is not reduced: ${digit}`);
    value += digit << BigInt(bits * i);
  }
  return value;
}

/** What a lane is encoded as: the number below p, least significant byte first. */
function encoded(slot: number, lane: number, { bytes }: Field): bigint {
  call("encode", at(9), at(slot), lane);
  let value = 0n;
  for (let i = bytes - 1; i >= 0; i--) value = (value << 8n) | BigInt(view.getUint8(at(9) + i));
  return value;
}

describe.each(fields)("modulo $name", (field) => {
  const { p, long, most } = field;

  test.each([1, 0])("products and squares are right and reduced (fused: %i)", (fused) => {
    call("setFused", fused);
    call("setField", long);
    for (let round = 0; round < ROUNDS; round++) {
      const a = put(0, field, most);
      const b = put(1, field, most);
      call("mul", at(2), at(0), at(1));
      call("sqr", at(3), at(0));
      for (const lane of [0, 1] as const) {
        expect(mod(digitsOf(2, lane, field), p)).toBe(mod(a[lane] * b[lane], p));
        expect(mod(digitsOf(3, lane, field), p)).toBe(mod(a[lane] ** 2n, p));
        expect(encoded(2, lane, field)).toBe(mod(a[lane] * b[lane], p));
      }
    }
  });

  test("a reduced factor may meet a sum of three, and a sum is reduced by carry", () => {
    call("setFused", 1);
    call("setField", long);
    for (let round = 0; round < ROUNDS; round++) {
      const a = put(0, field, field.bits - 1);
      const b = put(1, field, long === 1 ? field.sum : field.sum - 2); // 2^51 of 3 * 2^50, and 2^48
      call("mul", at(2), at(0), at(1));
      const c = put(3, field, long === 1 ? field.bits - 1 : 52);
      call("carry", at(3));
      for (const lane of [0, 1] as const) {
        expect(mod(digitsOf(2, lane, field), p)).toBe(mod(a[lane] * b[lane], p));
        expect(mod(digitsOf(3, lane, field), p)).toBe(mod(c[lane], p));
      }
    }
  });

  test("encoding reduces whatever is next to a multiple of p", () => {
    call("setField", long);
    for (let k = -3n; k <= 3n; k++) {
      for (let near = -3n; near <= 3n; near++) {
        let value = k * p + near;
        for (let i = 0; i < field.count; i++) {
          const last = i === field.count - 1;
          const digit = last ? value : BigInt.asIntN(field.bits, value);
          view.setFloat64(at(0) + 16 * i, Number(digit), true);
          value = (value - digit) >> BigInt(field.bits);
        }
        expect(encoded(0, 0, field), `${k} p + ${near}`).toBe(mod(near, p));
      }
    }
  });

  test("what is decoded is reduced, also next to p and to the longest string", () => {
    call("setField", long);
    const longest = 2n ** (long === 1 ? 448n : 255n);
    const numbers = [0n, 1n, 18n, 19n, p - 20n, p - 1n, p, longest - 1n, longest >> 1n, (longest >> 1n) - 1n];
    for (const value of [...numbers, ...Array.from({ length: ROUNDS }, () => random.number(long === 1 ? 448 : 255))]) {
      for (let i = 0; i < field.bytes; i++) view.setUint8(at(9) + i, Number((value >> BigInt(8 * i)) & 255n));
      for (const lane of [0, 1] as const) {
        call("decode", at(0), lane, at(9));
        expect(mod(digitsOf(0, lane, field), p)).toBe(mod(value, p));
      }
    }
  });

  test("inverses, and 0 for 0", () => {
    call("setFused", 1);
    call("setField", long);
    for (const value of [0n, 1n, 2n, p - 1n, ...Array.from({ length: 100 }, () => mod(random.number(450), p))]) {
      for (let i = 0; i < 64; i++) view.setUint8(at(9) + i, Number((value >> BigInt(8 * i)) & 255n));
      call("decode", at(0), 1, at(9));
      call("invert", at(1), at(0), 1);
      const wanted = value === 0n ? 0n : inverse(value, p);
      expect(encoded(1, 0, field)).toBe(wanted);
      expect(encoded(1, 1, field)).toBe(wanted);
    }
  });
});
