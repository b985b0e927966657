/** What a record must not say if it is one of this version's: each statement is held against the others and the registry. */
import { sha256 } from "@noble/hashes/sha2.js";
import { hex } from "@scure/base";
import { type Algorithm, isKeyPair } from "../algorithms/algorithm.ts";
import { isAlgorithmName, registry } from "../algorithms/registry.ts";
import { DEFAULT_PUBLIC_EXPONENT } from "../algorithms/rsa-methods.ts";
import { findSeedScheme, SEEDED_RSA_METHOD } from "../algorithms/seed-schemes.ts";
import { utf8 } from "../bytes.ts";
import { describeAlgorithm, rsaMakingOf } from "./describe.ts";
import { MAX_RESEED_INTERVAL, personalization, rngStandard, sources, strengthOfHash } from "./generator.ts";
import { hasCheckValue } from "./kcv.ts";
import { factsOfKind } from "./kinds.ts";
import { claimsFor, type KeyRecord, type Predicate } from "./record.ts";

export interface Broken {
  /** What does not hold, by a name that stays. */
  readonly id: string;
  readonly why: string;
}

type Hold = (id: string, holds: boolean, why: string) => void;

/** How far the clock of whoever generated may be ahead of the verifier's. */
const CLOCK_SKEW_MS = 5 * 60_000;

export function contradictions(record: KeyRecord, now: Date): Broken[] {
  const { predicate } = record;
  const { name } = predicate.algorithm;
  if (!isAlgorithmName(name)) return [{ id: "algorithm", why: `algorithm ${name} is not known to this version` }];
  const row = registry[name];
  const broken: Broken[] = [];
  const hold: Hold = (id, holds, why) => {
    if (!holds) broken.push({ id, why });
  };
  checkAlgorithm(predicate, row, hold);
  checkSubject(record, row, hold);
  checkSeed(predicate, row, hold);
  checkGenerator(predicate, row, hold);
  checkEntropy(predicate, hold);
  checkSelfTests(predicate, row, hold);
  checkTimes(predicate, now, hold);
  checkDecision(predicate, row, hold);
  const { claimed, notClaimed } = predicate.claims;
  const claims = claimsFor(row, predicate.seed !== undefined);
  hold(
    "claims",
    isSameList(claimed, claims.claimed) && isSameList(notClaimed, claims.notClaimed),
    "the record claims other things than this version does",
  );
  return broken;
}

const parameterFindings = {
  keyBits: "parameters",
  curve: "parameters",
  parameterSet: "parameters",
  category: "parameters",
  modulusBits: "parameters",
  publicExponent: "exponent",
  method: "method",
  millerRabinRounds: "rounds",
  errorBound: "error-bound",
} as const;

function checkAlgorithm({ algorithm }: Predicate, row: Algorithm, hold: Hold): void {
  const stated: Readonly<Record<string, unknown>> = algorithm.parameters;
  const wanted = describeAlgorithm(row, rsaMakingOf(stated));
  hold("strength", algorithm.strengthBits === wanted.strengthBits, `${row.name} has ${row.strengthBits} bits`);
  hold("standard", algorithm.standard === wanted.standard, `${row.name} is made by ${wanted.standard}`);
  const names = new Set([...Object.keys(wanted.parameters), ...Object.keys(stated)]);
  const meant: Readonly<Record<string, unknown>> = wanted.parameters;
  for (const name of names) {
    const value = meant[name] ?? "not stated";
    const id = parameterFindings[name as keyof typeof parameterFindings]; // the schema has these names and no others
    hold(id, stated[name] === meant[name], `${name} of ${row.name} is ${value}, the record states ${stated[name]}`);
  }
}

/** What names the key and what was tested about it differ between pairs and secret keys. */
function checkSubject({ subject, predicate }: KeyRecord, row: Algorithm, hold: Hold): void {
  const { pairwise, kcvSalt, seed } = predicate;
  const [{ name, digest }] = subject;
  if (isKeyPair(row)) {
    hold("subject", "sha256" in digest, "a key pair is named by the SHA-256 of its public key");
    hold("pairwise", pairwise !== null, "a key pair needs a pairwise consistency test");
    hold("kcv-salt", kcvSalt === undefined, "a key pair has no key check value, so no salt for it");
    return;
  }
  hold("pairwise", pairwise === null, "a secret key has no pair to be tested");
  if (hasCheckValue(seed?.origin)) {
    hold("subject", "keywrightKcv1" in digest, "a secret key is named by its key check value");
    hold("kcv-salt", kcvSalt !== undefined, "a key check value needs its salt");
  } else {
    const own = "keywrightKeyId" in digest && digest.keywrightKeyId === hex.encode(sha256(utf8(name)));
    hold("subject", own, `a secret key whose seed is of the origin ${seed?.origin} is named by its id alone`);
    hold("kcv-salt", kcvSalt === undefined, "a key without a check value has no salt for it");
  }
}

function checkSeed({ generation, seed, combination, algorithm }: Predicate, row: Algorithm, hold: Hold): void {
  const combined = combination !== undefined;
  hold("combination", (generation === "combined") === combined, "a combined key has components, and no other has");
  hold("combination", !combined || !isKeyPair(row), `components make secret keys, and ${row.name} is none`);
  hold("generation", (generation === "derived") === (seed !== undefined), "a derived key has a seed, and no other has");
  if (seed === undefined) return;
  const { standard, serves } = findSeedScheme(seed.scheme);
  hold(
    "seed-scheme",
    serves(row) && seed.standard === standard,
    `${seed.scheme} makes no ${row.name} by that standard`,
  );
  hold("seed-bits", seed.bits >= row.drbgBits, `${row.name} needs a seed of ${row.drbgBits} bits, got ${seed.bits}`);
  if (row.kind !== "rsa") return;
  const { method, publicExponent } = rsaMakingOf({ ...algorithm.parameters });
  const own = method === SEEDED_RSA_METHOD && publicExponent === DEFAULT_PUBLIC_EXPONENT;
  hold("seed-scheme", own, "RSA keys come from seeds by FIPS 186-5, A.1.3, with e = 65537");
}

function checkGenerator({ rng }: Predicate, row: Algorithm, hold: Hold): void {
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

function checkEntropy({ rng, deterministic, environment }: Predicate, hold: Hold): void {
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
  const stated: Readonly<Record<string, unknown>> = health;
  for (const [name, value] of Object.entries(source.health)) {
    const why = `${name} of the health tests of ${source.name} is ${value}, the record states ${stated[name]}`;
    hold("health", stated[name] === value, why);
  }
  const scripted = entropy.assertedBy === "caller";
  hold("deterministic", deterministic === scripted, "scripted entropy and the deterministic mark go together");
  hold("test-only", !deterministic || environment === "test", "a deterministic key belongs to the test environment");
}

/** What had to be tested before this key: the generator, and what was computed with the key. */
function checkSelfTests({ selfTests, rng }: Predicate, row: Algorithm, hold: Hold): void {
  const needed = [`${rng.mechanism}-${rng.hash}`, factsOfKind(row).selfTest(row)];
  const missing = needed.filter((name) => !selfTests.includes(name));
  hold("self-tests", missing.length === 0, `${row.name} needs the self-tests ${missing.join(", ")}, not listed`);
}

function checkTimes({ requestedAt, generatedAt }: Predicate, now: Date, hold: Hold): void {
  const generated = Date.parse(generatedAt);
  hold("times", Date.parse(requestedAt) <= generated, "the key was generated before it was requested");
  hold(
    "future",
    generated <= now.getTime() + CLOCK_SKEW_MS,
    `generated at ${generatedAt}, now is ${now.toISOString()}`,
  );
}

/** What follows for any policy from the rest of the record; the policy's own rules are not at hand. */
function checkDecision(predicate: Predicate, row: Algorithm, hold: Hold): void {
  const { decision, environment, purpose, classification } = predicate;
  const { approved } = decision.policy;
  const production = environment === "production";
  const warned = (id: string): boolean => decision.warnings.some((warning) => warning.id === id);
  hold("approval", !production || approved, "production needs an approved policy");
  const marked = decision.obligations.some(({ id }) => id === "mark-not-approved");
  hold(
    "approval-mark",
    marked === !approved && warned("policy/approved") === !approved,
    "a warning and an obligation say that a policy is not approved, and only then",
  );
  hold(
    "warnings",
    decision.warnings.every(({ state, draft }) => draft === true || (state !== "disallowed" && state !== "legacy")),
    "an allowed decision lists a rule that refuses",
  );
  const purposes: readonly string[] = row.purposes;
  hold(
    "purpose",
    purpose === undefined ? !production && warned("policy/purpose-stated") : purposes.includes(purpose),
    `a key of ${row.name} serves to ${purposes.join(", ")}; where none is stated, not in production, a warning says so`,
  );
  hold(
    "purpose-warning",
    purpose === undefined || !warned("policy/purpose-stated"),
    "a warning says that no purpose is stated, and one is",
  );
  hold(
    "classification",
    classification === undefined ? !production : !warned("policy/classification-stated"),
    "production needs a classification, and no warning says that it is missing where it is stated",
  );
}

function isSameList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((each, i) => each === b[i]);
}
