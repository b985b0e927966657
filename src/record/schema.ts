/** The form of a record, for whoever reads one. Whoever writes one needs only its type, so this stays out of their bundle. */
import * as v from "valibot";
import { seedSchemeNames } from "../algorithms/seed-schemes.ts";
import { combination as combined } from "../derive/limits.ts";
import { isDate } from "../policy/dates.ts";
import { MAX_GROUP, MAX_WHY, PREDICATE_TYPE, STATEMENT_TYPE } from "./record.ts";

const text = v.pipe(v.string(), v.minLength(1), v.maxLength(512));
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const sha256Hex = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, "64 lower-case hex digits"));
const digest = v.pipe(v.string(), v.regex(/^sha256:[0-9a-f]{64}$/, "sha256: and 64 lower-case hex digits"));
/** An instant in the one form that Date.prototype.toISOString writes: UTC, with milliseconds. */
const instant = v.pipe(
  v.string(),
  v.regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/, "an instant such as 2026-11-21T00:00:00.000Z"),
  v.check(isInstant, "an instant that exists"),
);
const day = v.pipe(v.string(), v.check(isDate, "a date such as 2035-12-31"));
const uuid = v.pipe(v.string(), v.uuid());

const finding = v.strictObject({
  id: text,
  source: text,
  state: v.picklist(["disallowed", "deprecated", "legacy", "recommended-against"]),
  why: v.pipe(v.string(), v.minLength(1), v.maxLength(MAX_WHY)),
  from: v.exactOptional(text),
  until: v.exactOptional(text),
  draft: v.exactOptional(v.literal(true)),
  verified: v.exactOptional(v.picklist(["read", "quoted", "secondary", "memory"])),
});

const obligation = v.strictObject({
  id: text,
  source: text,
  what: text,
  originatorUsageEnds: v.exactOptional(text),
  recipientUsageEnds: v.exactOptional(text),
});

const algorithm = v.strictObject({
  name: text,
  standard: text,
  strengthBits: count,
  /**
   * Secret keys: length. Curves: which. Lattices and hashes: parameter set and NIST category. RSA: modulus, exponent, the
   * appendix of FIPS 186-5 and its primality test.
   */
  parameters: v.union([
    v.strictObject({ keyBits: count }),
    v.strictObject({ curve: text }),
    v.strictObject({ parameterSet: text, category: v.picklist([1, 2, 3, 5]) }),
    v.strictObject({
      modulusBits: count,
      publicExponent: count,
      method: text,
      millerRabinRounds: v.exactOptional(count),
      errorBound: text,
    }),
  ]),
});

const rng = v.strictObject({
  mechanism: v.literal("HMAC_DRBG"),
  standard: text,
  hash: text,
  strengthBits: count,
  reseedCounter: count,
  reseedInterval: count,
  personalization: v.array(text),
  additionalInput: v.strictObject({
    bytesPerGeneration: count,
    /** How many keys a generation may make, where that is more than one. */
    keysPerGeneration: v.exactOptional(v.pipe(count, v.minValue(2), v.maxValue(MAX_GROUP))),
    credited: v.literal(false),
  }),
  entropy: v.strictObject({
    source: text,
    bits: count,
    assertedBy: v.picklist(["platform", "caller"]),
    assessed: v.literal(false),
  }),
  health: v.strictObject({
    standard: text,
    startUpSamples: count,
    repetitionCutoff: count,
    proportionCutoff: count,
    proportionWindow: count,
    result: v.picklist(["passed", "not-run"]),
  }),
  /** Where the generator ran, if the caller knows: not where the request came from. */
  jurisdiction: v.exactOptional(text),
});

const module = v.strictObject({
  package: v.literal("keywright"),
  version: text,
  build: v.picklist(["simd", "relaxed"]),
  kernel: text,
  digest,
  /** Who computed the digest: this process over the bytes it ran, or somebody it believed. */
  digestBy: v.picklist(["computed", "build", "caller", "subresource-integrity"]),
  runtime: v.strictObject({ name: text, version: v.exactOptional(text) }),
});

const decision = v.strictObject({
  allowed: v.literal(true),
  policy: v.strictObject({ id: text, version: count, digest, approved: v.boolean() }),
  warnings: v.array(finding),
  obligations: v.array(obligation),
});

const predicateSchema = v.strictObject({
  algorithm,
  generation: v.picklist(["random", "derived", "combined"]),
  /** What a derived key was made of: where the seed came from and how the key follows from it; never which seed. */
  seed: v.exactOptional(
    v.strictObject({
      origin: text,
      bits: count,
      assertedBy: v.literal("caller"),
      scheme: v.picklist(seedSchemeNames),
      standard: text,
    }),
  ),
  /** How many component keys and other data a combined key was made of, the generator's own component among them. */
  combination: v.exactOptional(
    v.strictObject({
      method: v.picklist([combined.xor, combined.extraction]),
      keys: v.pipe(count, v.minValue(2)),
      data: count,
    }),
  ),
  /** True for ever if the entropy was scripted: a key for tests only. */
  deterministic: v.boolean(),
  provider: v.literal("core"),
  module,
  rng,
  selfTests: v.array(text),
  pairwise: v.nullable(v.strictObject({ by: v.literal("core"), test: text, result: v.literal("passed") })),
  decision,
  environment: v.picklist(["development", "test", "production"]),
  tenant: text,
  scope: v.picklist(["tenant", "system"]),
  purpose: v.exactOptional(text),
  classification: v.exactOptional(text),
  protectUntil: v.exactOptional(day),
  requestedAt: instant,
  generatedAt: instant,
  /** Salt of the key check value, hex; secret keys only. */
  kcvSalt: v.exactOptional(v.pipe(v.string(), v.regex(/^[0-9a-f]{32}$/, "32 lower-case hex digits"))),
  claims: v.strictObject({ claimed: v.array(text), notClaimed: v.array(text) }),
});

export const recordSchema = v.strictObject({
  _type: v.literal(STATEMENT_TYPE),
  subject: v.strictTuple([
    v.strictObject({
      /** The key id. */
      name: uuid,
      digest: v.union([
        /** Of the DER SubjectPublicKeyInfo. */
        v.strictObject({ sha256: sha256Hex }),
        /** Key check value of a secret key. */
        v.strictObject({ keywrightKcv1: v.pipe(v.string(), v.regex(/^[0-9a-f]{32}$/, "32 lower-case hex digits")) }),
        /** SHA-256 of the key id, where a check value would let anybody try what the key may have come from. */
        v.strictObject({ keywrightKeyId: sha256Hex }),
      ]),
    }),
  ]),
  predicateType: v.literal(PREDICATE_TYPE),
  predicate: predicateSchema,
});

function isInstant(text: string): boolean {
  const ms = Date.parse(text);
  return !Number.isNaN(ms) && new Date(ms).toISOString() === text;
}
