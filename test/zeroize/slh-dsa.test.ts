// After the work on an SLH-DSA key the whole memory of the core is what it was before, the generator aside: whether the key
// was taken, or the work was aborted in any phase, or it failed.
import { expect, test } from "vitest";
import type { Core } from "../../src/core/core.ts";
import {
  type SlhDsaName,
  slhDsaBegin,
  slhDsaBeginSeeded,
  slhDsaEnd,
  slhDsaLength,
  slhDsaState,
  slhDsaStep,
  slhDsaTake,
} from "../../src/core/slh-dsa.ts";
import type { HmacDrbg } from "../../src/drbg/hmac-drbg.ts";
import { freshCore } from "../support/core.ts";
import { image, leftovers, type Region } from "../support/memory.ts";
import { Random } from "../support/random.ts";
import { generatorFrom } from "../support/rsa.ts";
import { ALL_AT_ONCE, fastNames } from "../support/slh-dsa.ts";

const random = new Random("slh-dsa");

async function setting(): Promise<{ core: Core; generator: HmacDrbg; state: Region; clean: Uint8Array }> {
  const core = await freshCore();
  const generator = generatorFrom(core, random.bytes(48));
  const state = { at: generator.pointer, length: core.exports.drbgStateSize() };
  return { core, generator, state, clean: image(core) }; // before the self-tests: they leave nothing either
}

test.each(fastNames)("%s: a key that is taken leaves nothing", async (name) => {
  const { core, generator, state, clean } = await setting();
  slhDsaBegin(core, name, generator.pointer);
  while (!slhDsaStep(core, 5000));
  expect(leftovers(core, clean, state)).not.toEqual([]);
  slhDsaTake(core, name);
  expect(leftovers(core, clean, state)).toEqual([]);
});

test.each(["SLH-DSA-SHA2-128f", "SLH-DSA-SHA2-256f", "SLH-DSA-SHAKE-192f", "SLH-DSA-SHA2-128s"] as const)(
  "%s: work that is aborted in any phase, after any step of it, leaves nothing",
  async (name: SlhDsaName) => {
    const { core, generator, state, clean } = await setting();
    const seen = new Set<string>();
    const phases = name.endsWith("s") ? ["tree", "sign"] : ["tree", "sign", "verify", "ready"];
    for (const [phase, more] of phases.flatMap((each) => [0, 1, 7].map((steps) => [each, steps] as const))) {
      slhDsaBegin(core, name, generator.pointer);
      while (slhDsaState(core).phase !== phase) slhDsaStep(core, 1);
      for (let i = 0; i < more && slhDsaState(core).phase === phase && phase !== "ready"; i++) slhDsaStep(core, 1);
      seen.add(slhDsaState(core).phase);
      slhDsaEnd(core);
      expect(leftovers(core, clean, state), `aborted in ${phase}`).toEqual([]);
      expect(slhDsaState(core)).toEqual({ phase: "idle", leaves: 0, done: 0, work: 0 });
    }
    expect([...seen]).toEqual(phases);
  },
);

test("a key that fails its pairwise test leaves nothing", async () => {
  const { core, state, clean } = await setting();
  for (const name of fastNames.slice(0, 1)) {
    slhDsaBeginSeeded(core, name, random.bytes(3 * slhDsaLength(name)));
    while (slhDsaState(core).phase !== "sign") slhDsaStep(core, 1);
    const memory = new Uint8Array(core.memory.buffer);
    const at = core.exports.slhPartPtr(0);
    memory[at] = (memory[at] ?? 0) ^ 1;
    expect(() => slhDsaStep(core, ALL_AT_ONCE)).toThrow(expect.objectContaining({ code: "pairwise-failed" }));
    expect(leftovers(core, clean, state)).toEqual([]);
  }
});

test("a generator that does not serve leaves nothing", async () => {
  const { core, clean } = await setting();
  const nothing = core.reserve(core.exports.drbgStateSize()); // zeros: never instantiated
  expect(() => slhDsaBegin(core, "SLH-DSA-SHA2-256f", nothing)).toThrow(
    expect.objectContaining({ code: "drbg-not-instantiated" }),
  );
  expect(leftovers(core, clean)).toEqual([]);
});
