// PBKDF2 beyond its limits, and aborted: refusals name their clause, and no way out leaves anything in the core.
import { describe, expect, test } from "vitest";
import type { HashName } from "../../src/core/hash.ts";
import { PBKDF2_STEP_ROUNDS, type Pbkdf2Progress } from "../../src/core/pbkdf2.ts";
import { type Pbkdf2Input, pbkdf2 } from "../../src/derive/pbkdf2.ts";
import { freshCore } from "../support/core.ts";
import { image, leftovers } from "../support/memory.ts";

const core = await freshCore();
const none = new Uint8Array();
const secret = new Uint8Array(32).fill(0xa5);
const long = new Uint8Array(65_537);
const stretched: Pbkdf2Input = { hash: "SHA-256", password: secret, salt: secret, iterations: 1, length: 32 };

test.each<readonly [string, RegExp, Partial<Pbkdf2Input>]>([
  [
    "no iteration",
    /^iterations must be .* from 1 to 4294967295, got 0 \(RFC 8018, 5.2; SP 800-132, 5.3\)$/,
    { iterations: 0 },
  ],
  ["2^32 iterations", /got 4294967296/, { iterations: 2 ** 32 }],
  ["half an iteration", /got 0.5/, { iterations: 0.5 }],
  ["an empty password", /^bytes of password must be .* got 0/, { password: none }],
  ["a long password", /^bytes of password .* got 65537/, { password: long }],
  ["a long salt", /^bytes of salt/, { salt: long }],
  ["no output", /at least 1, got 0 \(RFC 8018, 5.2/, { length: 0 }],
  ["2^32 blocks", /at most 4294967295 blocks of 32 bytes, got 4294967296 \(RFC 8018, 5.2, step 1/, { length: 2 ** 37 }],
  ["more than a call gives", /^bytes of output .* got 65537/, { length: 65_537 }],
  ["an unknown hash", /^hash must be one of/, { hash: "MD5" as HashName }],
])("PBKDF2 with %s is a RangeError that says why", async (_, words, change) => {
  const before = image(core);
  const refused = pbkdf2(core, { ...stretched, ...change });
  await expect(refused).rejects.toThrow(RangeError);
  await expect(refused).rejects.toThrow(words);
  expect(leftovers(core, before)).toEqual([]);
});

describe("a long PBKDF2", () => {
  const work: Pbkdf2Input = { ...stretched, iterations: 3 * PBKDF2_STEP_ROUNDS, length: 64 };

  test("tells its progress, which grows in steps and ends with all of it", async () => {
    const told: Pbkdf2Progress[] = [];
    await pbkdf2(core, work, { onProgress: (progress) => told.push(progress) });
    expect(told.length).toBeGreaterThanOrEqual(6);
    expect(told.every(({ total }) => total === 6 * PBKDF2_STEP_ROUNDS)).toBe(true);
    expect(told.map(({ done }) => done)).toEqual(told.map(({ done }) => done).sort((a, b) => a - b));
    expect(told[0]?.done).toBeLessThan(2 * PBKDF2_STEP_ROUNDS);
    expect(told.at(-1)).toEqual({ done: 6 * PBKDF2_STEP_ROUNDS, total: 6 * PBKDF2_STEP_ROUNDS });
  });

  test("gives the event loop its turns", async () => {
    let turns = 0;
    const timer = setInterval(() => turns++, 1);
    await pbkdf2(core, work);
    clearInterval(timer);
    expect(turns).toBeGreaterThan(1);
  });

  test.each([0, 1, 3])("is aborted after %i steps with the signal's reason, and leaves nothing", async (steps) => {
    const before = image(core);
    const abort = new AbortController();
    const reason = new Error("enough");
    let taken = 0;
    if (steps === 0) abort.abort(reason);
    const onProgress = () => {
      if (++taken === steps) abort.abort(reason);
    };
    await expect(pbkdf2(core, work, { signal: abort.signal, onProgress })).rejects.toBe(reason);
    expect(taken).toBe(steps);
    expect(leftovers(core, before)).toEqual([]);
  });

  test("leaves nothing when its listener throws", async () => {
    const before = image(core);
    const onProgress = () => {
      throw new Error("on purpose");
    };
    await expect(pbkdf2(core, work, { onProgress })).rejects.toThrow("on purpose");
    expect(leftovers(core, before)).toEqual([]);
  });
});
