/**
 * The form of a policy document. The JSON Schema that the package publishes is made from this one, descriptions included.
 *
 * Each message says what is wanted there: `parsePolicy` puts the place before it and what came after it. Which fields
 * contradict each other is not a matter of form, and in `contradictions.ts`.
 */
import * as v from "valibot";
import { type Purpose, purposes } from "../algorithms/algorithm.ts";
import { algorithmNames } from "../algorithms/registry.ts";
import { rsaMethodNames } from "../algorithms/rsa-methods.ts";
import { derivationFunctionNames } from "../derive/names.ts";
import { isDate } from "./dates.ts";
import { profileNames } from "./profiles.ts";

export const environments = ["development", "test", "production"] as const;
export type Environment = (typeof environments)[number];

/** Hashes that the generator can be built on: FIPS 180-4 and FIPS 202. */
export const hashNames = [
  "SHA-224",
  "SHA-256",
  "SHA-384",
  "SHA-512",
  "SHA-512/224",
  "SHA-512/256",
  "SHA3-224",
  "SHA3-256",
  "SHA3-384",
  "SHA3-512",
] as const;
export type HashName = (typeof hashNames)[number];

/** Exported so that the JSON Schema can say `uniqueItems` where this runs. */
export function isUnique(items: readonly unknown[]): boolean {
  return new Set(items).size === items.length;
}

function oneOf<const T extends string>(names: readonly T[]) {
  return v.picklist(names, `one of ${names.join(", ")}`);
}

function listOf<const T extends string>(names: readonly T[], least: 0 | 1) {
  const wanted = `a list of different names out of ${names.join(", ")}${least === 1 ? ", at least one" : ""}`;
  return v.pipe(v.array(oneOf(names), wanted), v.minLength(least, wanted), v.check<T[], string>(isUnique, wanted));
}

function text(what: string) {
  const wanted = `${what}: 1 to 200 printable characters`;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is kept out of records and terminals
  return v.pipe(v.string(wanted), v.regex(/^[^\u0000-\u001f\u007f-\u009f]{1,200}$/, wanted));
}

function integer(least: number, most: number, unit: string) {
  const wanted = `an integer from ${least} to ${most} (${unit})`;
  return v.pipe(v.number(wanted), v.integer(wanted), v.minValue(least, wanted), v.maxValue(most, wanted));
}

const date = v.pipe(
  v.string("a date such as 2026-11-21"),
  v.regex(/^\d{4}-\d{2}-\d{2}$/, "a date such as 2026-11-21"),
  v.check(isDate, "a date that exists"),
);

const name = v.pipe(
  v.string("a name in lower case, such as acme-prod"),
  v.regex(/^[a-z0-9][a-z0-9-]{0,62}$/, "a name in lower case, such as acme-prod"),
);

const strength = integer(112, 512, "bits of security strength");

const digest = v.pipe(
  v.string("sha256: and 64 hexadecimal digits in lower case"),
  v.regex(/^sha256:[0-9a-f]{64}$/, "sha256: and 64 hexadecimal digits in lower case"),
);

/** Who says that a module may be used, from which day on, and on what basis: what an auditor asks of "industry accepted". */
const acceptance = {
  acceptedBy: text("who accepted it"),
  acceptedOn: date,
  basis: text("what it rests on"),
};

const coreAcceptance = v.strictObject(
  { digest, build: oneOf(["simd", "relaxed"]), ...acceptance },
  "an acceptance: digest, build, acceptedBy, acceptedOn, basis",
);

/** What no runtime says of itself: by the word of whoever accepts it. */
const statedGenerator = v.strictObject(
  {
    mechanism: text("a mechanism of SP 800-90A, such as CTR_DRBG"),
    hash: v.exactOptional(oneOf(hashNames)),
    strengthBits: integer(112, 256, "bits of security strength"),
  },
  "a generator: mechanism, strengthBits, and if it has one hash",
);

const platformAcceptance = v.strictObject(
  { runtime: name, generator: v.exactOptional(statedGenerator), ...acceptance },
  "an acceptance: runtime, acceptedBy, acceptedOn, basis, and if known generator",
);

const classification = v.strictObject(
  {
    minStrengthBits: strength,
    protectUntil: v.exactOptional(date),
    algorithms: v.exactOptional(listOf(algorithmNames, 1)),
  },
  "a classification: minStrengthBits, and if needed protectUntil and algorithms",
);

const cryptoperiod = v.strictObject(
  {
    originatorUsageDays: integer(1, 36_500, "days"),
    recipientUsageDays: v.exactOptional(integer(1, 36_500, "days")),
  },
  "a cryptoperiod: originatorUsageDays, and if needed recipientUsageDays",
);

const seeds = v.variant(
  "allowed",
  [
    v.strictObject({ allowed: v.literal(false) }),
    v.strictObject({
      allowed: v.literal(true),
      origins: v.pipe(
        v.array(v.strictObject({ origin: name, minBits: integer(112, 512, "bits of entropy") }), "a list of origins"),
        v.minLength(1, "at least one origin, with origin and minBits"),
      ),
    }),
  ],
  '{ "allowed": false }, or { "allowed": true, "origins": [...] }',
);

const derivations = v.strictObject(
  {
    functions: v.exactOptional(listOf(derivationFunctionNames, 1)),
    hashes: v.exactOptional(listOf(hashNames, 1)),
    minKeyBits: v.exactOptional(integer(112, 512, "bits of a key that others are derived from")),
    pbkdf2: v.exactOptional(
      v.strictObject(
        {
          minSaltBits: v.exactOptional(integer(128, 4096, "bits of a salt")),
          minIterations: v.exactOptional(
            v.pipe(
              v.array(
                v.strictObject({ from: date, iterations: integer(1000, 4_294_967_295, "iterations") }),
                "a list of from and iterations",
              ),
              v.minLength(1, "at least one entry, with from and iterations"),
            ),
          ),
        },
        "an object: minSaltBits, minIterations",
      ),
    ),
  },
  "an object: functions, hashes, minKeyBits, pbkdf2",
);

/** Every field, with the guideline of CEK-10 (CSA AI Controls Matrix) that it answers. */
export const policySchema = v.strictObject(
  {
    /** For editors; has no effect. */
    $schema: v.exactOptional(text("the address of the JSON Schema")),
    /** Stable name of the policy. Records and the log quote it. CEK-10, auditing CCM 1. */
    id: name,
    /** Raised with every change; a decision names it. CEK-10, guidelines 1 and 6. */
    version: integer(1, 1_000_000, "version"),
    /** What people call it. */
    title: v.exactOptional(text("a title")),
    /** Who answers for the policy. CEK-10, auditing CCM 1. */
    owner: text("the owner"),
    /** Who approved it through formal governance. CEK-10, implementation 2 and auditing CCM 1. */
    approver: text("the approver"),
    /** The day of the approval; the policy allows nothing in production before it. */
    approvedOn: date,
    /** When it must have been reviewed: at most 12 months after approvedOn. CEK-10, auditing 10. */
    reviewBy: date,
    /** What happens after reviewBy. There is no default: somebody has to decide it. CEK-10, auditing 10. */
    onReviewOverdue: oneOf(["warn", "refuse"]),
    /** Profiles of dated rules; all must hold. CEK-10, auditing 1 and 2: standards and regulation. */
    extends: listOf(profileNames, 1),
    /** Which environments the policy serves; others are refused. CEK-10, auditing 9. */
    environments: listOf(environments, 1),
    /** What each classification of data demands of a key. CEK-10, auditing 2. */
    classifications: v.pipe(
      v.record(name, classification, "an object of classifications by name"),
      v.minEntries(1, "at least one classification"),
    ),
    /** If given, only these. CEK-10, auditing 2. */
    algorithms: v.exactOptional(listOf(algorithmNames, 1)),
    /** If given, RSA primes are made by one of these, clauses of FIPS 186-5, A.1; by the first unless a request names another. CEK-10, auditing 1. */
    rsaMethods: v.exactOptional(listOf(rsaMethodNames, 1)),
    /** If true, the Lucas test (FIPS 186-5, B.3.3) follows the Miller-Rabin rounds of RSA primes that are not proved. CEK-10, auditing 1. */
    rsaLucas: v.exactOptional(v.boolean("true or false")),
    /** If given, only these, and each request must state one. CEK-10, auditing 2. */
    purposes: v.exactOptional(listOf(purposes, 1)),
    /** In which form a key may leave, by environment. A non-extractable CryptoKey may always. CEK-10, auditing 4, 6 and 7. */
    export: v.strictObject(
      {
        /** Where a service may answer with the unprotected bytes of a private or secret key. */
        plaintext: listOf(environments, 0),
        /** Where a service may answer with a key encrypted to a key of the recipient. */
        wrapped: listOf(environments, 0),
        /** Where the program that asks (a page, a command line, a library) may hold a key whose bytes the encoders read. */
        extractable: listOf(environments, 0),
      },
      "an object: plaintext, wrapped, extractable",
    ),
    /** The cryptographic libraries that are accepted: the core by the digest of its module, the platform's by runtime; who accepted it, when, on what basis. CEK-10, specification and auditing 1. */
    providers: v.strictObject(
      {
        core: v.strictObject(
          {
            accepted: v.union(
              [v.literal("any"), v.array(coreAcceptance)],
              'a list of acceptances, or "any" where the policy does not serve production',
            ),
          },
          "an object: accepted",
        ),
        platform: v.exactOptional(
          v.strictObject(
            {
              accepted: v.union(
                [v.literal("any"), v.array(platformAcceptance)],
                'a list of acceptances, or "any" where the policy does not serve production',
              ),
            },
            "an object: accepted",
          ),
        ),
      },
      "an object: core, and if needed platform",
    ),
    /** If given, a new pair of the core is tested by Web Cryptography too, where that has the algorithm. CEK-10, auditing 1. */
    pairwise: v.exactOptional(v.literal("platform", '"platform", or nothing')),
    /** Whether keys may be made from a seed instead of the generator, and from whose. CEK-10, auditing 3. */
    seeds: seeds,
    /** What may be derived from secrets, beyond the rules of the profiles; iterations of PBKDF2 by the day from which they are the least. CEK-10, auditing 1, 2 and 10. */
    derivations: v.exactOptional(derivations),
    /** What the random bit generator must be (SP 800-90A Rev. 1). CEK-10, specification and auditing 3. */
    generator: v.strictObject(
      {
        minStrengthBits: integer(112, 256, "bits of security strength"),
        hashes: v.exactOptional(listOf(hashNames, 1)),
        predictionResistance: v.exactOptional(v.boolean("true or false")),
      },
      "an object: minStrengthBits, and if needed hashes and predictionResistance",
    ),
    /** If given, the generator must run in one of these. CEK-10, auditing 3: cloud regions. */
    jurisdictions: v.exactOptional(
      v.pipe(
        v.array(name, "a list of jurisdictions"),
        v.minLength(1, "at least one jurisdiction"),
        v.check<string[], string>(isUnique, "different jurisdictions"),
      ),
    ),
    /** How long a key may be used, by purpose (SP 800-57 Part 1 Rev. 5, 5.3.6). CEK-10, auditing 10. */
    cryptoperiods: v.exactOptional(
      v.strictObject(
        {
          sign: v.exactOptional(cryptoperiod),
          encrypt: v.exactOptional(cryptoperiod),
          wrap: v.exactOptional(cryptoperiod),
          authenticate: v.exactOptional(cryptoperiod),
          derive: v.exactOptional(cryptoperiod),
          establish: v.exactOptional(cryptoperiod),
        } satisfies Record<Purpose, unknown>,
        "an object of cryptoperiods by purpose",
      ),
    ),
  },
  "a policy document (an object)",
);

/** A document whose form is right. */
export type PolicyDocument = v.InferOutput<typeof policySchema>;
