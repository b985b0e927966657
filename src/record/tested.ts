/** What must have been tested before a key and about it: the core by known answers, a new pair by what its halves do. */
import { type Algorithm, isKeyPair } from "../algorithms/algorithm.ts";
import { hashStrengthBits } from "../algorithms/hash-strength.ts";
import { registry } from "../algorithms/registry.ts";
import type { SeedSchemeName } from "../algorithms/seed-schemes.ts";
import { useOf } from "../algorithms/web-crypto-use.ts";
import { type Hold, isSameList, obliges } from "./hold.ts";
import { factsOfKind } from "./kinds.ts";
import { notRunReasons, platformTestOf } from "./platform-tests.ts";
import type { Predicate } from "./record.ts";

/** A pair of the core is tested there, by the platform where the policy asks; one of the platform by both if both can. */
export function checkPairwise(predicate: Predicate, row: Algorithm, hold: Hold): void {
  const { pairwise, provider, decision } = predicate;
  const by = pairwise.map((each) => each.by);
  const isAsked = obliges(decision, ["pairwise-platform"]);
  if (!isKeyPair(row)) {
    hold("pairwise", by.length === 0 && !isAsked, "a secret key has no pair to be tested");
    return;
  }
  const whole = provider === "core" || predicate.checked === "full";
  const wanted = [...(whole ? ["core"] : []), ...(provider === "platform" || isAsked ? ["platform"] : [])];
  hold(
    "pairwise",
    isSameList(by, wanted),
    `the pair must be tested by ${wanted.join(" and ")}, got ${by.join(" and ")}`,
  );
  for (const each of pairwise) {
    if (each.by === "core") hold("pairwise", each.test === factsOfKind(row).pairwise, "the core tests another thing");
    else checkPlatformTest(each, predicate, row, hold);
  }
}

/** A platform tests the use that a key is made for, where Web Cryptography names it. */
function checkPlatformTest(
  stated: Predicate["pairwise"][number],
  { provider, purpose }: Predicate,
  row: Algorithm,
  hold: Hold,
): void {
  const use = useOf(row, purpose);
  const test = use && platformTestOf(use).test;
  // One that made the pair has the algorithm to test it by; what has no name for it cannot refuse it.
  const holds =
    stated.result === "passed"
      ? stated.test === test
      : provider === "core" && (test !== undefined || stated.reason === notRunReasons.lacking);
  const why = test === undefined ? `no Web Cryptography names such a ${row.name}` : `the platform tests by ${test}`;
  hold("pairwise", holds, why);
}

/**
 * Whatever the core can have tested: its hashes and what is built on them, its derivations (KDF-expansion, PBKDF2), and
 * what it computes with each kind of key. In the words of `core/self-test.ts`, which would bring the core's calls along.
 */
const selfTestNames: readonly string[] = [
  ...Object.keys(hashStrengthBits).flatMap((hash) => ["", "HMAC-", "HMAC_DRBG-"].map((kind) => `${kind}${hash}`)),
  ...["KDF-expansion", "PBKDF2", "SHAKE128", "SHAKE256"],
  ...Object.values(registry).map((row) => factsOfKind(row).selfTest(row)),
];

/** What makes a key of a seed, besides what is computed with the key: det-keygen has a generator of its own. */
function ofSeed(scheme: SeedSchemeName, { kind }: Algorithm): string[] {
  const inDetKeygen = kind === "rsa" || kind === "ec";
  return [...(inDetKeygen ? ["HMAC_DRBG-SHA-256"] : []), ...(scheme === "keywright-hkdf-v1" ? ["KDF-expansion"] : [])];
}

/** What had to be tested before this key: the core's generator, and what the core computed with the key. */
export function checkSelfTests(predicate: Predicate, row: Algorithm, hold: Hold): void {
  const { selfTests, seed } = predicate;
  const { selfTest, checksPublic } = factsOfKind(row);
  const needed = predicate.provider === "core" ? [`${predicate.rng.mechanism}-${predicate.rng.hash}`] : [];
  if (predicate.provider === "core" || predicate.checked === "full" || checksPublic) needed.push(selfTest(row));
  if (seed !== undefined) needed.push(...ofSeed(seed.scheme, row));
  const missing = needed.filter((name) => !selfTests.includes(name));
  hold("self-tests", missing.length === 0, `${row.name} needs the self-tests ${missing.join(", ")}, not listed`);
  const odd = selfTests.filter((name, i) => !selfTestNames.includes(name) || selfTests.indexOf(name) !== i);
  hold("self-tests", odd.length === 0, `${odd.join(", ")} must be self-tests of this version, each listed once`);
}
