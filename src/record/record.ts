/**
 * The record that leaves with each key: an in-toto Statement v1 whose predicate says how the key was made. It states;
 * it proves nothing by itself, and it is not signed in this version.
 */
import type * as v from "valibot";
import { type Algorithm, isKeyPair } from "../algorithms/algorithm.ts";
import type { corePredicate, platformPredicate, recordSchema } from "./schema.ts";

export const STATEMENT_TYPE = "https://in-toto.io/Statement/v1";
export const PREDICATE_TYPE = "pkg:npm/keywright#key-generation/v1";

export type KeyRecord = v.InferOutput<typeof recordSchema>;
export type CorePredicate = v.InferOutput<typeof corePredicate>;
export type PlatformPredicate = v.InferOutput<typeof platformPredicate>;
export type Predicate = CorePredicate | PlatformPredicate;
/** The record of a key by its provider. */
export type CoreRecord = KeyRecord & { readonly predicate: CorePredicate };
export type PlatformRecord = KeyRecord & { readonly predicate: PlatformPredicate };
export type SubjectDigest = KeyRecord["subject"][0]["digest"];

const VECTORS = "algorithms implemented from the standards named, tested against published NIST and C2SP vectors";
/** Of a secret key, which is bits and nothing else: what it is used with is made by others. */
const BITS =
  "key bits from functions implemented from the standards named, tested against published NIST and RFC vectors";
/** Of X-Wing and secp256k1, for which there are none. */
const NO_VECTORS = "algorithms implemented from the standards named, compared with independent implementations";

const CONSTANT_TIME = "constant-time source for operations on secrets, rejected candidates excepted";

const notClaimed = [
  "validation under CAVP, CMVP or FIPS 140-3",
  "assessment of the entropy source under SP 800-90B",
  "authenticity: this record is not signed, anyone could have written it",
  "wiping of copies made by the JavaScript engine, by WebCrypto or by the caller",
];

/** A.1.3 looks at numbers that have nothing to do with each other; the other methods at one after the other. */
const SEARCH_LENGTH = "hiding how many candidates the search for a prime looked at, and how long it took";

/** Of a key that the platform made, only what was looked at is claimed. */
const platformClaims: Predicate["claims"] = {
  claimed: ["the key is the one that was asked for, as far as `checked` says that it was looked at"],
  notClaimed: [...notClaimed, "how the platform made the key: its generator, its method, its protection of secrets"],
};

/** Of a key from a seed the generator drew the name and the salt alone. */
const SEED_UNKNOWN = "the entropy and the secrecy of the seed, from which the key can be made again at any time";

/** What a record says it does and does not claim: the same for every key of a kind and a provider. */
export function claimsFor(row: Algorithm, provider: Predicate["provider"], fromSeed = false): Predicate["claims"] {
  if (provider === "platform") return platformClaims;
  const noVectors = row.kind === "x-wing" || row.name === "secp256k1";
  const more = [...(row.kind === "rsa" ? [SEARCH_LENGTH] : []), ...(fromSeed ? [SEED_UNKNOWN] : [])];
  return {
    claimed: [noVectors ? NO_VECTORS : isKeyPair(row) ? VECTORS : BITS, CONSTANT_TIME],
    notClaimed: [...notClaimed, ...more],
  };
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
