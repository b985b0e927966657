/** The health tests of the entropy source (SP 800-90B, 4.4): their cutoffs, and each of them made to fail. */
import { afterEach, describe, expect, test, vi } from "vitest";
import { PROPORTION_CUTOFF, PROPORTION_WINDOW, REPETITION_CUTOFF, STARTUP_SAMPLES } from "../../src/entropy/cutoffs.ts";
import { HealthTests } from "../../src/entropy/health.ts";
import { randomBytes } from "../../src/entropy/random.ts";

/** Bytes in which none repeats soon and all are equally frequent: 0 1 2 ... 255 0 1 ... */
const ramp = (length: number): Uint8Array => Uint8Array.from({ length }, (_, i) => i & 255);
const failed = expect.objectContaining({ code: "entropy-failed" });

describe("cutoffs", () => {
  test("the repetition count is 1 + ceil(-log2(alpha) / H) for alpha = 2^-40 and H = 8", () => {
    expect(REPETITION_CUTOFF).toBe(1 + Math.ceil(40 / 8));
  });

  test("the adaptive proportion is 1 + CRITBINOM(512, 2^-8, 1 - 2^-40), computed exactly", () => {
    // P(X <= k) * 256^512 as an integer, against (1 - 2^-40) * 256^512.
    const n = BigInt(PROPORTION_WINDOW);
    const whole = 256n ** n;
    let choose = 1n;
    let sum = 0n;
    let k = 0n;
    for (; ; k++) {
      sum += choose * 255n ** (n - k);
      if ((whole - sum) << 40n <= whole) break;
      choose = (choose * (n - k)) / (k + 1n);
    }
    expect(PROPORTION_CUTOFF).toBe(Number(k) + 1);
  });

  test("start-up takes at least the 1024 samples of 4.3", () => expect(STARTUP_SAMPLES).toBeGreaterThanOrEqual(1024));
});

describe("repetition count", () => {
  test("one less than the cutoff passes, the cutoff fails", () => {
    new HealthTests().feed(Uint8Array.of(1, ...Array<number>(REPETITION_CUTOFF - 1).fill(9), 2));
    expect(() => new HealthTests().feed(Uint8Array.of(1, ...Array<number>(REPETITION_CUTOFF).fill(9), 2))).toThrow(
      failed,
    );
  });

  test("a run is seen across two reads", () => {
    const health = new HealthTests();
    health.feed(new Uint8Array(REPETITION_CUTOFF - 1).fill(3));
    expect(() => health.feed(Uint8Array.of(3))).toThrow(failed);
  });

  test("a source of zeros fails at once", () => {
    expect(() => new HealthTests().feed(new Uint8Array(48))).toThrow(/repetition count/);
  });
});

describe("adaptive proportion", () => {
  /** A window whose first byte comes `times` times, never twice in a row. */
  const window = (times: number): Uint8Array => {
    const bytes = ramp(PROPORTION_WINDOW).map((byte) => (byte === 7 ? 8 : byte));
    for (let i = 0; i < times; i++) bytes[2 * i] = 7;
    return bytes;
  };

  test("one less than the cutoff passes, the cutoff fails", () => {
    new HealthTests().feed(window(PROPORTION_CUTOFF - 1));
    expect(() => new HealthTests().feed(window(PROPORTION_CUTOFF))).toThrow(/adaptive proportion/);
  });

  test("a new window counts anew", () => {
    const health = new HealthTests();
    for (let i = 0; i < 4; i++) health.feed(window(PROPORTION_CUTOFF - 1));
  });
});

test("after a failure nothing helps any more", () => {
  const health = new HealthTests();
  expect(() => health.feed(new Uint8Array(REPETITION_CUTOFF))).toThrow(failed);
  expect(() => health.feed(ramp(10))).toThrow(failed);
});

test("a healthy source passes for a megabyte", () => {
  const health = new HealthTests();
  for (let i = 0; i < 16; i++) health.feed(crypto.getRandomValues(new Uint8Array(65_536)));
});

describe("bytes for what is no key", () => {
  afterEach(() => vi.unstubAllGlobals());

  test("come from the platform, as many as asked for", () => {
    const [one, two] = [randomBytes(16), randomBytes(16)];
    expect(one).toHaveLength(16);
    expect(one).not.toEqual(two);
  });

  test.each([0, 1, 255])("are refused where the platform gives %i alone", (stuck) => {
    vi.stubGlobal("crypto", { getRandomValues: (bytes: Uint8Array) => bytes.fill(stuck) });
    expect(() => randomBytes(256)).toThrow(failed);
  });
});
