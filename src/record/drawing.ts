/** What holds of the generator that a key of the core was drawn from, and of the entropy behind it. */
import type { Algorithm } from "../algorithms/algorithm.ts";
import { strengthOfHash } from "../algorithms/hash-strength.ts";
import { MAX_RESEED_INTERVAL, personalization, rngStandard, sources } from "./generator.ts";
import { type Hold, isSameList, obliges } from "./hold.ts";
import type { CorePredicate } from "./record.ts";

export function checkGenerator({ rng }: CorePredicate, row: Algorithm, hold: Hold): void {
  const { hash, strengthBits, reseedCounter, reseedInterval } = rng;
  hold("rng-standard", rng.standard === rngStandard, `${rng.mechanism} is that of ${rngStandard}`);
  const most = strengthOfHash(hash);
  hold(
    "rng-hash",
    strengthBits <= most,
    most === 0
      ? `hash ${hash} is not known to this version`
      : `${rng.mechanism} on ${hash} has at most ${most} bits, the record states ${strengthBits} (SP 800-57 Part 1 Rev. 5, Table 3)`,
  );
  hold(
    "rng-strength",
    strengthBits >= row.drbgBits,
    `${row.name} needs a generator of ${row.drbgBits} bits, the record states ${strengthBits}`,
  );
  // The counter is one ahead of the requests that were served (SP 800-90A Rev. 1, 10.1.2.3, step 5).
  hold(
    "reseed-counter",
    reseedCounter >= 1 && reseedCounter <= reseedInterval + 1,
    `a seed serves ${reseedInterval} requests, the counter stands at ${reseedCounter}`,
  );
  hold(
    "reseed-interval",
    reseedInterval >= 1 && reseedInterval <= MAX_RESEED_INTERVAL,
    "a seed serves 1 to 2^48 requests (SP 800-90A Rev. 1, Table 2)",
  );
  hold(
    "personalization",
    isSameList(rng.personalization, personalization),
    `the personalization string binds ${personalization.join(", ")}`,
  );
}

/** What is done anew for each key. */
const alone = ["prediction-resistance", "pairwise-platform"];

export function checkEntropy(predicate: CorePredicate, row: Algorithm, hold: Hold): void {
  const { rng, deterministic, environment, generation, decision } = predicate;
  const { entropy, health, strengthBits, additionalInput } = rng;
  const source = sources[entropy.assertedBy];
  hold(
    "entropy",
    entropy.bits * 2 >= strengthBits * 3,
    `${strengthBits} bits of strength need ${(strengthBits * 3) / 2} bits of entropy without a nonce (SP 800-90A Rev. 1, 8.6.7)`,
  );
  hold(
    "entropy-source",
    entropy.source === source.name,
    `what the ${entropy.assertedBy} answers for comes from ${source.name}, the record states ${entropy.source}`,
  );
  hold(
    "additional-input",
    additionalInput.bytesPerGeneration === source.freshLen,
    `each generation mixes in ${source.freshLen} bytes of ${source.name}`,
  );
  const isAlone = row.kind === "rsa" || row.kind === "slh-dsa" || generation !== "random" || obliges(decision, alone);
  hold("group", !isAlone || additionalInput.keysPerGeneration === undefined, "such a key is made alone");
  const stated: Readonly<Record<string, unknown>> = health;
  for (const [name, value] of Object.entries(source.health)) {
    const why = `${name} of the health tests of ${source.name} is ${value}, the record states ${stated[name]}`;
    hold("health", stated[name] === value, why);
  }
  const scripted = entropy.assertedBy === "caller";
  hold("deterministic", deterministic === scripted, "scripted entropy and the deterministic mark go together");
  hold("test-only", !deterministic || environment === "test", "a deterministic key belongs to the test environment");
}
