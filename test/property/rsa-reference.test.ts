// The search of the core against A.1.3 and det-keygen written out over BigInt: the same generator must give the same key,
// after the same number of candidates, and must give up at the same one.
import { expect, test } from "vitest";
import type { Core } from "../../src/core/core.ts";
import { rsaBegin, rsaProgress, rsaStep, rsaTake } from "../../src/core/rsa.ts";
import { Status } from "../../src/core/status.ts";
import { freshCore } from "../support/core.ts";
import { bitLength, toBigEndian } from "../support/integers.ts";
import { Random } from "../support/random.ts";
import { ReferenceDrbg } from "../support/reference.ts";
import {
  ALL_AT_ONCE,
  detKeygenAnswer,
  detKeygenGenerator,
  digestOf,
  generatorFrom,
  numbersOf,
} from "../support/rsa.ts";
import { type ReferenceKey, referenceKey } from "../support/rsa-reference.ts";

const random = new Random("rsa-reference");
const encoder = new TextEncoder();
/** One prime p in four has gcd(p - 1, e) > 1, so this e brings about what 65537 does once in 65536 primes. */
const smoothE = 5n ** 7n;

interface Plan {
  readonly bits: number;
  readonly e: bigint;
  readonly deterministic: boolean;
}

const plans: Plan[] = [
  { bits: 2048, e: 65537n, deterministic: false },
  { bits: 2048, e: 65537n, deterministic: true },
  { bits: 2064, e: 65537n, deterministic: true },
  { bits: 2048, e: smoothE, deterministic: false },
  { bits: 2048, e: smoothE, deterministic: true },
  { bits: 2080, e: random.ofLength(256) | 1n, deterministic: false },
  { bits: 3072, e: 65537n, deterministic: false },
];

function expected({ bits, e, deterministic }: Plan, seed: Uint8Array): ReferenceKey {
  const personalization = deterministic
    ? Uint8Array.of(...encoder.encode("det RSA key gen"), bits >> 8, bits & 0xff)
    : encoder.encode("test");
  const drbg = new ReferenceDrbg("SHA-256", seed, undefined, personalization);
  return referenceKey({ generate: (length) => drbg.generate(length), bits, e, deterministic });
}

/** Status of the whole search, with limits of the test's own. */
function search(core: Core, plan: Plan, seed: Uint8Array, limitP: number, limitQ: number): number {
  const { bits, e, deterministic } = plan;
  const candidates = deterministic ? detKeygenGenerator(core, seed, bits) : generatorFrom(core, seed);
  const bases = generatorFrom(core, random.bytes(48));
  const bytes = toBigEndian(e, Math.ceil(bitLength(e) / 8));
  const at = core.alloc(bytes.length);
  new Uint8Array(core.memory.buffer, at, bytes.length).set(bytes);
  const [top, low] = deterministic ? [0xc0, 7] : [0x80, 1];
  const { rsaSearchBegin, rsaSearchStep } = core.exports;
  const variant = deterministic ? 1 : 0;
  const { pointer } = candidates;
  const begun = rsaSearchBegin(
    pointer,
    bases.pointer,
    112,
    bits,
    top,
    low,
    limitP,
    limitQ,
    5,
    at,
    bytes.length,
    variant,
  );
  core.free(at);
  if (begun !== Status.OK) throw new Error(`status ${begun}`);
  let status: number;
  do status = rsaSearchStep(ALL_AT_ONCE);
  while (status === Status.CONTINUE);
  candidates.uninstantiate();
  bases.uninstantiate();
  return status;
}

test.each(plans)("RSA-$bits, e = $e, deterministic: $deterministic", async (plan) => {
  const core = await freshCore();
  const seed = random.bytes(48);
  const { candidates, tested, failures: _, restarts: __, ...numbers } = expected(plan, seed);
  expect(search(core, plan, seed, 10 * plan.bits, 10 * plan.bits)).toBe(Status.OK);
  expect(rsaProgress(core)).toMatchObject({ phase: "ready", candidates, tested });
  expect(numbersOf(rsaTake(core, plan.bits))).toEqual(numbers);
});

test("as many candidates may fail as A.1.3 allows, less one", async () => {
  const core = await freshCore();
  const plan = { bits: 2048, e: 65537n, deterministic: false };
  let seed: Uint8Array;
  let key: ReferenceKey;
  do {
    seed = random.bytes(48);
    key = expected(plan, seed);
  } while (key.restarts > 0 || key.failures.some((i) => i === 0 || i > 300));
  const [p, q] = key.failures;
  expect(search(core, plan, seed, p, q + 1)).toBe(Status.SEARCH_LIMIT);
  expect(search(core, plan, seed, p + 1, q)).toBe(Status.SEARCH_LIMIT);
  expect(search(core, plan, seed, p + 1, q + 1)).toBe(Status.OK);
});

test("the reference finds the key whose digest the known-answer test expects", () => {
  const plan = { bits: 2048, e: 65537n, deterministic: true };
  expect(digestOf(expected(plan, detKeygenAnswer.seed))).toBe(detKeygenAnswer.digest);
});

test("det-keygen throws both primes away when e has no inverse, and goes on where the generator is", async () => {
  const core = await freshCore();
  const plan = { bits: 2048, e: smoothE, deterministic: true };
  let seed: Uint8Array;
  let key: ReferenceKey;
  do {
    seed = random.bytes(48);
    key = expected(plan, seed);
  } while (key.restarts === 0);
  expect(search(core, plan, seed, 20480, 20480)).toBe(Status.OK);
  expect(numbersOf(rsaTake(core, 2048)).d).toBe(key.d);
});

test("steps of any size give the same key", async () => {
  const core = await freshCore();
  const seed = random.bytes(48);
  const keys = [ALL_AT_ONCE, 50_000_000, 1_000_000, 1].map((work) => {
    const candidates = detKeygenGenerator(core, seed, 2048);
    const bases = generatorFrom(core, random.bytes(48));
    const variant = "C2SP det-keygen" as const;
    const from = { candidates: candidates.pointer, bases: bases.pointer, strengthBits: 112 };
    rsaBegin(core, { ...from, modulusBits: 2048, millerRabinRounds: 5, variant });
    let steps = 1;
    while (!rsaStep(core, work)) steps++;
    candidates.uninstantiate();
    bases.uninstantiate();
    return { steps, key: numbersOf(rsaTake(core, 2048)) };
  });
  for (const { key } of keys) expect(key).toEqual(keys[0]?.key);
  const counts = keys.map(({ steps }) => steps);
  expect(counts[0]).toBe(2); // the pairwise test begins with a step of its own
  expect(counts).toEqual(counts.toSorted((a, b) => a - b)); // smaller steps, more of them
  expect(counts[3]).toBeGreaterThan(500);
});
