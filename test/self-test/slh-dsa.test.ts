// The self-tests of SLH-DSA, each made to fail once: the known keys, and the pairwise test with one bit changed.
import { describe, expect, test } from "vitest";
import type { Core } from "../../src/core/core.ts";
import { selfTestsPassed } from "../../src/core/self-test.ts";
import {
  type SlhDsaName,
  type SlhDsaPhase,
  slhDsaBeginSeeded,
  slhDsaEnd,
  slhDsaLength,
  slhDsaNames,
  slhDsaState,
  slhDsaStep,
  slhDsaTake,
} from "../../src/core/slh-dsa.ts";
import { freshCore } from "../support/core.ts";
import { Random } from "../support/random.ts";
import { ALL_AT_ONCE, countingSeed, makeKey, nobleSlhDsa } from "../support/slh-dsa.ts";

const random = new Random("slh-dsa");
const closed = expect.objectContaining({ code: "self-test-failed" });
const tested = ["SLH-DSA-SHA2-128f", "SLH-DSA-SHA2-192f", "SLH-DSA-SHAKE-128f"] as const;

/** The test that stands for a set: by the hash functions that it uses. */
function testFor(name: SlhDsaName): number {
  if (name.includes("SHAKE")) return 2;
  return name.includes("128") ? 0 : 1;
}

function begin(core: Core, name: SlhDsaName): void {
  slhDsaBeginSeeded(core, name, random.bytes(3 * slhDsaLength(name)));
}

test("the roots in the core are those that noble computes", async () => {
  const core = await freshCore();
  for (const [place, name] of tested.entries()) {
    const { publicKey } = nobleSlhDsa(name).keygen(countingSeed(name));
    const n = slhDsaLength(name);
    const at = core.exports.slhAnswersPtr() + 16 * place;
    expect(new Uint8Array(core.memory.buffer, at, 16).slice()).toEqual(publicKey.slice(n, n + 16));
  }
});

test.each(slhDsaNames)("%s: the test of its hash functions runs before its first key, and not before", async (name) => {
  const core = await freshCore();
  expect(core.exports.slhSelfTestPassed()).toBe(0);
  begin(core, name);
  expect(core.exports.slhSelfTestPassed()).toBe(1 << testFor(name));
  expect(selfTestsPassed(core)).toContain(tested[testFor(name)]);
  slhDsaEnd(core);
});

test.each(tested.flatMap((name, place) => [0, 15].map((byte) => [name, 16 * place + byte] as const)))(
  "%s fails if byte %i of the answers is another, and closes the instance",
  async (name, byte) => {
    const core = await freshCore();
    const view = new DataView(core.memory.buffer);
    const at = core.exports.slhAnswersPtr() + byte;
    view.setUint8(at, view.getUint8(at) ^ 1);
    const other = tested[(testFor(name) + 1) % 3] ?? name;
    begin(core, other); // its answer is right
    slhDsaEnd(core);
    expect(() => begin(core, name)).toThrow(closed);
    expect(slhDsaState(core).phase).toBe("idle");
    view.setUint8(at, view.getUint8(at) ^ 1);
    expect(() => begin(core, other)).toThrow(closed); // for good
  },
);

describe.each(["SLH-DSA-SHA2-128f", "SLH-DSA-SHA2-192f", "SLH-DSA-SHAKE-192f"] as const)("%s, pairwise", (name) => {
  const n = slhDsaLength(name);
  const seed = random.bytes(3 * n);

  /** A core whose key stands at the begin of a phase. */
  async function standingAt(phase: SlhDsaPhase): Promise<Core> {
    const core = await freshCore();
    slhDsaBeginSeeded(core, name, seed);
    while (slhDsaState(core).phase !== phase) slhDsaStep(core, 1);
    return core;
  }

  async function fails(phase: SlhDsaPhase, part: 0 | 1, byte: number): Promise<void> {
    const core = await standingAt(phase);
    const memory = new Uint8Array(core.memory.buffer);
    const at = core.exports.slhPartPtr(part) + byte;
    memory[at] = (memory[at] ?? 0) ^ (1 << (byte & 7));
    const failed = expect.objectContaining({ code: "pairwise-failed" });
    expect(() => slhDsaStep(core, ALL_AT_ONCE), `part ${part}, byte ${byte}, from ${phase}`).toThrow(failed);
    expect(slhDsaState(core).phase).toBe("idle");
    const start = core.exports.slhPartPtr(0);
    expect(memory.slice(start, start + 4 * n).every((each) => each === 0)).toBe(true);
    expect(() => begin(core, name)).toThrow(closed);
  }

  test("lets the key pass", async () => {
    const core = await standingAt("verify");
    while (!slhDsaStep(core, 1));
    expect(slhDsaTake(core, name).privateKey).toEqual(nobleSlhDsa(name).keygen(seed).secretKey);
  });

  test("fails with SK.seed, PK.seed or PK.root changed, and closes the instance", async () => {
    for (const byte of [0, n - 1, 2 * n, 3 * n - 1, 3 * n, 4 * n - 1]) await fails("sign", 0, byte);
    for (const byte of [2 * n, 3 * n, 4 * n - 1]) await fails("verify", 0, byte);
  });

  test("fails with any part of the signature changed", async () => {
    const { signature: length } = nobleSlhDsa(name).lengths;
    if (length === undefined) throw new Error("noble tells no length");
    const [fors, part] = [n, Math.floor(length / 7)];
    for (const byte of [0, fors, fors + n, 2 * part, 4 * part, 6 * part, length - 1]) await fails("verify", 1, byte);
  });

  test("SK.prf makes another signature, as valid: no pair of signing and verifying can tell it", async () => {
    const other = seed.slice();
    other[n] = (other[n] ?? 0) ^ 1;
    const core = await freshCore();
    expect(makeKey(core, name, other).publicKey).toEqual(makeKey(core, name, seed).publicKey);
  });
});
