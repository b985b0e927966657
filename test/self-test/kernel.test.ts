// The choice of the arithmetic in an instance: the first kernel of two lanes whose answers are right, integers otherwise.
import { checkPrimeSync } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { type Core, openCore } from "../../src/core/core.ts";
import { curveFacts, type EcCurve, ecPublicPoint } from "../../src/core/ec.ts";
import { okpPublicKey } from "../../src/core/okp.ts";
import { type RsaSearch, rsaBegin, rsaEnd, rsaProgress, rsaStep, rsaTake } from "../../src/core/rsa.ts";
import { Random } from "../support/random.ts";
import { generatorFrom, makeKey, numbersOf } from "../support/rsa.ts";

const random = new Random("kernel");
const root = fileURLToPath(new URL("../..", import.meta.url));
const relaxed = new Uint8Array(readFileSync(`${root}build/core-relaxed.wasm`));
const plain = new Uint8Array(readFileSync(`${root}build/core.wasm`));

/** f64x2.relaxed_madd, as it is encoded; one more is f64x2.relaxed_nmadd, which negates the product. */
const MADD = [0xfd, 0x87, 0x02] as const;

/** f64x2.mul, and f64x2.add in its place. */
const MUL = [0xfd, 0xf2, 0x01] as const;
const ADD = 0xf0;

/** As `kernel` tells them. */
const [INTEGERS, FUSED, EXACT] = [0, 1, 2];

/** Where an operation of a module stands. */
function places(bytes: Uint8Array, operation: readonly number[]): number[] {
  return [...bytes.keys()].filter((at) => operation.every((byte, i) => bytes[at + i] === byte));
}

const fused = (bytes: Uint8Array) => places(bytes, MADD);

function open(bytes: Uint8Array): Core {
  const module = new WebAssembly.Module(bytes.slice());
  return openCore({ module, build: { variant: "relaxed", digest: "", assertedBy: "build" } } as unknown as Parameters<
    typeof openCore
  >[0]); // only the module matters here
}

/** The plain build with each of its products of doubles wrong in turn. */
function* withWrongProduct(): Generator<Uint8Array> {
  for (const at of places(plain, MUL)) {
    const bytes = plain.slice();
    bytes[at + 1] = ADD;
    yield bytes;
  }
}

/** The kernel that an instance of such a build chooses. */
function kernelOf(bytes: Uint8Array): number {
  const core = open(bytes);
  begin(core);
  rsaEnd(core);
  return core.exports.kernel();
}

function begin(core: Core, variant?: RsaSearch["variant"]): void {
  const { pointer } = generatorFrom(core, random.bytes(48));
  const search = { candidates: pointer, bases: pointer, strengthBits: 112, modulusBits: 2048, millerRabinRounds: 5 };
  rsaBegin(core, { ...search, ...(variant === undefined ? {} : { variant }) });
}

/** The first curve whose self-test fails, if there is one: that closes the instance. */
function failingCurves(core: Core): EcCurve[] {
  const failing = (["P-256", "P-224", "secp256k1", "P-384", "P-521"] as const).find((curve) => {
    const one = new Uint8Array(curveFacts(curve).length);
    one[one.length - 1] = 1;
    try {
      ecPublicPoint(core, curve, one);
      return false;
    } catch (error) {
      expect(error).toMatchObject({ code: "self-test-failed" });
      return true;
    }
  });
  return failing === undefined ? [] : [failing];
}

describe("the plain build", () => {
  test("has no fused operation, and uses doubles once their known answers came out, and not before", () => {
    expect(fused(plain)).toEqual([]);
    const core = open(plain);
    expect(core.exports.kernel()).toBe(INTEGERS);
    begin(core);
    expect(core.exports.kernel()).toBe(EXACT);
  });

  test("uses integers for good, or closes at the first use of a curve, where one product is wrong", () => {
    let [powers, curves] = [0, 0];
    for (const bytes of withWrongProduct()) {
      const core = open(bytes);
      begin(core);
      rsaEnd(core);
      if (core.exports.kernel() === INTEGERS) {
        begin(core);
        expect(core.exports.kernel()).toBe(INTEGERS);
        powers++;
      } else {
        expect(core.exports.kernel()).toBe(EXACT);
        curves += failingCurves(core).length;
      }
    }
    expect(powers).toBe(154); // all that assembly/exact/ comes to: one less is one that no known answer needs
    expect(curves).toBeGreaterThan(100); // the others are of the sieve, where a wrong residue costs time, and no prime
  });
});

test.each(["FIPS 186-5, A.1.3", "FIPS 186-5, A.1.6"] as const)("all kernels find the same key by %s", (variant) => {
  const broken = [...withWrongProduct()].find((bytes) => kernelOf(bytes) === INTEGERS);
  const seeds = [random.bytes(48), random.bytes(48)] as const;
  const keys = [relaxed, plain, broken].map((bytes) => {
    const core = open(bytes ?? plain);
    const [candidates, bases] = seeds.map((seed) => generatorFrom(core, seed).pointer);
    const key = makeKey(core, {
      candidates: candidates ?? 0,
      bases: bases ?? 0,
      strengthBits: 112,
      modulusBits: 2048,
      millerRabinRounds: 5,
      variant,
    });
    return { kernel: core.exports.kernel(), ...numbersOf(key) };
  });
  expect(keys.map(({ kernel }) => kernel)).toEqual([FUSED, EXACT, INTEGERS]);
  const [, exact] = keys;
  for (const key of keys) expect({ ...key, kernel: EXACT }).toEqual(exact);
});

describe("the relaxed build", () => {
  test("uses fused operations once their known answers came out, and not before", () => {
    const core = open(relaxed);
    expect(core.exports.kernel()).toBe(INTEGERS);
    begin(core);
    expect(core.exports.kernel()).toBe(FUSED);
    rsaEnd(core);
    expect(core.exports.kernel()).toBe(FUSED);
  });

  test("uses doubles for good, or closes at the first use of a curve, where one fused operation is wrong", () => {
    let [powers, curves, sieve] = [0, 0, 0];
    let edwards = 0; // those of the Edwards curves, whose products have a choice of their own
    for (const at of fused(relaxed)) {
      const bytes = relaxed.slice();
      bytes[at + 1] = MADD[1] + 1;
      const core = open(bytes);
      okpPublicKey(core, "X25519", new Uint8Array(32));
      if (core.exports.okpKernel() === 0) {
        edwards++;
        okpPublicKey(core, "X448", new Uint8Array(56));
        expect(core.exports.okpKernel()).toBe(0);
        continue;
      }
      begin(core);
      rsaEnd(core);
      if (core.exports.kernel() === EXACT) {
        begin(core);
        expect(core.exports.kernel()).toBe(EXACT);
        powers++;
      } else if (failingCurves(core).length > 0) {
        curves++;
      } else {
        sieve++; // where a wrong residue costs time, and no prime
      }
    }
    expect(edwards).toBe(2 * (25 + 25 + 15)); // of products of 5 by 5 digits, in columns and reduced, and of a square
    expect(powers).toBeGreaterThan(100);
    expect(curves).toBeGreaterThan(100);
    expect(sieve).toBe(1 + 4 * 5); // powers of 2^32; and limbs and quotients, four residues at a time
    expect(powers + curves + edwards + sieve).toBe(fused(relaxed).length);
  });
});

describe.each([
  { build: "relaxed", bytes: relaxed, kernel: FUSED },
  { build: "plain", bytes: plain, kernel: EXACT },
])("the $build build", ({ bytes, kernel }) => {
  test.each([
    ["the primes are tested again by them", "FIPS 186-5, A.1.3"],
    ["by A.1.6, whose auxiliary primes are not there any more, all begins again", "FIPS 186-5, A.1.6"],
  ] as const)("uses integers for good if the kernel fails once it is warm: %s", (_, variant) => {
    const core = open(bytes);
    begin(core, variant);
    expect(core.exports.kernel()).toBe(kernel);
    // A wrong expectation does what a wrong answer would do.
    const byte = new Uint8Array(core.memory.buffer, core.exports.rsaAnswersPtr(), 1);
    byte[0] = (byte[0] ?? 0) ^ 1;
    const phases = new Set<string>();
    let again = false;
    while (!rsaStep(core, 1)) {
      const { phase } = rsaProgress(core);
      again ||= phases.has("derive") && phase === "p";
      phases.add(phase);
    }
    expect(again).toBe(true);
    expect(core.exports.kernel()).toBe(INTEGERS);
    const { n, p, q } = numbersOf(rsaTake(core, 2048));
    expect(n).toBe(p * q);
    expect(checkPrimeSync(p) && checkPrimeSync(q)).toBe(true);
  });

  test("is held against its known answers again after the second key, the fourth and so on", () => {
    const core = open(bytes);
    const keyAfter = (isWrong: boolean) => {
      begin(core);
      const answer = new Uint8Array(core.memory.buffer, core.exports.rsaAnswersPtr(), 1);
      if (isWrong) answer[0] = (answer[0] ?? 0) ^ 1;
      while (!rsaStep(core, 1e9));
      if (isWrong) answer[0] = (answer[0] ?? 0) ^ 1;
      rsaEnd(core);
      return core.exports.kernel();
    };
    const kernels = [false, false, true, true].map(keyAfter); // the third key is no time for it, the fourth is
    expect(kernels).toEqual([kernel, kernel, kernel, INTEGERS]);
  });
});
