// Keys combined by SP 800-133 Rev. 2, 6.3, against what the clause says, and refused where it does not allow.
import { describe, expect, test } from "vitest";
import { hashes, hashNames } from "../../src/core/hash.ts";
import { concatenateKeys, extractKey, xorKeys } from "../../src/derive/combine.ts";
import { freshCore } from "../support/core.ts";
import { fromBigEndian, toBigEndian } from "../support/integers.ts";
import { image, leftovers } from "../support/memory.ts";
import { Random } from "../support/random.ts";
import { referenceHmac } from "../support/reference.ts";

const core = await freshCore();
const random = new Random("property/combine");
const none = new Uint8Array();
const many = (count: number, length: () => number) => Array.from({ length: count }, () => random.bytes(length()));

test("concatenation keeps the order and all bytes", () => {
  for (let i = 0; i < 20; i++) {
    const keys = many(2 + random.below(4), () => 1 + random.below(40));
    expect(concatenateKeys(keys)).toEqual(new Uint8Array(Buffer.concat(keys)));
  }
});

test("exclusive or is that of whole numbers, over keys and data", () => {
  for (let i = 0; i < 40; i++) {
    const length = 1 + random.below(70);
    const keys = many(1 + random.below(4), () => length);
    const data = many(keys.length === 1 ? 1 + random.below(3) : random.below(3), () => length);
    const wanted = [...keys, ...data].reduce((sum, item) => sum ^ fromBigEndian(item), 0n);
    expect(xorKeys(keys, data)).toEqual(new Uint8Array(toBigEndian(wanted, length)));
    expect(xorKeys([...keys].reverse(), data)).toEqual(xorKeys(keys, data));
  }
});

test.each(hashNames)("extraction is HMAC-%s, cut on the right, and leaves nothing", async (hash) => {
  const fresh = await freshCore();
  const before = image(fresh);
  for (let i = 0; i < 20; i++) {
    const keys = many(1 + random.below(4), () => 1 + random.below(90));
    const data = many(random.below(3), () => random.below(90));
    const salt = random.bytes(random.below(200));
    const length = 1 + random.below(hashes[hash].length);
    const wanted = referenceHmac(hash, salt, ...keys, ...data).subarray(0, length);
    expect(extractKey(fresh, { hash, keys, data, salt, length })).toEqual(wanted);
    expect(leftovers(fresh, before)).toEqual([]);
  }
  const key = random.bytes(32);
  expect(extractKey(fresh, { hash, keys: [key], length: 28 })).toEqual(referenceHmac(hash, none, key).subarray(0, 28));
});

describe("what the clause does not allow is a RangeError that names it", () => {
  const [a, b] = [random.bytes(32), random.bytes(32)];
  const extraction = { hash: "SHA-256", keys: [a, b], length: 32 } as const;
  test.each<readonly [string, RegExp, () => unknown]>([
    [
      "one key, concatenated",
      /^component keys must be .* from 2 to 1024, got 1 \(SP 800-133 Rev. 2, 6.3\)$/,
      () => concatenateKeys([a]),
    ],
    ["an empty key, concatenated", /^bytes of a component key must be .* got 0/, () => concatenateKeys([a, none])],
    ["one key alone, with exclusive or", /from 2 to 1024, got 1/, () => xorKeys([a])],
    ["data without a key", /from 1 to 1024, got 0/, () => xorKeys([], [a, b])],
    ["keys of two lengths", /as long as the first key, 32 bytes, got 31 .*option 2/, () => xorKeys([a, b.subarray(1)])],
    ["data of another length", /32 bytes, got 33 /, () => xorKeys([a], [new Uint8Array(33)])],
    ["empty keys, with exclusive or", /got 0/, () => xorKeys([none, none])],
    ["no key to extract from", /from 1 to 1024, got 0/, () => extractKey(core, { ...extraction, keys: [], data: [a] })],
    [
      "more than the hash gives",
      /^bytes of output must be .* from 1 to 32, got 33 .*option 3/,
      () => extractKey(core, { ...extraction, length: 33 }),
    ],
    ["no output", /got 0 /, () => extractKey(core, { ...extraction, length: 0 })],
    [
      "too much data",
      /^bytes of keys and data .* got 65600 \(keywright\)/,
      () => extractKey(core, { ...extraction, data: [new Uint8Array(65_536)] }),
    ],
  ])("%s", (_, words, call) => {
    expect(call).toThrow(RangeError);
    expect(call).toThrow(words);
  });
});
