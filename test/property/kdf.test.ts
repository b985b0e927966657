// Key derivation against plain references over Node's crypto: random parameters, every hash, mode and place of the counter.
import { describe, expect, test } from "vitest";
import { hashes, hashNames } from "../../src/core/hash.ts";
import type { KdfMode } from "../../src/core/kdf.ts";
import { hkdf, hkdfExpansions } from "../../src/derive/hkdf.ts";
import { type CounterPlace, fixedInput, type KbkdfExpansion, kbkdf, twoStepKdf } from "../../src/derive/kbkdf.ts";
import { oneStepKdf } from "../../src/derive/one-step.ts";
import { pbkdf2 } from "../../src/derive/pbkdf2.ts";
import { freshCore } from "../support/core.ts";
import {
  referenceHkdf,
  referenceKbkdf,
  referenceOneStep,
  referencePbkdf2,
  referenceTwoStep,
} from "../support/kdf-reference.ts";
import { Random } from "../support/random.ts";
import { expectSame } from "../support/same.ts";

const core = await freshCore();
const random = new Random("property/kdf");

/** Lengths around the ends of blocks now and then. */
const some = (most: number, least = 0) => random.bytes(least + random.below(most - least + 1));

function anyExpansion(hashLength: number): KbkdfExpansion {
  const mode = random.pick<KdfMode>(["counter", "feedback", "double-pipeline"]);
  const fixed = some(80);
  const places: [CounterPlace, ...CounterPlace[]] = [
    "before-fixed-data",
    "after-fixed-data",
    { afterBits: random.below(8 * fixed.length + 1) },
    { afterBits: random.below(8 * fixed.length + 1) },
  ];
  if (mode !== "counter") places.push("before-iterator", "none");
  const counterPlace = random.pick(places);
  return {
    mode,
    fixedInput: fixed,
    counterPlace,
    counterBits: counterPlace === "none" ? 0 : random.pick([8, 16, 24, 32]),
    lengthBits: 1 + random.below(8 * 5 * hashLength),
    ...(mode === "feedback" ? { iv: some(70) } : {}),
  };
}

describe.each(hashNames)("%s", (hash) => {
  const { length: h } = hashes[hash];

  test("KBKDF and two-step: 150 random sets of parameters", () => {
    for (let i = 0; i < 150; i++) {
      const expansion = anyExpansion(h);
      const told = JSON.stringify({ ...expansion, fixedInput: expansion.fixedInput.length, iv: expansion.iv?.length });
      const keyIn = some(200, 1);
      expectSame(kbkdf(core, { hash, keyIn, ...expansion }), referenceKbkdf({ hash, keyIn, ...expansion }), told);
      const salt = some(200);
      const input = { hash, z: keyIn, salt, ...expansion };
      expectSame(twoStepKdf(core, input), referenceTwoStep(input), told);
    }
  });

  test("every bit of the fixed data can be the place of the counter", () => {
    const [keyIn, fixed] = [random.bytes(32), random.bytes(5)];
    for (let afterBits = 0; afterBits <= 40; afterBits++) {
      for (const counterBits of [8, 16, 24, 32]) {
        const place = { mode: "counter", counterBits, counterPlace: { afterBits }, lengthBits: 8 * h + 3 } as const;
        const input = { hash, keyIn, fixedInput: fixed, ...place };
        expectSame(kbkdf(core, input), referenceKbkdf(input), `${counterBits} bits after ${afterBits}`);
      }
    }
  });

  test("one step, with the hash and with HMAC", () => {
    for (let i = 0; i < 60; i++) {
      const common = { hash, z: some(200, 1), fixedInfo: some(150), length: 1 + random.below(6 * h) };
      const plain = { ...common, auxiliary: "hash" } as const;
      expectSame(oneStepKdf(core, plain), referenceOneStep(plain), `case ${i}`);
      const salted = { ...common, auxiliary: "HMAC", salt: some(200) } as const;
      expectSame(oneStepKdf(core, salted), referenceOneStep(salted), `case ${i}, HMAC`);
    }
    const unsalted = { hash, auxiliary: "HMAC", z: random.bytes(20), length: 50 } as const;
    const zeros = { ...unsalted, salt: new Uint8Array(hashes[hash].blockLength) };
    expect(oneStepKdf(core, unsalted)).toEqual(oneStepKdf(core, zeros)); // the default salt of SP 800-56C Rev. 2, 4.1
  });

  test("HKDF, once and with several expansions", () => {
    for (let i = 0; i < 60; i++) {
      const [ikm, salt] = [some(300, 1), some(200)];
      const expansions = Array.from({ length: 1 + random.below(4) }, () => ({
        info: some(150),
        length: 1 + random.below(6 * h),
      }));
      const outputs = hkdfExpansions(core, { hash, ikm, salt }, expansions);
      expect(outputs).toHaveLength(expansions.length);
      for (const [at, { info, length }] of expansions.entries()) {
        expectSame(outputs[at] ?? new Uint8Array(), referenceHkdf(hash, ikm, salt, info, length), `case ${i}, ${at}`);
      }
    }
    const ikm = random.bytes(65_536);
    const [long, most] = [random.bytes(65_536), 255 * h];
    const input = { hash, ikm, salt: long, info: long.subarray(0, 2000), length: most };
    expectSame(hkdf(core, input), referenceHkdf(hash, ikm, long, input.info, most), "the most of all");
  });

  test("PBKDF2: lengths around blocks and groups of blocks, alone and in lanes", async () => {
    for (const length of [1, h - 1, h, h + 1, 3 * h, 4 * h - 1, 4 * h, 4 * h + 1, 7 * h, 9 * h - 5]) {
      const [password, salt, iterations] = [some(200, 1), some(200), 1 + random.below(6)];
      const derived = await pbkdf2(core, { hash, password, salt, iterations, length });
      expectSame(derived, referencePbkdf2(hash, password, salt, iterations, length), `${length} bytes`);
    }
  });
});

test("PBKDF2 over more than one step, with two under way at once", async () => {
  const inputs = [
    { hash: "SHA-256", password: random.bytes(20), salt: random.bytes(16), iterations: 12_345, length: 200 },
    { hash: "SHA-512", password: random.bytes(200), salt: random.bytes(300), iterations: 20_001, length: 64 },
    { hash: "SHA-224", password: random.bytes(1), salt: random.bytes(0), iterations: 9_999, length: 113 },
  ] as const;
  const derived = await Promise.all(inputs.map((input) => pbkdf2(core, input)));
  for (const [at, { hash, password, salt, iterations, length }] of inputs.entries()) {
    expectSame(derived[at] ?? new Uint8Array(), referencePbkdf2(hash, password, salt, iterations, length), hash);
  }
});

test("PBKDF2 of the longest inputs and output", async () => {
  const [password, salt] = [random.bytes(65_536), random.bytes(65_536)];
  const derived = await pbkdf2(core, { hash: "SHA-256", password, salt, iterations: 2, length: 65_536 });
  expectSame(derived, referencePbkdf2("SHA-256", password, salt, 2, 65_536), "64 KiB");
});

test("the fixed input is Label || 0x00 || Context || L in 32 bits", () => {
  const made = fixedInput(Uint8Array.of(0xa, 0xb), Uint8Array.of(0xc), 384);
  expect([...made]).toEqual([0xa, 0xb, 0, 0xc, 0, 0, 1, 128]);
});
