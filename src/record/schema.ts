/** The form of a record, for whoever reads one. Whoever writes one needs only its type, so this stays out of their bundle. */
import * as v from "valibot";
import { seedSchemeNames } from "../algorithms/seed-schemes.ts";
import { combination as combined } from "../derive/limits.ts";
import { isDate } from "../policy/dates.ts";
import type { Obligation } from "../policy/decide.ts";
import { notRunReasons } from "./platform-tests.ts";
import { MAX_GROUP, MAX_WHY, PREDICATE_TYPE, STATEMENT_TYPE } from "./record.ts";

/** Control characters could forge lines where a record is printed. */
const text = v.pipe(
  v.string(),
  v.minLength(1, "some text"),
  v.maxLength(512, "at most 512 characters"),
  v.regex(/^\P{Cc}*$/u, "text without control characters"),
);
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const sha256Hex = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, "64 lower-case hex digits"));
const digest = v.pipe(v.string(), v.regex(/^sha256:[0-9a-f]{64}$/, "sha256: and 64 lower-case hex digits"));
/** An instant in the one form that Date.prototype.toISOString writes: UTC, with milliseconds. */
const instant = v.pipe(
  v.string(),
  v.regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/, "an instant such as 2026-11-21T00:00:00.000Z"),
  v.check(isInstant, "an instant that exists"),
  v.minValue("2026", "an instant from 2026 on"),
);
const day = v.pipe(v.string(), v.check(isDate, "a date such as 2035-12-31"));
/** Of version 4 (RFC 9562, 5.4), in the digits that `keyId` writes. */
const uuid = v.pipe(
  v.string(),
  v.regex(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/, "a UUID of version 4"),
);

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

/** What a decision may demand without a date: the ids of `Obligation`. */
const undated = [
  "prediction-resistance",
  "pairwise-platform",
  "not-extractable",
  "wrap",
  "mark-not-approved",
] as const satisfies readonly Obligation["id"][];

const obligation = v.variant("id", [
  v.strictObject({ id: v.picklist(undated), source: text, what: text }),
  v.strictObject({
    id: v.literal("cryptoperiod" satisfies Obligation["id"]),
    source: text,
    what: text,
    originatorUsageEnds: day,
    recipientUsageEnds: v.exactOptional(day),
  }),
]);

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
      /** The Lucas test of FIPS 186-5, B.3.3 followed the rounds. The bound is that of the rounds. */
      lucas: v.exactOptional(v.literal(true)),
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
    /** How many keys a generation makes at most, where that is more than one: whoever asked may have stopped before. */
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

/** What can be said of the generator behind Web Cryptography's generateKey: whose it is, and no more. */
const platformRng = v.strictObject({
  mechanism: v.literal("unknown"),
  source: v.literal("crypto.subtle.generateKey"),
  assertedBy: v.literal("platform"),
  assessed: v.literal(false),
  jurisdiction: v.exactOptional(text),
});

const runtime = v.strictObject({ name: text, version: v.exactOptional(text) });

const module = v.strictObject({
  package: v.literal("keywright"),
  version: text,
  build: v.picklist(["simd", "relaxed"]),
  kernel: v.picklist(["integer", "fma", "double"]),
  digest,
  /** Who computed the digest: this process over the bytes it ran, or somebody it believed. */
  digestBy: v.picklist(["computed", "build", "caller", "subresource-integrity"]),
  runtime,
});

const platformModule = v.strictObject({
  /** The library behind Web Cryptography, where the runtime names it. */
  library: v.nullable(v.strictObject({ name: text, version: text })),
  runtime,
  /** The core that checked the key. */
  checkedBy: v.strictObject(v.omit(module, ["runtime"]).entries),
});

/** Who tested a new pair, and how. */
const pairwise = v.variant("result", [
  v.strictObject({ by: v.picklist(["core", "platform"]), test: text, result: v.literal("passed") }),
  v.strictObject({
    by: v.literal("platform"),
    result: v.literal("not-run"),
    reason: v.picklist(Object.values(notRunReasons)),
  }),
]);

const decision = v.strictObject({
  allowed: v.literal(true),
  policy: v.strictObject({ id: text, version: v.pipe(count, v.minValue(1)), digest, approved: v.boolean() }),
  warnings: v.array(finding),
  obligations: v.array(obligation),
});

/** What is said of every key, whoever made it. */
const common = {
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
      keys: v.pipe(count, v.minValue(2), v.maxValue(combined.keys.most)),
      data: count,
    }),
  ),
  /** True for ever if the entropy was scripted: a key for tests only. */
  deterministic: v.boolean(),
  /** Known-answer tests of the core: before it made the key, or before it checked one of the platform's. */
  selfTests: v.array(text),
  /** None for secret keys. */
  pairwise: v.array(pairwise),
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
  /** The key that a copy was wrapped to before this one left: RFC 7638 thumbprint, kind, and RFC 7518 algorithms. */
  recovery: v.exactOptional(
    v.strictObject({
      thumbprint: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{43}$/, "a thumbprint of RFC 7638 with SHA-256")),
      algorithm: text,
      strengthBits: count,
      alg: v.picklist(["RSA-OAEP-256", "ECDH-ES+A256KW"]),
      enc: v.literal("A256GCM"),
    }),
  ),
  claims: v.strictObject({ claimed: v.array(text), notClaimed: v.array(text) }),
};

export const corePredicate = v.strictObject({ ...common, provider: v.literal("core"), module, rng });

export const platformPredicate = v.strictObject({
  ...common,
  provider: v.literal("platform"),
  module: platformModule,
  rng: platformRng,
  /** `full`: both halves, by every criterion. `public`: the private half cannot be read, so the public one alone. */
  checked: v.picklist(["public", "full"]),
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
        /** SHA-256 of the key id: of a secret key that nobody can read, or whose check value would let anybody try seeds. */
        v.strictObject({ keywrightKeyId: sha256Hex }),
      ]),
    }),
  ]),
  predicateType: v.literal(PREDICATE_TYPE),
  predicate: v.variant("provider", [corePredicate, platformPredicate]),
});

function isInstant(text: string): boolean {
  const ms = Date.parse(text);
  return !Number.isNaN(ms) && new Date(ms).toISOString() === text;
}
