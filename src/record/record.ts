/**
 * The record that leaves with each key: an in-toto Statement v1 whose predicate says how the key was made. It states;
 * it proves nothing by itself, and it is not signed in this version.
 */
import type * as v from "valibot";
import type { Algorithm } from "../algorithms/algorithm.ts";
import type { recordSchema } from "./schema.ts";

export const STATEMENT_TYPE = "https://in-toto.io/Statement/v1";
export const PREDICATE_TYPE = "pkg:npm/keywright#key-generation/v1";

export type KeyRecord = v.InferOutput<typeof recordSchema>;
export type Predicate = KeyRecord["predicate"];
export type SubjectDigest = KeyRecord["subject"][0]["digest"];

const claims: Predicate["claims"] = {
  claimed: [
    "algorithms implemented from the standards named, tested against published NIST and C2SP vectors",
    "constant-time source for operations on secrets, rejected candidates excepted",
  ],
  notClaimed: [
    "validation under CAVP, CMVP or FIPS 140-3",
    "assessment of the entropy source under SP 800-90B",
    "authenticity: this record is not signed, anyone could have written it",
    "wiping of copies made by the JavaScript engine, by WebCrypto or by the caller",
  ],
};

/** A.1.3 looks at numbers that have nothing to do with each other; the other methods at one after the other. */
const SEARCH_LENGTH = "hiding how many candidates the search for a prime looked at, and how long it took";

/** Of a key from a seed the generator drew the name and the salt alone. */
const SEED_UNKNOWN = "the entropy and the secrecy of the seed, from which the key can be made again at any time";

/** What a record says it does and does not claim: the same for every key of a kind. */
export function claimsFor({ kind }: Algorithm, fromSeed = false): Predicate["claims"] {
  const more = [...(kind === "rsa" ? [SEARCH_LENGTH] : []), ...(fromSeed ? [SEED_UNKNOWN] : [])];
  return more.length === 0 ? claims : { ...claims, notClaimed: [...claims.notClaimed, ...more] };
}

/** Keys that share a decision and fresh platform bytes at most. */
export const MAX_GROUP = 16;

/** The longest reason that a record holds. A policy may have any number of names, and a reason may list them all. */
export const MAX_WHY = 4096;

export function buildRecord(keyId: string, digest: SubjectDigest, predicate: Predicate): KeyRecord {
  const { decision } = predicate;
  const isLong = decision.warnings.some(({ why }) => why.length > MAX_WHY);
  return {
    _type: STATEMENT_TYPE,
    subject: [{ name: keyId, digest }],
    predicateType: PREDICATE_TYPE,
    predicate: isLong
      ? { ...predicate, decision: { ...decision, warnings: decision.warnings.map(shorten) } }
      : predicate,
  };
}

function shorten<F extends { readonly why: string }>(warning: F): F {
  const { why } = warning;
  return why.length > MAX_WHY ? { ...warning, why: `${why.slice(0, MAX_WHY - 1)}…` } : warning;
}
