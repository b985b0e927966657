// What a generator does over its life: what calls cost, how the reseed counter runs, what a reseed and an end leave.
import { describe, expect, test } from "vitest";
import { hashes, hashNames } from "../../src/core/hash.ts";
import { DEFAULT_RESEED_INTERVAL, HmacDrbg, MAX_RESEED_INTERVAL } from "../../src/drbg/hmac-drbg.ts";
import { freshCore } from "../support/core.ts";
import { image, leftovers } from "../support/memory.ts";
import { ReferenceDrbg } from "../support/reference.ts";

const core = await freshCore();
const entropy = Uint8Array.from({ length: 48 }, (_, i) => 7 * i);
const fresh = Uint8Array.from({ length: 32 }, (_, i) => 200 - i);
const open = (more: Partial<Parameters<typeof HmacDrbg.instantiate>[1]> = {}) =>
  HmacDrbg.instantiate(core, { hash: "SHA-256", strengthBits: 256, entropy, ...more });

function cost(body: () => unknown): number {
  const before = core.exports.compressions();
  body();
  return core.exports.compressions() - before;
}

const refused = (code: string) => expect.objectContaining({ name: "KeygenError", code });

describe("compressions", () => {
  test.each(hashNames)("%s: two for each block of output, six for the update that ends a request", (hash) => {
    const { length } = hashes[hash];
    const drbg = open({ hash, strengthBits: 128 });
    for (const blocks of [0, 1, 2, 7, 1000]) {
      expect(cost(() => drbg.generate(blocks * length))).toBe(2 * blocks + 6);
      if (blocks > 0) expect(cost(() => drbg.generate(blocks * length - 1))).toBe(2 * blocks + 6);
    }
    drbg.uninstantiate();
  });

  test("32 bytes from SHA-256 without additional input cost eight", () => {
    const drbg = open();
    expect(cost(() => drbg.generate(32))).toBe(8);
    drbg.uninstantiate();
  });

  test("a refused call costs none", () => {
    const drbg = open({ reseedInterval: 1 });
    drbg.generate(1);
    expect(cost(() => expect(() => drbg.generate(32)).toThrow(refused("reseed-required")))).toBe(0);
    drbg.uninstantiate();
  });
});

describe("reseed counter", () => {
  test("starts at 1, grows by 1 with each request, whatever its length, and falls to 1 with a reseed", () => {
    const drbg = open();
    expect(drbg.reseedCounter).toBe(1);
    for (let served = 1; served <= 20; served++) {
      drbg.generate(served % 3 === 0 ? 0 : 100 * served);
      expect(drbg.reseedCounter).toBe(1 + served);
    }
    drbg.reseed(fresh);
    expect(drbg.reseedCounter).toBe(1);
    drbg.generate(1);
    expect(drbg.reseedCounter).toBe(2);
    drbg.uninstantiate();
  });

  test("counts past 32 bits", () => {
    const drbg = open({ reseedInterval: MAX_RESEED_INTERVAL });
    // No test lives to see 2^32 requests: the counter is the only 1 in the first 32 bytes of a new state, as 64 bits.
    const header = new DataView(core.memory.buffer, drbg.pointer, 32);
    expect(header.getBigUint64(16, true)).toBe(1n);
    header.setBigUint64(16, 2n ** 48n - 1n, true);
    drbg.generate(1);
    drbg.generate(1);
    expect(() => drbg.generate(1)).toThrow(refused("reseed-required"));
    expect(drbg.reseedCounter).toBe(2 ** 48 + 1);
    drbg.uninstantiate();
  });

  test("the interval is exact, survives a reseed, and a refused request changes nothing", () => {
    const drbg = open({ reseedInterval: 3 });
    const reference = new ReferenceDrbg("SHA-256", entropy);
    for (let round = 0; round < 3; round++) {
      for (let served = 0; served < 3; served++) {
        expect(drbg.needsReseed).toBe(false);
        expect(drbg.generate(40)).toEqual(reference.generate(40));
      }
      expect(drbg.needsReseed).toBe(true);
      const before = image(core);
      expect(() => drbg.generate(40)).toThrow(refused("reseed-required"));
      expect(leftovers(core, before)).toEqual([]);
      drbg.reseed(fresh);
      reference.reseed(fresh);
      expect(drbg.reseedInterval).toBe(3);
    }
    drbg.uninstantiate();
  });

  test("the default interval is ours, and an interval beyond Table 2 is cut to it in the core", () => {
    const drbg = open();
    expect(drbg.reseedInterval).toBe(DEFAULT_RESEED_INTERVAL);
    drbg.uninstantiate();
    const { exports } = core;
    const state = core.reserve(exports.drbgStateSize());
    const input = core.reserve(48);
    for (const asked of [0n, 2n ** 48n, 2n ** 48n + 1n, 2n ** 64n - 1n]) {
      expect(exports.drbgInstantiate(state, 2, 256, 0, asked, input, 48, 0, 0, 0, 0)).toBe(0);
      expect(exports.drbgReseedInterval(state)).toBe(2n ** 48n);
    }
    expect(exports.drbgUninstantiate(state)).toBe(0);
    core.release(input);
    core.release(state);
  });
});

describe("prediction resistance", () => {
  test("reseeds with the fresh entropy and the additional input, then serves without it (9.3.1, step 7)", () => {
    const drbg = open({ predictionResistance: true });
    const reference = new ReferenceDrbg("SHA-256", entropy);
    const additionalInput = Uint8Array.of(1, 2, 3);
    for (let round = 0; round < 3; round++) {
      const got = drbg.generate(40, { additionalInput, predictionResistance: { entropy: fresh } });
      expect(got).toEqual(reference.generateResistant(40, fresh, additionalInput));
      expect(drbg.reseedCounter).toBe(2);
    }
    drbg.uninstantiate();
  });

  test("the core serves it once after each reseed, and not after instantiate alone", () => {
    const drbg = open({ predictionResistance: true });
    const out = core.reserve(32);
    const ask = () => core.exports.drbgGenerate(drbg.pointer, out, 32, 256, 1, 0, 0);
    expect(ask()).toBe(4);
    drbg.reseed(fresh);
    expect(ask()).toBe(0);
    expect(ask()).toBe(4);
    drbg.reseed(fresh);
    drbg.generate(1);
    expect(ask()).toBe(4);
    core.release(out);
    drbg.uninstantiate();
  });

  test("helps a generator whose interval is over", () => {
    const drbg = open({ predictionResistance: true, reseedInterval: 1 });
    for (let round = 0; round < 3; round++) {
      expect(drbg.generate(8, { predictionResistance: { entropy: fresh } })).toHaveLength(8);
    }
    drbg.uninstantiate();
  });
});

describe("secrets", () => {
  /** Every run of 16 bytes in `state` that is not mere padding. */
  function runs(state: Uint8Array): string[] {
    const found: string[] = [];
    for (let at = 0; at + 16 <= state.length; at += 16) {
      const run = state.subarray(at, at + 16);
      if (new Set(run).size > 8) found.push(Buffer.from(run).toString("latin1"));
    }
    return found;
  }
  const stateOf = (drbg: HmacDrbg) =>
    new Uint8Array(core.memory.buffer, drbg.pointer, core.exports.drbgStateSize()).slice();
  const memory = () => Buffer.from(image(core)).toString("latin1");

  test.each(hashNames)("%s: reseed and generate wipe the previous state", (hash) => {
    const drbg = open({ hash, strengthBits: 128 });
    for (const next of [() => drbg.reseed(fresh), () => drbg.generate(100), () => drbg.reseed(fresh, entropy)]) {
      const before = runs(stateOf(drbg));
      expect(before.length).toBeGreaterThanOrEqual(4); // Key as two chaining values, and V
      const earlier = memory();
      next();
      const later = memory();
      for (const run of before) expect(earlier.includes(run)).toBe(true);
      for (const run of before) expect(later.includes(run)).toBe(false);
    }
    drbg.uninstantiate();
  });

  test("pending bytes are taken once, replaced by later ones, and wiped", () => {
    const drbg = open();
    const reference = new ReferenceDrbg("SHA-256", entropy);
    drbg.pend(entropy);
    drbg.pend(fresh);
    expect(memory()).toContain(Buffer.from(fresh).toString("latin1"));
    expect(memory()).not.toContain(Buffer.from(entropy.subarray(0, 32)).toString("latin1"));
    expect(drbg.generate(32)).toEqual(reference.generate(32, fresh));
    expect(memory()).not.toContain(Buffer.from(fresh).toString("latin1"));
    expect(drbg.generate(32)).toEqual(reference.generate(32));
    drbg.uninstantiate();
  });

  test("uninstantiate leaves zeros, and its place serves the next generator", () => {
    const drbg = open();
    drbg.generate(32);
    const { pointer } = drbg;
    drbg.uninstantiate();
    const place = new Uint8Array(core.memory.buffer, pointer, core.exports.drbgStateSize());
    expect(place.every((byte) => byte === 0)).toBe(true);
    const next = open();
    expect(next.pointer).toBe(pointer);
    next.uninstantiate();
  });
});
