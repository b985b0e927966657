// After any operation on these keys the whole memory of the core is what it was, but for the tables of public points.
import { expect, test } from "vitest";
import { type Core, withScratch } from "../../src/core/core.ts";
import {
  isOfSmallOrder,
  isOkpPublicKey,
  okpAgree,
  okpNames,
  okpPairwise,
  okpPublicKey,
  okps,
} from "../../src/core/okp.ts";
import { generateOkp } from "../../src/generate/okp.ts";
import { freshCore } from "../support/core.ts";
import { image, leftovers } from "../support/memory.ts";
import { Random } from "../support/random.ts";
import { generatorFrom } from "../support/rsa.ts";

const random = new Random("okp-zeroize");

/** Runs the self-tests, which make the tables and the constants. */
function warm(core: Core): void {
  for (const name of okpNames) okpPublicKey(core, name, new Uint8Array(okps[name].length));
}

test.each(okpNames)("%s: nothing is left of a key", async (name) => {
  const core = await freshCore();
  warm(core);
  const { length } = okps[name];
  const generator = Object.assign(generatorFrom(core, random.bytes(48)), { freshen() {} });
  const state = { at: generator.pointer, length: core.exports.drbgStateSize() };
  // The choice between the fields is left as the last key had it.
  okpPublicKey(core, name, random.bytes(length));
  const before = image(core);
  const left = () => leftovers(core, before, state);

  const pair = generateOkp(core, generator, name);
  expect(left()).toEqual([]);
  okpPublicKey(core, name, pair.privateKey);
  expect(left()).toEqual([]);
  okpPairwise(core, name, pair);
  expect(left()).toEqual([]);
  isOkpPublicKey(core, name, pair.publicKey);
  isOkpPublicKey(core, name, random.bytes(length));
  isOfSmallOrder(core, name, pair.publicKey);
  expect(left()).toEqual([]);
  if (name === "X25519" || name === "X448") {
    okpAgree(core, name, pair.privateKey, pair.publicKey);
    expect(() => okpAgree(core, name, pair.privateKey, new Uint8Array(length))).toThrow();
    expect(left()).toEqual([]);
  }
  const other = { ...pair, publicKey: okpPublicKey(core, name, random.bytes(length)) };
  expect(() => okpPairwise(core, name, other)).toThrow(expect.objectContaining({ code: "pairwise-failed" }));
  expect(left()).toEqual([]);
});

test.each(okpNames)("%s: nothing is left of many keys", async (name) => {
  const core = await freshCore();
  warm(core);
  const pairs = Array.from({ length: 16 }, () => {
    const privateKey = random.bytes(okps[name].length);
    return { privateKey, publicKey: okpPublicKey(core, name, privateKey) };
  });
  const before = image(core);
  okpPairwise(core, name, ...pairs); // the first, which the equation is tested before
  expect(leftovers(core, before)).toEqual([]);
  okpPairwise(core, name, ...pairs);
  okpPairwise(core, name, ...pairs.slice(7));
  expect(leftovers(core, before)).toEqual([]);
  const [first, ...others] = pairs;
  if (first === undefined) throw new Error("sixteen pairs were made");
  const wrong = [...others, { ...first, publicKey: okpPublicKey(core, name, random.bytes(okps[name].length)) }];
  expect(() => okpPairwise(core, name, ...wrong)).toThrow(expect.objectContaining({ code: "pairwise-failed" }));
  expect(leftovers(core, before)).toEqual([]);
});

test.each(okpNames)("%s: the self-tests leave the same whatever key came first", async (name) => {
  const images = await Promise.all(
    [0, 1].map(async () => {
      const core = await freshCore();
      warm(core);
      okpPublicKey(core, name, random.bytes(okps[name].length));
      okpPublicKey(core, "Ed25519", new Uint8Array(32));
      return { core, bytes: image(core) };
    }),
  );
  const [first, second] = images;
  if (first === undefined || second === undefined) throw new Error("two cores were opened");
  expect(leftovers(first.core, second.bytes)).toEqual([]);
});

test("a generator that does not serve leaves nothing", async () => {
  const core = await freshCore();
  warm(core);
  const generator = generatorFrom(core, random.bytes(48));
  const state = { at: generator.pointer, length: core.exports.drbgStateSize() };
  const before = image(core);
  withScratch(core, 64, (_, at) => {
    expect(core.exports.okpGenerate(1, generator.pointer, 512, at, at + 32)).not.toBe(0);
  });
  expect(leftovers(core, before, state)).toEqual([]);
});
