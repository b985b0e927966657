/**
 * Checks a record without the private key and without the core: that it is whole, that it agrees with itself, and that
 * it speaks of the key, the module and the policy it is checked against. An unsigned record is at most consistent.
 */
import { sha256 } from "@noble/hashes/sha2.js";
import { hex } from "@scure/base";
import * as v from "valibot";
import { type PublicKey, readSecret, type SecretKey } from "../algorithms/key.ts";
import { isAlgorithmName, registry } from "../algorithms/registry.ts";
import { copyBytes, utf8 } from "../bytes.ts";
import { encodeSpki } from "../encode/spki.ts";
import { KCV_LEN } from "./kcv.ts";
import type { KeyRecord } from "./record.ts";
import { recordSchema } from "./schema.ts";

export interface VerifyOptions {
  /** The key that the record is said to be about: its public half, or the secret key itself. */
  readonly publicKey?: PublicKey;
  readonly secretKey?: SecretKey;
  /** Digests (`sha256:…`) of the core builds that the checker accepts. */
  readonly coreDigests?: readonly string[];
  /** Digest (`sha256:…`) of the policy that the checker expects. */
  readonly policyDigest?: string;
}

export interface Broken {
  /** What does not hold, by a name that stays. */
  readonly id: string;
  readonly why: string;
}

export interface Verification {
  /** Nothing in the record contradicts itself or what it was checked against. */
  readonly consistent: boolean;
  readonly broken: readonly Broken[];
  /** Whether a signature shows who states it. Records are not signed in this version. */
  readonly authenticated: false;
  readonly signers: readonly [];
}

/** The sentence that every door prints beside an unsigned record that holds together. */
export const UNSIGNED = "consistent; not signed: anyone could have written this";

/** Reads a record from JSON text or a parsed value; what is wrong with it is said by path. */
export function readRecord(input: unknown): { record: KeyRecord } | { broken: Broken[] } {
  let value = input;
  if (typeof input === "string") {
    try {
      value = JSON.parse(input);
    } catch {
      return { broken: [{ id: "json", why: "the record is not JSON" }] };
    }
  }
  const parsed = v.safeParse(recordSchema, value);
  if (parsed.success) return { record: parsed.output };
  return {
    broken: parsed.issues.map((issue) => ({
      id: "shape",
      why: `${v.getDotPath(issue) ?? "record"}: expected ${issue.expected ?? "another value"}`,
    })),
  };
}

/** Never throws for a bad record: everything that does not hold is in `broken`. */
export async function verifyRecord(input: unknown, options: VerifyOptions = {}): Promise<Verification> {
  const read = readRecord(input);
  const broken =
    "broken" in read
      ? read.broken
      : [...selfContradictions(read.record), ...(await disagreements(read.record, options))];
  return { consistent: broken.length === 0, broken, authenticated: false, signers: [] };
}

function selfContradictions({ subject, predicate }: KeyRecord): Broken[] {
  const { algorithm, rng, decision } = predicate;
  const broken: Broken[] = [];
  const hold = (id: string, holds: boolean, why: string): void => {
    if (!holds) broken.push({ id, why });
  };
  if (!isAlgorithmName(algorithm.name)) {
    return [{ id: "algorithm", why: `algorithm ${algorithm.name} is not known to this version` }];
  }
  const row = registry[algorithm.name];
  hold("strength", algorithm.strengthBits === row.strengthBits, `${row.name} has ${row.strengthBits} bits of strength`);
  hold("standard", algorithm.standard === row.standard, `${row.name} is made by ${row.standard}`);
  const { parameters } = algorithm;
  if (row.kind === "rsa") {
    const fits = "modulusBits" in parameters && parameters.modulusBits === row.modulusBits;
    hold("parameters", fits, `${row.name} has a modulus of ${row.modulusBits} bits`);
    hold(
      "rounds",
      "millerRabinRounds" in parameters && parameters.millerRabinRounds >= row.millerRabinRounds,
      `${row.name} needs ${row.millerRabinRounds} rounds of Miller-Rabin`,
    );
    hold("subject", "sha256" in subject[0].digest, "a key pair is named by the SHA-256 of its public key");
    hold("pairwise", predicate.pairwise !== null, "a key pair needs a pairwise consistency test");
  } else {
    hold(
      "parameters",
      "keyBits" in parameters && parameters.keyBits === row.keyLen * 8,
      `${row.name} has ${row.keyLen * 8} bits`,
    );
    hold(
      "subject",
      "keywrightKcv1" in subject[0].digest && predicate.kcvSalt !== undefined,
      "a secret key is named by its key check value and salt",
    );
  }
  hold(
    "rng-strength",
    rng.strengthBits >= row.drbgBits,
    `${row.name} needs a generator of ${row.drbgBits} bits, the record states ${rng.strengthBits}`,
  );
  hold(
    "entropy",
    rng.entropy.bits * 2 >= rng.strengthBits * 3,
    `${rng.strengthBits} bits of strength need ${(rng.strengthBits * 3) / 2} bits of entropy without a nonce (SP 800-90A Rev. 1, 8.6.7)`,
  );
  hold("times", predicate.requestedAt <= predicate.generatedAt, "the key was generated before it was requested");
  const scripted = rng.entropy.assertedBy === "caller";
  hold(
    "deterministic",
    predicate.deterministic === scripted,
    "scripted entropy and the deterministic mark go together",
  );
  hold(
    "test-only",
    !predicate.deterministic || predicate.environment === "test",
    "a deterministic key belongs to the test environment",
  );
  hold(
    "approval",
    predicate.environment !== "production" || decision.policy.approved,
    "production needs an approved policy",
  );
  hold(
    "warnings",
    decision.warnings.every((w) => w.state !== "disallowed" || w.draft === true),
    "an allowed decision lists a disallowed rule",
  );
  return broken;
}

async function disagreements({ subject, predicate }: KeyRecord, options: VerifyOptions): Promise<Broken[]> {
  const broken: Broken[] = [];
  const { publicKey, secretKey, coreDigests, policyDigest } = options;
  const { digest } = subject[0];
  if (publicKey !== undefined) {
    const actual = hex.encode(sha256(encodeSpki(publicKey)));
    if (!("sha256" in digest) || digest.sha256 !== actual) {
      broken.push({ id: "public-key", why: `the record names another key than the one with SHA-256 ${actual}` });
    }
  }
  if (secretKey !== undefined && !(await sameSecret(secretKey, digest, predicate.kcvSalt, predicate.algorithm.name))) {
    broken.push({ id: "secret-key", why: "the key check value of the record is not that of this key" });
  }
  if (coreDigests !== undefined && !coreDigests.includes(predicate.module.digest)) {
    broken.push({
      id: "module",
      why: `core ${predicate.module.digest} is not among the ${coreDigests.length} accepted`,
    });
  }
  if (policyDigest !== undefined && predicate.decision.policy.digest !== policyDigest) {
    broken.push({ id: "policy", why: `the decision was made under policy ${predicate.decision.policy.digest}` });
  }
  return broken;
}

/** The platform's HKDF, so that a verifier needs no core. */
async function sameSecret(
  key: SecretKey,
  digest: KeyRecord["subject"][0]["digest"],
  salt: string | undefined,
  algorithm: string,
): Promise<boolean> {
  const parts = readSecret(key);
  if (parts.kind !== "raw" || salt === undefined || !("keywrightKcv1" in digest)) return false;
  const ikm = await crypto.subtle.importKey("raw", parts.raw, "HKDF", false, ["deriveBits"]);
  const bits = await crypto.subtle.deriveBits(
    { name: "HKDF", hash: "SHA-256", salt: copyBytes(hex.decode(salt)), info: utf8(`keywright kcv v1${algorithm}`) },
    ikm,
    KCV_LEN * 8,
  );
  return hex.encode(new Uint8Array(bits)) === digest.keywrightKcv1;
}
