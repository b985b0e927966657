/** What a rule is, and what it looks at. Profiles are lists of rules; `decide` asks each whether it holds. */

import type { Algorithm, Purpose } from "../algorithms/algorithm.ts";
import type { DerivationFunction } from "../derive/names.ts";

/**
 * What the source says of a key that breaks the rule. The words are kept apart on purpose: *deprecated* is allowed, at a
 * risk that the user accepts; *legacy* may process what exists but makes nothing new; *recommended against* is advice.
 * (SP 800-131A Rev. 2, 1.2.2, but for the last.)
 */
export type RuleState = "disallowed" | "deprecated" | "legacy" | "recommended-against";

/**
 * How far the clause behind a rule was checked by the authors of this library: in the document's own text (`read`), in a
 * public file that quotes it and names the place (`quoted`), in one that reports it (`secondary`), or not (`memory`). A rule of the last kind never refuses.
 */
export type Verified = "read" | "quoted" | "secondary" | "memory";

export interface GeneratorFacts {
  /** As SP 800-90A names it: `HMAC_DRBG`. */
  readonly mechanism: string;
  /** The hash inside: `SHA-256`, `SHA-512/256`, `SHA3-384`. */
  readonly hash: string;
  readonly strengthBits: number;
}

/** All that a rule may look at. No clock: `today` is given. */
export interface Facts {
  readonly algorithm: Algorithm;
  readonly generator: GeneratorFacts;
  readonly purpose: Purpose | undefined;
  /**
   * The last day on which what the key protects must be safe: at least the last on which it may protect something new, by the
   * policy's cryptoperiod, or today.
   */
  readonly protectUntil: string;
  /** By the policy's cryptoperiod, or today: the last day on which the key may protect something new. */
  readonly usedUntil: string;
  /** By it too: the last day on which the key may process what it protected; empty where the policy does not say. */
  readonly processedUntil: string;
  readonly today: string;
  /** The policy's cryptoperiod for the purpose, if it has one. */
  readonly cryptoperiod: { readonly originatorUsageDays: number; readonly recipientUsageDays?: number } | undefined;
}

/** A rule on facts of the kind `F`. */
export interface RuleOf<F> {
  readonly id: string;
  /** Document, revision and clause. */
  readonly source: string;
  readonly state: RuleState;
  /** First day on which the state applies; always, if absent. */
  readonly from?: string;
  /** Last day on which the state applies; without end, if absent. */
  readonly until?: string;
  /**
   * What `from` is compared with: the day of the decision, or the last day on which the key has to protect something,
   * where the source ties strength to the life of the data, or that on which it is used, where the source ends use
   * or processing.
   */
  readonly reaches?: "protectUntil" | "usedUntil" | "processedUntil";
  /** The source is itself a draft. Such a rule only ever warns. */
  readonly draft?: true;
  readonly verified: Verified;
  holds(facts: F): boolean;
  why(facts: F): string;
}

/** A rule on keys. */
export interface Rule extends RuleOf<Facts> {
  /**
   * `algorithm`: only `facts.algorithm` decides, so that a policy can be checked against it without a request.
   * `generator`: not asked where nobody knows the generator; that is a finding of its own.
   */
  readonly subject: "algorithm" | "generator" | "request";
}

/** All that a rule on derivations may look at: lengths, counts and names. */
export interface DerivationFacts {
  readonly kdf: DerivationFunction;
  readonly hash: string;
  readonly purpose: string | undefined;
  /** Of the strongest key that goes in; nobody knows it of a password. */
  readonly keyBits: number | undefined;
  readonly saltBits: number;
  /** PBKDF2 alone has them. */
  readonly iterations: number | undefined;
  readonly outputBits: number;
  /** A derivation states no other day. */
  readonly today: string;
}

export type DerivationRule = RuleOf<DerivationFacts>;

export interface Profile {
  readonly id: string;
  readonly title: string;
  /** Whom the source binds. Others may choose to follow it. */
  readonly population: string;
  readonly rules: readonly Rule[];
  readonly derivations: readonly DerivationRule[];
}
