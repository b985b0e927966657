// Wrong calls and states of the RSA operations: each is refused, and refused in its own way.
import { expect, test } from "vitest";
import { rsaBegin, rsaBeginGiven, rsaEnd, rsaProgress, rsaStep, rsaTake } from "../../src/core/rsa.ts";
import { Status } from "../../src/core/status.ts";
import { HmacDrbg } from "../../src/drbg/hmac-drbg.ts";
import { freshCore } from "../support/core.ts";
import { fromBigEndian, toBigEndian } from "../support/integers.ts";
import { Random } from "../support/random.ts";
import { ALL_AT_ONCE, generatorFrom, makeKey, numbersOf } from "../support/rsa.ts";

const random = new Random("rsa");
const core = await freshCore();
const { pointer } = generatorFrom(core, random.bytes(48));
const search = { candidates: pointer, bases: pointer, strengthBits: 112, modulusBits: 2048, millerRabinRounds: 5 };
const key = makeKey(core, search);

test.each([0, 1024, 2040, 2047, 2056, 8208, 16384])("a modulus of %d bits", (modulusBits) => {
  expect(() => rsaBegin(core, { ...search, modulusBits })).toThrow(RangeError);
});

test.each([
  { publicExponent: Uint8Array.of(), error: RangeError },
  { publicExponent: new Uint8Array(33).fill(1), error: RangeError },
  { publicExponent: Uint8Array.of(3), error: expect.objectContaining({ code: "key-invalid" }) },
  { publicExponent: Uint8Array.of(0xff, 0xff), error: expect.objectContaining({ code: "key-invalid" }) },
  { publicExponent: Uint8Array.of(1, 0, 0), error: expect.objectContaining({ code: "key-invalid" }) },
  { publicExponent: Uint8Array.of(0, 0, 0), error: expect.objectContaining({ code: "key-invalid" }) },
])("a public exponent $publicExponent", ({ publicExponent, error }) => {
  expect(() => rsaBegin(core, { ...search, publicExponent })).toThrow(error);
});

test("no Miller-Rabin rounds, or too many to be meant", () => {
  for (const millerRabinRounds of [0, 1 << 17]) {
    expect(() => rsaBegin(core, { ...search, millerRabinRounds })).toThrow(RangeError);
  }
  expect(() => rsaBegin(core, { ...search, millerRabinRounds: 0, lucas: true })).toThrow(RangeError); // Lucas alone is no test
});

test("a second search while one is under way, which goes on", () => {
  rsaBegin(core, search);
  expect(() => rsaBegin(core, search)).toThrow(RangeError);
  expect(rsaProgress(core).phase).toBe("p");
  expect(() => rsaTake(core, 2048)).toThrow(RangeError); // and that ends it
  expect(rsaProgress(core).phase).toBe("idle");
});

test("a step without a search, or after its end", () => {
  expect(() => rsaStep(core, 1)).toThrow(RangeError);
  rsaBegin(core, search);
  while (!rsaStep(core, ALL_AT_ONCE));
  expect(() => rsaStep(core, 1)).toThrow(RangeError);
  expect(rsaProgress(core).phase).toBe("ready"); // the key is still there
  rsaEnd(core);
});

test("a part in too few bytes, and a part that does not exist", () => {
  rsaBegin(core, search);
  while (!rsaStep(core, ALL_AT_ONCE));
  const { rsaTake: take } = core.exports;
  expect([take(0, 0, 255), take(2, 0, 255), take(3, 0, 127), take(8, 0, 255), take(12, 0, 256)]).toEqual(
    Array(5).fill(Status.BAD_ARGUMENT),
  );
  rsaEnd(core);
});

test("a generator that wants a reseed: the search waits for it and goes on", async () => {
  const fresh = await freshCore();
  const entropy = random.bytes(48);
  const generator = HmacDrbg.instantiate(fresh, { hash: "SHA-256", strengthBits: 128, entropy, reseedInterval: 20 });
  const candidates = generator.pointer;
  rsaBegin(fresh, { ...search, candidates, bases: candidates });
  let reseeds = 0;
  for (let done = false; !done; ) {
    try {
      done = rsaStep(fresh, ALL_AT_ONCE);
    } catch (error) {
      expect(error).toMatchObject({ code: "reseed-required" });
      generator.reseed(random.bytes(32));
      reseeds++;
    }
  }
  expect(reseeds).toBeGreaterThan(1);
  expect(numbersOf(rsaTake(fresh, 2048)).e).toBe(65537n);
});

test("given primes: the good pair passes, every other is no key", () => {
  const { bases, strengthBits, modulusBits, millerRabinRounds } = search;
  const given = { bases, strengthBits, modulusBits, millerRabinRounds };
  const { p, q } = key;
  const changed = (bytes: Uint8Array, at: number, to: number) => bytes.map((byte, i) => (i === at ? to : byte));
  const attempt = (pair: { p: Uint8Array; q: Uint8Array; publicExponent?: Uint8Array }) => {
    rsaBeginGiven(core, { ...given, ...pair });
    while (!rsaStep(core, 1_000_000));
    return rsaTake(core, 2048);
  };
  expect(attempt({ p, q })).toEqual(key);
  expect(attempt({ p: Uint8Array.of(0, 0, ...p), q })).toEqual(key);
  expect(attempt({ p: q, q: p }).n).toEqual(key.n);
  const invalid = expect.objectContaining({ code: "key-invalid" });
  const even = changed(p, 127, (p[127] ?? 0) & 0xfe);
  const near = fromBigEndian(p) + 2n; // it, or the next odd number, is a multiple of 3
  const composite = toBigEndian(near % 3n === 0n ? near : near + 2n, 128);
  const small = changed(p, 0, 0x80); // below sqrt(2) 2^1023
  const long = Uint8Array.of(1, ...p);
  const nothing = new Uint8Array(0);
  for (const bad of [even, composite, small, long, nothing, Uint8Array.of(3), q]) {
    expect(() => attempt({ p: bad, q })).toThrow(invalid);
    if (bad !== q) expect(() => attempt({ p: q, q: bad })).toThrow(invalid);
  }
  expect(() => attempt({ p, q, publicExponent: Uint8Array.of(1, 0, 2) })).toThrow(invalid);
});
