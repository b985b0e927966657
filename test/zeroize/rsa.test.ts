// After the work on an RSA key the whole memory of the core is what it was before, the generators aside: whether the key
// was taken, or the search aborted in any phase, or it failed.
import { expect, test, vi } from "vitest";
import type { Core } from "../../src/core/core.ts";
import { isProbablePrime, rsaBegin, rsaBeginGiven, rsaEnd, rsaProgress, rsaStep, rsaTake } from "../../src/core/rsa.ts";
import { Status } from "../../src/core/status.ts";
import type { HmacDrbg } from "../../src/drbg/hmac-drbg.ts";
import { STARTUP_SAMPLES } from "../../src/entropy/cutoffs.ts";
import { webCryptoSource } from "../../src/entropy/web-crypto.ts";
import { checkRsaPrivate } from "../../src/generate/rsa-check.ts";
import { freshCore } from "../support/core.ts";
import { Random } from "../support/random.ts";
import { ALL_AT_ONCE, generatorFrom } from "../support/rsa.ts";

const random = new Random("rsa");

interface Setting {
  readonly core: Core;
  readonly generator: HmacDrbg;
  readonly search: {
    candidates: number;
    bases: number;
    strengthBits: number;
    modulusBits: number;
    millerRabinRounds: number;
    variant: Variant;
  };
}

type Variant = "FIPS 186-5, A.1.3" | "FIPS 186-5, A.1.6";
const methods = ["FIPS 186-5, A.1.3", "FIPS 186-5, A.1.6"] as const;

async function setting(variant: Variant = "FIPS 186-5, A.1.3"): Promise<Setting> {
  const core = await freshCore();
  const generator = generatorFrom(core, random.bytes(48));
  const { pointer } = generator;
  const search = {
    candidates: pointer,
    bases: pointer,
    strengthBits: 112,
    modulusBits: 2048,
    millerRabinRounds: 5,
    variant,
  };
  return { core, generator, search };
}

/** The whole memory, without the state of the generator. */
function image({ core, generator }: Setting): Uint8Array {
  const bytes = new Uint8Array(core.memory.buffer).slice();
  bytes.fill(0, generator.pointer, generator.pointer + core.exports.drbgStateSize());
  return bytes;
}

/** Addresses at which two images differ: empty if all is as it was. Comparing numbers keeps a failure short. */
function differences(a: Uint8Array, b: Uint8Array): number[] {
  const found: number[] = [];
  for (let i = 0; i < a.length && found.length < 10; i++) if (a[i] !== b[i]) found.push(i);
  return found;
}

test.each(methods)("%s: a key that is taken leaves nothing", async (method) => {
  const all = await setting(method);
  const before = image(all);
  rsaBegin(all.core, all.search);
  while (!rsaStep(all.core, 5_000_000));
  expect(differences(before, image(all))).not.toEqual([]);
  rsaTake(all.core, 2048);
  expect(differences(before, image(all))).toEqual([]);
});

test.each(methods)("%s: a search aborted in any phase, after any step of it, leaves nothing", async (method) => {
  const all = await setting(method);
  const before = image(all);
  const seen = new Set<string>();
  for (let steps = 0; seen.size < 5; steps++) {
    rsaBegin(all.core, all.search);
    let phase = "";
    // Aborts at the first sight of a phase that was not aborted before, and after ever more steps of the first.
    for (let i = 0; i <= steps || seen.has(rsaProgress(all.core).phase); i++) {
      phase = rsaProgress(all.core).phase;
      if (rsaStep(all.core, 1)) break;
    }
    phase = rsaProgress(all.core).phase;
    seen.add(phase);
    rsaEnd(all.core);
    expect(differences(before, image(all)), `aborted in ${phase}`).toEqual([]);
    expect(rsaProgress(all.core).phase).toBe("idle");
  }
  expect([...seen].toSorted()).toEqual(["derive", "p", "pairwise", "q", "ready"]);
});

test("a search that runs out of candidates leaves nothing", async () => {
  const all = await setting();
  const { core, search } = all;
  const before = image(all);
  const at = core.alloc(3);
  new Uint8Array(core.memory.buffer, at, 3).set([1, 0, 1]);
  const { candidates, bases } = search;
  const { rsaSearchBegin, rsaSearchStep } = core.exports;
  expect(rsaSearchBegin(candidates, bases, 112, 2048, 0x80, 1, 1, 1, 5, at, 3, 0)).toBe(Status.OK);
  core.wipe(at, 3);
  core.free(at);
  expect(rsaSearchStep(ALL_AT_ONCE)).toBe(Status.SEARCH_LIMIT);
  expect(differences(before, image(all))).toEqual([]);
});

test("a generator that does not serve ends the search, and leaves nothing", async () => {
  const all = await setting();
  const before = image(all);
  rsaBegin(all.core, { ...all.search, strengthBits: 512 });
  expect(() => rsaStep(all.core, ALL_AT_ONCE)).toThrow(expect.objectContaining({ code: "strength-unavailable" }));
  expect(differences(before, image(all))).toEqual([]);
});

test("given primes that make no key leave nothing", async () => {
  const all = await setting();
  const before = image(all);
  const { bases, strengthBits, modulusBits, millerRabinRounds } = all.search;
  const primes = { p: random.bytes(128), q: random.bytes(128) };
  primes.p[0] = 0xff;
  rsaBeginGiven(all.core, { bases, strengthBits, modulusBits, millerRabinRounds, ...primes });
  expect(() => rsaStep(all.core, ALL_AT_ONCE)).toThrow(expect.objectContaining({ code: "key-invalid" }));
  expect(differences(before, image(all))).toEqual([]);
});

test.each([false, true])("the test of one number leaves nothing, with Lucas: %s", async (lucas) => {
  const all = await setting();
  const before = image(all);
  const prime = Uint8Array.from([1, ...Array<number>(16).fill(0), 0x55]); // 2^136 + 85
  expect(isProbablePrime(all.core, prime, { rounds: 5, bases: all.search.bases, lucas })).toBe(true);
  expect(differences(before, image(all))).toEqual([]);
});

test("a search aborted in its Lucas test leaves nothing", async () => {
  const all = await setting();
  const before = image(all);
  rsaBegin(all.core, { ...all.search, lucas: true });
  while (rsaProgress(all.core).rounds < 5) rsaStep(all.core, 1);
  for (let i = 0; i < 10; i++) rsaStep(all.core, 1);
  expect(rsaProgress(all.core)).toMatchObject({ phase: "p", rounds: 5 });
  rsaEnd(all.core);
  expect(differences(before, image(all))).toEqual([]);
});

test("a check that gets no generator wipes what it would have been seeded with", async () => {
  const core = await freshCore();
  const full: Core = {
    ...core,
    reserve: () => {
      throw new RangeError("full");
    },
  };
  const read = vi.spyOn(webCryptoSource, "read");
  try {
    const none = new Uint8Array(0);
    const parts = { n: none, e: none, d: none, p: none, q: none, dp: none, dq: none, qi: none };
    await expect(checkRsaPrivate(full, parts as never, 2048, () => undefined)).rejects.toThrow("full");
    expect(read.mock.results.map(({ value }) => value)).toEqual([new Uint8Array(STARTUP_SAMPLES + 48)]);
  } finally {
    read.mockRestore();
  }
});
