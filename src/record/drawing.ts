/** What holds of the generator that a key of the core was drawn from, and of the entropy behind it. */
import type { Algorithm } from "../algorithms/algorithm.ts";
import { DRBG_HASH, DRBG_STRENGTH_BITS, ENTROPY_LEN, RESEED_INTERVAL } from "../drbg/facts.ts";
import { personalization, rngStandard, sources } from "./generator.ts";
import { type Hold, isSameList, obliges } from "./hold.ts";
import type { CorePredicate } from "./record.ts";

/** What every generator of this version has, and what depends on who answers for its entropy. */
export function checkGenerator({ rng, deterministic, environment }: CorePredicate, hold: Hold): void {
  const { entropy, health, additionalInput } = rng;
  const source = sources[entropy.assertedBy];
  const stated: Readonly<Record<string, unknown>> = health;
  const facts: readonly (readonly [id: string, stated: unknown, wanted: unknown])[] = [
    ["rng-standard", rng.standard, rngStandard],
    ["rng-hash", rng.hash, DRBG_HASH],
    ["rng-strength", rng.strengthBits, DRBG_STRENGTH_BITS],
    ["reseed-interval", rng.reseedInterval, RESEED_INTERVAL],
    ["entropy", entropy.bits, 8 * ENTROPY_LEN],
    ["entropy-source", entropy.source, source.name],
    ["additional-input", additionalInput.bytesPerGeneration, source.freshLen],
    ...Object.entries(source.health).map(([name, wanted]) => ["health", stated[name], wanted] as const),
  ];
  for (const [id, value, wanted] of facts) {
    hold(id, value === wanted, `a generator of this version has ${wanted}, the record states ${value}`);
  }
  hold(
    "personalization",
    isSameList(rng.personalization, personalization),
    `the personalization string binds ${personalization.join(", ")}`,
  );
  const scripted = entropy.assertedBy === "caller";
  hold("deterministic", deterministic === scripted, "scripted entropy and the deterministic mark go together");
  hold("test-only", !deterministic || environment === "test", "a deterministic key belongs to the test environment");
}

/**
 * Requests for the key, its salt and its id, when nobody draws in between. There are three at most, but for candidates of a
 * curve that were thrown away, of which there is hardly ever one (FIPS 186-5, A.2.2).
 */
const REQUESTS_A_KEY = 15;

/** What is done anew for each key. */
const alone = ["prediction-resistance", "pairwise-platform"];

/** How the key was drawn: how far from a seed of the generator, and beside which others. */
export function checkDrawing({ rng, generation, decision }: CorePredicate, row: Algorithm, hold: Hold): void {
  const { reseedCounter, additionalInput } = rng;
  const isSearch = row.kind === "rsa" || row.kind === "slh-dsa";
  const isFresh = obliges(decision, ["prediction-resistance"]);
  // Others draw while a search pauses, and while the platform tests.
  const isUndisturbed = !isSearch && !obliges(decision, ["pairwise-platform"]);
  const most = isFresh && isUndisturbed ? REQUESTS_A_KEY : RESEED_INTERVAL;
  // The counter is one ahead of the requests that were served (SP 800-90A Rev. 1, 10.1.2.3, step 5).
  const isServed = reseedCounter >= 1 && reseedCounter <= most + 1;
  hold("reseed-counter", isServed, `a seed serves ${most} requests here, the counter stands at ${reseedCounter}`);
  const isAlone = isSearch || generation !== "random" || obliges(decision, alone);
  hold("group", !isAlone || additionalInput.keysPerGeneration === undefined, "such a key is made alone");
}
