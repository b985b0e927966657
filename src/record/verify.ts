/**
 * Checks a record without the private key and without the core: that it is whole, that it agrees with itself, and that
 * it speaks of the key, the module and the policy it is checked against. An unsigned record is at most consistent.
 */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, hexToBytes } from "@noble/hashes/utils.js";
import * as v from "valibot";
import { type PublicKey, type RsaPublicParts, readSecret, type SecretKey } from "../algorithms/key.ts";
import { type Bytes, copyBytes, utf8 } from "../bytes.ts";
import { encodeSpki } from "../encode/spki.ts";
import { refuseUnknown } from "../errors.ts";
import { contradictions } from "./contradictions.ts";
import type { Broken } from "./hold.ts";
import { KCV_LEN } from "./kcv.ts";
import type { KeyRecord, Predicate } from "./record.ts";
import { recordSchema } from "./schema.ts";

export type { Broken } from "./hold.ts";

export interface VerifyOptions {
  /** The key that the record is said to be about: its public half, or the secret key itself. */
  readonly publicKey?: PublicKey;
  readonly secretKey?: SecretKey;
  /** Digests (`sha256:…`, or their 64 digits alone) of the core builds that the checker accepts. */
  readonly coreDigests?: readonly string[];
  /** Digest, written in the same way, of the policy that the checker expects. */
  readonly policyDigest?: string;
  /** The time by which no record may be from the future. Default: the clock's. */
  readonly now?: Date;
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
  return { broken: parsed.issues.map((issue) => ({ id: "shape", why: tell(issue) })) };
}

/** What is wrong and where, without what came: it may be anything. */
function tell(issue: v.BaseIssue<unknown>): string {
  const { type, kind, expected, received, message } = issue;
  const path = v.getDotPath(issue) ?? "record";
  if (type === "strict_object" && expected === "never") return `${path}: is no field of a record`;
  if (received === "undefined") return `${path}: missing`;
  return `${path}: wanted ${kind === "validation" ? message : expected}`;
}

const optionNames = [
  "publicKey",
  "secretKey",
  "coreDigests",
  "policyDigest",
  "now",
] as const satisfies readonly (keyof VerifyOptions)[];

/** A digest as records write it; its digits alone, as `sha256sum` prints them, mean the same. */
function digestOf(text: unknown): string {
  const [, digits] = /^(?:sha256:)?([0-9a-f]{64})$/i.exec(String(text)) ?? [];
  if (digits === undefined) throw new RangeError("a digest must be sha256: and 64 hex digits, or the digits alone");
  return `sha256:${digits.toLowerCase()}`;
}

/** Never throws for a bad record: everything that does not hold is in `broken`. Throws for an option that it does not know. */
export async function verifyRecord(input: unknown, options: VerifyOptions = {}): Promise<Verification> {
  refuseUnknown("verifyRecord", options, optionNames);
  const { now = new Date() } = options;
  if (!(now instanceof Date) || Number.isNaN(now.getTime())) throw new TypeError("now must be a valid Date");
  const read = readRecord(input);
  const broken =
    "broken" in read
      ? read.broken
      : [...contradictions(read.record, now), ...(await disagreements(read.record, options))];
  return { consistent: broken.length === 0, broken, authenticated: false, signers: [] };
}

async function disagreements(record: KeyRecord, options: VerifyOptions): Promise<Broken[]> {
  const { module, decision } = record.predicate;
  const { publicKey, secretKey } = options;
  const coreDigests = options.coreDigests === undefined ? undefined : Array.from(options.coreDigests, digestOf);
  const policyDigest = options.policyDigest === undefined ? undefined : digestOf(options.policyDigest);
  const broken: Broken[] = [];
  if (publicKey !== undefined) broken.push(...publicDisagreements(record, publicKey));
  if (secretKey !== undefined) broken.push(...(await secretDisagreements(record, secretKey)));
  const { digest } = "checkedBy" in module ? module.checkedBy : module;
  if (coreDigests !== undefined && !coreDigests.includes(digest)) {
    broken.push({ id: "module", why: `core ${digest} is not among the ${coreDigests.length} accepted` });
  }
  if (policyDigest !== undefined && decision.policy.digest !== policyDigest) {
    broken.push({ id: "policy", why: `the decision was made under policy ${decision.policy.digest}` });
  }
  return broken;
}

/** A record may name the right key and lie about what it is, so the numbers themselves are measured. */
function* publicDisagreements({ subject, predicate }: KeyRecord, key: PublicKey): Generator<Broken> {
  const { algorithm } = predicate;
  const { digest } = subject[0];
  const actual = bytesToHex(sha256(encodeSpki(key)));
  if (!("sha256" in digest) || digest.sha256 !== actual) {
    yield { id: "public-key", why: `the record names another key than the one with SHA-256 ${actual}` };
  }
  if (key.algorithm !== algorithm.name) {
    yield { id: "public-key-algorithm", why: `the key is for ${key.algorithm}, the record states ${algorithm.name}` };
  }
  if (key.parts.kind === "rsa") yield* rsaDisagreements(algorithm, key.parts.rsa);
}

/** The sizes of other keys are those of their algorithm: a key cannot differ from its name. */
function* rsaDisagreements({ parameters }: Predicate["algorithm"], { n, e }: RsaPublicParts): Generator<Broken> {
  const [modulusBits, exponent] = [integer(n).toString(2).length, integer(e)];
  if (!("modulusBits" in parameters) || parameters.modulusBits !== modulusBits) {
    yield { id: "public-key-size", why: `the modulus of the key has ${modulusBits} bits, the record states otherwise` };
  }
  if (!("publicExponent" in parameters) || BigInt(parameters.publicExponent) !== exponent) {
    yield { id: "public-key-exponent", why: "the public exponent of the key is not the one that the record states" };
  }
}

async function secretDisagreements({ subject, predicate }: KeyRecord, key: SecretKey): Promise<Broken[]> {
  const { algorithm, kcvSalt } = predicate;
  const parts = readSecret(key);
  if (parts.kind !== "raw") return [{ id: "secret-key", why: "the key given is not a secret key" }];
  const broken: Broken[] = [];
  if ("keywrightKeyId" in subject[0].digest) {
    const why = "the record names its key by an id alone, so no key can be held against it";
    broken.push({ id: "secret-key-unnamed", why });
  } else if (!(await isSameSecret(parts.raw, subject[0].digest, kcvSalt, algorithm.name))) {
    broken.push({ id: "secret-key", why: "the key check value of the record is not that of this key" });
  }
  if (key.algorithm !== algorithm.name) {
    const why = `the key is for ${key.algorithm}, the record states ${algorithm.name}`;
    broken.push({ id: "secret-key-algorithm", why });
  }
  const { parameters } = algorithm;
  if (!("keyBits" in parameters) || parameters.keyBits !== parts.raw.length * 8) {
    broken.push({
      id: "secret-key-size",
      why: `the key has ${parts.raw.length * 8} bits, the record states otherwise`,
    });
  }
  return broken;
}

/** Of public bytes, big-endian. */
function integer(bytes: Uint8Array): bigint {
  return BigInt(`0x0${bytesToHex(bytes)}`);
}

/** The platform's HKDF, so that a verifier needs no core. */
async function isSameSecret(
  raw: Bytes,
  digest: KeyRecord["subject"][0]["digest"],
  salt: string | undefined,
  algorithm: string,
): Promise<boolean> {
  if (salt === undefined || !("keywrightKcv1" in digest)) return false;
  const ikm = await crypto.subtle.importKey("raw", raw, "HKDF", false, ["deriveBits"]);
  const bits = await crypto.subtle.deriveBits(
    { name: "HKDF", hash: "SHA-256", salt: copyBytes(hexToBytes(salt)), info: utf8(`keywright kcv v1${algorithm}`) },
    ikm,
    KCV_LEN * 8,
  );
  return bytesToHex(new Uint8Array(bits)) === digest.keywrightKcv1;
}
