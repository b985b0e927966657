/** What a record must not say if it is one of this version's: each statement is held against the others and the registry. */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import { type Algorithm, isKeyPair } from "../algorithms/algorithm.ts";
import { isAlgorithmName, registry } from "../algorithms/registry.ts";
import { utf8 } from "../bytes.ts";
import { checkRecovery } from "./copy.ts";
import { checkDecision, checkObligations } from "./decision.ts";
import { describeAlgorithm, describePlatform, rsaMakingOf } from "./describe.ts";
import { checkDrawing, checkGenerator } from "./drawing.ts";
import { type Broken, type Hold, isSameList } from "./hold.ts";
import { hasCheckValue } from "./kcv.ts";
import { checkPlatform } from "./platform.ts";
import { claimsFor, type KeyRecord, type Predicate } from "./record.ts";
import { checkSeed } from "./seed.ts";
import { checkPairwise, checkSelfTests } from "./tested.ts";

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
    checkGenerator(predicate, hold);
    checkDrawing(predicate, row, hold);
  } else checkPlatform(predicate, row, hold);
  checkSelfTests(predicate, row, hold);
  const { build, kernel } = predicate.provider === "core" ? predicate.module : predicate.module.checkedBy;
  hold("kernel", build === "relaxed" || kernel !== "fma", "plain SIMD has no fused operations");
  checkTimes(predicate, now, hold);
  checkDecision(predicate, row, hold);
  checkObligations(predicate, hold);
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

function checkTimes({ requestedAt, generatedAt }: Predicate, now: Date, hold: Hold): void {
  const generated = Date.parse(generatedAt);
  hold("times", Date.parse(requestedAt) <= generated, "the key was generated before it was requested");
  hold(
    "future",
    generated <= now.getTime() + CLOCK_SKEW_MS,
    `generated at ${generatedAt}, now is ${now.toISOString()}`,
  );
}
