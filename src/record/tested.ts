/** What must have been tested before a key and about it: the core by known answers, a new pair by what its halves do. */
import { type Algorithm, isKeyPair } from "../algorithms/algorithm.ts";
import { type Hold, isSameList, obliges } from "./hold.ts";
import { factsOfKind } from "./kinds.ts";
import type { Predicate } from "./record.ts";

/** A pair of the core is tested there, by the platform where the policy asks; one of the platform by both if both can. */
export function checkPairwise(predicate: Predicate, row: Algorithm, hold: Hold): void {
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

/** What had to be tested before this key: the core's generator, and what the core computed with the key. */
export function checkSelfTests(predicate: Predicate, row: Algorithm, hold: Hold): void {
  const { selfTests } = predicate;
  const { selfTest, checksPublic } = factsOfKind(row);
  const needed = predicate.provider === "core" ? [`${predicate.rng.mechanism}-${predicate.rng.hash}`] : [];
  if (predicate.provider === "core" || predicate.checked === "full" || checksPublic) needed.push(selfTest(row));
  const missing = needed.filter((name) => !selfTests.includes(name));
  hold("self-tests", missing.length === 0, `${row.name} needs the self-tests ${missing.join(", ")}, not listed`);
}
