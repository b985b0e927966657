// Whole images of the core's memory: a derivation leaves nothing, and while PBKDF2 is under way only its state differs.
import { beforeEach, describe, expect, test } from "vitest";
import type { Core } from "../../src/core/core.ts";
import { hashes, hashNames } from "../../src/core/hash.ts";
import { Status } from "../../src/core/status.ts";
import { hkdf, hkdfExpansions } from "../../src/derive/hkdf.ts";
import { kbkdf, twoStepKdf } from "../../src/derive/kbkdf.ts";
import { oneStepKdf } from "../../src/derive/one-step.ts";
import { pbkdf2 } from "../../src/derive/pbkdf2.ts";
import { freshCore } from "../support/core.ts";
import { image, leftovers, type Region } from "../support/memory.ts";

const secret = (length: number) => Uint8Array.from({ length }, (_, i) => 1 + ((i * 73) % 255));

let core: Core;
let clean: Uint8Array;
beforeEach(async () => {
  core = await freshCore();
  clean = image(core);
});

const left = (...except: readonly Region[]) => leftovers(core, clean, ...except);

describe.each(hashNames)("%s", (hash) => {
  test("derivations from a secret leave nothing, self-tests included", () => {
    for (const length of [1, 100, 300]) {
      hkdf(core, { hash, ikm: secret(length), salt: secret(20), info: secret(length), length });
      expect(left()).toEqual([]);
      hkdfExpansions(core, { hash, ikm: secret(200) }, [{ length }, { info: secret(9), length: 3 }]);
      expect(left()).toEqual([]);
      oneStepKdf(core, { hash, auxiliary: "hash", z: secret(length), fixedInfo: secret(30), length });
      expect(left()).toEqual([]);
      oneStepKdf(core, { hash, auxiliary: "HMAC", z: secret(length), salt: secret(200), length });
      expect(left()).toEqual([]);
    }
  });

  test.each(["counter", "feedback", "double-pipeline"] as const)("KBKDF in %s mode leaves nothing", (mode) => {
    for (const lengthBits of [1, 513, 2000]) {
      const place = { counterBits: 16, counterPlace: { afterBits: 61 } } as const;
      const expansion = { hash, mode, ...place, fixedInput: secret(60), lengthBits };
      const iv = mode === "feedback" ? { iv: secret(40) } : {};
      kbkdf(core, { ...expansion, ...iv, keyIn: secret(lengthBits) });
      expect(left()).toEqual([]);
      twoStepKdf(core, { ...expansion, ...iv, z: secret(99), salt: secret(11) });
      expect(left()).toEqual([]);
    }
  });

  test("PBKDF2 leaves nothing at its end", async () => {
    for (const length of [1, 100, 300]) {
      await pbkdf2(core, { hash, password: secret(length), salt: secret(50), iterations: 3, length });
      expect(left()).toEqual([]);
    }
  });

  test("PBKDF2 under way leaves nothing outside its state, and its state is wiped wherever it ends", () => {
    const { exports } = core;
    const size = exports.pbkdf2StateSize();
    const inputs = core.reserve(512);
    const state = core.reserve(size);
    new Uint8Array(core.memory.buffer).set(secret(256), inputs);
    const mine = { at: inputs, length: 512 };
    const region = { at: state, length: size };
    const { id } = hashes[hash];
    for (const steps of [0, 1, 2, 3, 4, 5]) {
      expect(exports.pbkdf2Begin(state, id, inputs, 100, inputs + 100, 50, 4, 350)).toBe(Status.OK);
      for (let step = 0; step < steps; step++) {
        if (exports.pbkdf2Step(state, 2) === Status.OK) exports.pbkdf2Take(state, inputs + 256);
        expect(left(mine, region)).toEqual([]);
        expect(left(mine)).not.toEqual([]);
      }
      exports.pbkdf2End(state);
      expect(left(mine)).toEqual([]);
    }
    core.release(inputs);
    core.release(state);
    expect(left()).toEqual([]);
  });
});
