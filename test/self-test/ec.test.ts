// The self-tests of the curves, each made to fail once: the known pairs, and the pairwise test with one byte changed.
import { describe, expect, test } from "vitest";
import { ecFromBits, ecGenerate, ecPairwise, ecPublicPoint, isEcPoint } from "../../src/core/ec.ts";
import { selfTestsPassed } from "../../src/core/self-test.ts";
import { generateEc } from "../../src/generate/ec.ts";
import { freshCore } from "../support/core.ts";
import { ecAnswers } from "../support/ec-answers.ts";
import { curves, toBytes } from "../support/ec-reference.ts";
import { Random } from "../support/random.ts";
import { generatorFrom } from "../support/rsa.ts";

const random = new Random("ec self-test");
const closed = expect.objectContaining({ code: "self-test-failed" });

test("the expected values in the core are those that OpenSSL computes", async () => {
  const core = await freshCore();
  const expected = ecAnswers();
  expect(expected).toHaveLength(5 * 32);
  const at = core.exports.ecAnswersPtr();
  expect(new Uint8Array(core.memory.buffer, at, expected.length).slice()).toEqual(Uint8Array.from(expected));
});

describe.each(curves.map((curve, i) => [curve.name, { ...curve, i }] as const))(
  "%s",
  (name, { i, length, bits, order: n }) => {
    const one = toBytes(1n, length);

    test("is tested before its first use, and not before", async () => {
      const core = await freshCore();
      expect(core.exports.ecSelfTestsPassed()).toBe(0);
      ecPublicPoint(core, name, one);
      expect(core.exports.ecSelfTestsPassed()).toBe(2 << i);
      expect(selfTestsPassed(core)).toEqual([`EC-${name}`]);
    });

    test.each([0, 15, 16, 31])(
      "byte %i of a wrong answer closes the instance, whatever is asked first",
      async (byte) => {
        const uses = [
          (core: Awaited<ReturnType<typeof freshCore>>) => ecPublicPoint(core, name, one),
          (core: Awaited<ReturnType<typeof freshCore>>) => isEcPoint(core, name, new Uint8Array(2 * length + 1)),
          (core: Awaited<ReturnType<typeof freshCore>>) =>
            ecFromBits(core, name, "FIPS 186-5, A.2.1", new Uint8Array(Math.ceil((bits + 64) / 8)), 1),
          (core: Awaited<ReturnType<typeof freshCore>>) =>
            ecPairwise(core, name, { d: one as never, point: new Uint8Array(2 * length + 1) }),
        ];
        const core = await freshCore();
        const { pointer } = generatorFrom(core, random.bytes(48));
        const cell = new Uint8Array(core.memory.buffer, core.exports.ecAnswersPtr() + 32 * i + byte, 1);
        cell[0] = (cell[0] ?? 0) ^ 1;
        expect(() => uses[byte % uses.length]?.(core)).toThrow(closed);
        cell[0] = (cell[0] ?? 0) ^ 1;
        for (const use of uses) expect(() => use(core)).toThrow(closed); // for good
        expect(() => ecGenerate(core, name, "FIPS 186-5, A.2.2", pointer, 112)).toThrow(closed);
        expect(() => generatorFrom(core, random.bytes(48))).toThrow(closed);
      },
    );

    test("the pairwise test sees a wrong order, of which only a pair of an even d takes notice", async () => {
      const core = await freshCore();
      const even = toBytes(0x123456789abcden, length);
      const right = ecPublicPoint(core, name, even);
      const order = toBytes(n, 4 * Math.ceil(bits / 32)).reverse();
      const at = Buffer.from(core.memory.buffer).indexOf(order);
      expect(at).toBeGreaterThan(0);
      const cell = new Uint8Array(core.memory.buffer, at + 2, 1);
      cell[0] = (cell[0] ?? 0) ^ 1;
      const wrong = ecPublicPoint(core, name, even);
      expect(wrong).not.toEqual(right);
      expect(() => ecPairwise(core, name, { d: even as never, point: wrong })).toThrow(
        expect.objectContaining({ code: "pairwise-failed" }),
      );
    });

    test("the pairwise test fails with a bit of d, x, y or the form changed, and closes the instance", async () => {
      for (const part of ["d", "form", "x", "y"]) {
        const core = await freshCore();
        const { pointer } = generatorFrom(core, random.bytes(48));
        const pair = ecGenerate(core, name, "FIPS 186-5, A.2.1", pointer, 112);
        ecPairwise(core, name, pair);
        const [bytes, at] =
          part === "d"
            ? [pair.d, length - 1]
            : [pair.point, { form: 0, x: length, y: 2 * length }[part as "form" | "x" | "y"]];
        bytes[at] = (bytes[at] ?? 0) ^ 2;
        const failed = expect.objectContaining({ code: "pairwise-failed" });
        expect(() => ecPairwise(core, name, pair), part).toThrow(failed);
        expect(() => ecPublicPoint(core, name, one)).toThrow(closed);
      }
    });
  },
);

test("a pair for use is freshened, tested, and made again after a reseed that is due", async () => {
  const core = await freshCore();
  const drbg = generatorFrom(core, random.bytes(48));
  let freshened = 0;
  let reseeded = 0;
  let asked = false;
  const generator = {
    pointer: drbg.pointer,
    freshen: () => {
      freshened++;
      if (!asked) return;
      asked = false;
      reseeded++;
      drbg.reseed(random.bytes(48));
    },
    reseed: () => {
      asked = true;
    },
  };
  const wish = { curve: "P-256", method: "FIPS 186-5, A.2.2", strengthBits: 128 } as const;
  const pair = generateEc(core, generator, wish);
  expect([freshened, reseeded]).toEqual([1, 0]);
  expect(ecPublicPoint(core, "P-256", pair.d)).toEqual(pair.point);
  const interval = drbg.pointer + 24; // drbg/state.ts, INTERVAL
  new DataView(core.memory.buffer).setBigUint64(interval, 1n, true);
  generateEc(core, generator, wish);
  expect([freshened, reseeded]).toEqual([3, 1]);
  const strong = { ...wish, strengthBits: 512 };
  expect(() => generateEc(core, generator, strong)).toThrow(expect.objectContaining({ code: "strength-unavailable" }));
});
