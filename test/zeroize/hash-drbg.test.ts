// Whole images of the core's memory: after each operation nothing differs but live state; after its end nothing at all.
import { beforeEach, describe, expect, test } from "vitest";
import { type Core, withScratch } from "../../src/core/core.ts";
import { createHash, hash, hashNames } from "../../src/core/hash.ts";
import { hmac } from "../../src/core/hmac.ts";
import { HmacDrbg } from "../../src/drbg/hmac-drbg.ts";
import { freshCore } from "../support/core.ts";
import { image, leftovers, type Region } from "../support/memory.ts";

const secret = (length: number) => Uint8Array.from({ length }, (_, i) => 1 + ((i * 73) % 255));

let core: Core;
let clean: Uint8Array;
beforeEach(async () => {
  core = await freshCore();
  clean = image(core);
});

/** What is left of the image of a fresh core, outside the regions. Self-tests leave nothing either. */
const left = (...except: readonly Region[]) => leftovers(core, clean, ...except);

test("a byte left behind is seen", () => {
  const last = core.memory.buffer.byteLength - 1;
  for (const at of [0, core.exports.arenaPtr(), last]) {
    const view = new DataView(core.memory.buffer);
    const old = view.getUint8(at);
    view.setUint8(at, old ^ 1);
    expect(left()).toEqual([at]);
    expect(left({ at, length: 1 })).toEqual([]);
    view.setUint8(at, old);
  }
});

test("what is lent is wiped when its user fails", () => {
  const failing = () =>
    withScratch(core, 100, (view) => {
      view.set(secret(100));
      throw new Error("on purpose");
    });
  expect(failing).toThrow("on purpose");
  expect(left()).toEqual([]);
});

describe.each(hashNames)("%s", (name) => {
  test("hashes and MACs leave nothing", () => {
    for (const length of [0, 1, 55, 71, 72, 111, 112, 136, 144, 200, 1000, 70_000]) {
      hash(core, name, secret(length));
      expect(left()).toEqual([]);
      hmac(core, name, secret(length), secret(length));
      expect(left()).toEqual([]);
    }
  });

  test("a stream leaves nothing outside its state, and nothing after its end", () => {
    for (const end of ["digest", "close"] as const) {
      const stream = createHash(core, name);
      const region = { at: core.exports.arenaPtr() + core.exports.arenaSize() - 512, length: 512 };
      for (const length of [10, 200, 1000]) {
        stream.update(secret(length));
        expect(left(region)).toEqual([]);
        expect(left()).not.toEqual([]); // its state is there, so the region does hide something
      }
      stream[end]();
      expect(left()).toEqual([]);
    }
  });

  test("a generator leaves nothing outside its state, and nothing after its end", () => {
    const drbg = HmacDrbg.instantiate(core, {
      hash: name,
      strengthBits: 128,
      entropy: secret(48),
      nonce: secret(20),
      personalization: secret(300),
      predictionResistance: true,
      reseedInterval: 30,
    });
    const state = { at: drbg.pointer, length: core.exports.drbgStateSize() };
    const additionalInput = secret(99);
    const fresh = { entropy: secret(64) };
    const steps: readonly (readonly [string, () => unknown])[] = [
      ["instantiate", () => undefined],
      ["generate", () => drbg.generate(32)],
      ["generate, cut in a block", () => drbg.generate(77)],
      ["generate nothing", () => drbg.generate(0)],
      ["generate the most", () => drbg.generate(65_536)],
      ["generate with additional input", () => drbg.generate(100, { additionalInput })],
      ["fill", () => drbg.fill(new Uint8Array(50), { additionalInput })],
      ["generate with prediction resistance", () => drbg.generate(9, { additionalInput, predictionResistance: fresh })],
      ["reseed", () => drbg.reseed(secret(32))],
      ["reseed with additional input", () => drbg.reseed(secret(32), additionalInput)],
      ["pend", () => drbg.pend(secret(64))],
      ["generate with pending bytes", () => drbg.generate(5)],
    ];
    for (const [what, step] of steps) {
      step();
      expect(left(state), what).toEqual([]);
    }
    expect(left()).not.toEqual([]);
    const refusals: readonly (() => unknown)[] = [
      () => drbg.generate(32, { strengthBits: 256, additionalInput }),
      () => drbg.generate(32, { additionalInput: secret(65_537) }),
      () => drbg.reseed(secret(15), additionalInput),
      () => drbg.pend(secret(65)),
      () => {
        for (let i = 0; i <= drbg.reseedInterval; i++) drbg.generate(10, { additionalInput });
      },
    ];
    for (const refusal of refusals) {
      expect(refusal).toThrow();
      expect(left(state)).toEqual([]);
    }
    drbg.uninstantiate();
    expect(left()).toEqual([]);
  });

  test("a generator that is refused leaves nothing", () => {
    const wrong = { hash: name, strengthBits: 128, entropy: secret(48), personalization: secret(65_537) };
    expect(() => HmacDrbg.instantiate(core, wrong)).toThrow(RangeError);
    new DataView(core.memory.buffer).setUint8(core.exports.knownAnswersPtr(), 0x55);
    clean = image(core);
    const closed = { hash: "SHA-224", strengthBits: 128, entropy: secret(48), nonce: secret(48) } as const;
    expect(() => HmacDrbg.instantiate(core, closed)).toThrow(/known-answer/);
    expect(() => hash(core, name, secret(10))).toThrow(/known-answer/);
    expect(() => hmac(core, name, secret(10), secret(10))).toThrow(/known-answer/);
    expect(() => createHash(core, name)).toThrow(/known-answer/);
    expect(left()).toEqual([]);
  });
});
