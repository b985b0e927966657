/** What a record must not say if it is one of this version's: each statement is held against the others and the registry. */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import { type Algorithm, isKeyPair } from "../algorithms/algorithm.ts";
import { strengthOfHash } from "../algorithms/hash-strength.ts";
import { isAlgorithmName, registry } from "../algorithms/registry.ts";
import { utf8 } from "../bytes.ts";
import { describeAlgorithm, describePlatform, rsaMakingOf } from "./describe.ts";
import { MAX_RESEED_INTERVAL, personalization, rngStandard, sources } from "./generator.ts";
import { hasCheckValue } from "./kcv.ts";
import { factsOfKind } from "./kinds.ts";
import { checkPlatform } from "./platform.ts";
import { type CorePredicate, claimsFor, type KeyRecord, type Predicate } from "./record.ts";
import { checkSeed } from "./seed.ts";

export interface Broken {
  /** What does not hold, by a name that stays. */
  readonly id: string;
  readonly why: string;
}

export type Hold = (id: string, holds: boolean, why: string) => void;

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
  checkPairwise(predicate, row, hold);
  if (predicate.provider === "core") {
    checkGenerator(predicate, row, hold);
    checkEntropy(predicate, row, hold);
  } else checkPlatform(predicate, row, hold);
  checkSelfTests(predicate, row, hold);
  const { build, kernel } = predicate.provider === "core" ? predicate.module : predicate.module.checkedBy;
  hold("kernel", build === "relaxed" || kernel !== "fma", "plain SIMD has no fused operations");
  checkTimes(predicate, now, hold);
  checkDecision(predicate, row, hold);
  checkRecovery(predicate, row, hold);
  const { claimed, notClaimed } = predicate.claims;
  const claims = claimsFor(row, predicate.provider, predicate.seed !== undefined);
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
  lucas: "lucas",
  errorBound: "error-bound",
} as const;

function checkAlgorithm(predicate: Predicate, row: Algorithm, hold: Hold): void {
  const { algorithm } = predicate;
  const stated: Readonly<Record<string, unknown>> = algorithm.parameters;
  const making = rsaMakingOf(stated);
  const wanted =
    predicate.provider === "core"
      ? describeAlgorithm(row, predicate.generation, making)
      : describePlatform(row, making.publicExponent, predicate.checked);
  hold("strength", algorithm.strengthBits === wanted.strengthBits, `${row.name} has ${row.strengthBits} bits`);
  hold(
    "standard",
    algorithm.standard === wanted.standard,
    `${row.name} of generation ${predicate.generation} is made by ${wanted.standard}`,
  );
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
  const { kcvSalt, seed } = predicate;
  const [{ name, digest }] = subject;
  if (isKeyPair(row)) {
    hold("subject", "sha256" in digest, "a key pair is named by the SHA-256 of its public key");
    hold("kcv-salt", kcvSalt === undefined, "a key pair has no key check value, so no salt for it");
    return;
  }
  const isKept = predicate.provider === "platform" && predicate.checked === "public";
  if (!isKept && hasCheckValue(seed?.origin)) {
    hold("subject", "keywrightKcv1" in digest, "a secret key is named by its key check value");
    hold("kcv-salt", kcvSalt !== undefined, "a key check value needs its salt");
  } else {
    const own = "keywrightKeyId" in digest && digest.keywrightKeyId === bytesToHex(sha256(utf8(name)));
    const which = isKept ? "that nobody can read" : `whose seed is of the origin ${seed?.origin}`;
    hold("subject", own, `a secret key ${which} is named by its id alone`);
    hold("kcv-salt", kcvSalt === undefined, "a key without a check value has no salt for it");
  }
}

/** A pair of the core is tested there, by the platform where the policy asks; one of the platform by both if both can. */
function checkPairwise(predicate: Predicate, row: Algorithm, hold: Hold): void {
  const { pairwise, provider, decision } = predicate;
  const by = pairwise.map((each) => each.by);
  if (!isKeyPair(row)) {
    hold("pairwise", by.length === 0, "a secret key has no pair to be tested");
    return;
  }
  const isAsked = obliges(decision, ["pairwise-platform"]);
  const whole = provider === "core" || predicate.checked === "full";
  const wanted = [...(whole ? ["core"] : []), ...(provider === "platform" || isAsked ? ["platform"] : [])];
  hold(
    "pairwise",
    isSameList(by, wanted),
    `the pair must be tested by ${wanted.join(" and ")}, got ${by.join(" and ")}`,
  );
  for (const each of pairwise) {
    if (each.by === "core") hold("pairwise", each.test === factsOfKind(row).pairwise, "the core tests another thing");
    const isRun = provider === "core" || each.result === "passed";
    hold("pairwise", isRun, "a platform that made the pair has the algorithm to test it by");
  }
}

function checkGenerator({ rng }: CorePredicate, row: Algorithm, hold: Hold): void {
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

function obliges({ obligations }: Predicate["decision"], ids: readonly string[]): boolean {
  return obligations.some(({ id }) => ids.includes(id));
}

function checkEntropy(predicate: CorePredicate, row: Algorithm, hold: Hold): void {
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

/** What had to be tested before this key: the core's generator, and what the core computed with the key. */
function checkSelfTests(predicate: Predicate, row: Algorithm, hold: Hold): void {
  const { selfTests } = predicate;
  const { selfTest, checksPublic } = factsOfKind(row);
  const needed = predicate.provider === "core" ? [`${predicate.rng.mechanism}-${predicate.rng.hash}`] : [];
  if (predicate.provider === "core" || predicate.checked === "full" || checksPublic) needed.push(selfTest(row));
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
  const refused = ["policy/generator-known", "policy/approved-on"].filter(warned);
  hold("warnings", !production || refused.length === 0, `production refuses ${refused.join(" and ")}`);
  const marked = obliges(decision, ["mark-not-approved"]);
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

/** What copies are wrapped to, RFC 7518, 4.3 and 4.6. */
const kindsOf: Readonly<Record<NonNullable<Predicate["recovery"]>["alg"], readonly string[]>> = {
  "RSA-OAEP-256": ["rsa"],
  "ECDH-ES+A256KW": ["ec", "okp"],
};

function checkRecovery({ recovery, decision }: Predicate, row: Algorithm, hold: Hold): void {
  if (recovery === undefined) return;
  const { algorithm: name, strengthBits, alg } = recovery;
  const key = isAlgorithmName(name) ? registry[name] : undefined;
  hold(
    "recovery",
    key !== undefined && key.strengthBits === strengthBits && kindsOf[alg].includes(key.kind),
    `${name} keys of ${strengthBits} bits are not what copies are wrapped to by ${alg}`,
  );
  hold(
    "recovery-strength",
    strengthBits >= row.strengthBits,
    `${row.name} has ${row.strengthBits} bits of strength, the key that its copy is wrapped to ${strengthBits}`,
  );
  const warned = decision.warnings.some(({ id }) => id === "policy/recovery-quantum");
  hold(
    "recovery-warning",
    warned === "category" in row,
    "a warning says where a copy is not safe from quantum computers",
  );
}

function isSameList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((each, i) => each === b[i]);
}
