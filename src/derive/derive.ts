/** One door to all derivations, by name: what each takes, what a policy is told of it, and its bytes. */
import { readSecret, SecretKey } from "../algorithms/key.ts";
import type { Bytes } from "../bytes.ts";
import type { Core } from "../core/core.ts";
import { type HashName, hashNames } from "../core/hash.ts";
import type { Pbkdf2Progress } from "../core/pbkdf2.ts";
import { quote, refuseUnknown } from "../errors.ts";
import { extractKey } from "./combine.ts";
import { hkdf } from "./hkdf.ts";
import { type CounterPlace, fixedInput, type KbkdfExpansion, kbkdf, twoStepKdf } from "./kbkdf.ts";
import { type DerivationFunction, splitDerivation } from "./names.ts";
import { oneStepKdf } from "./one-step.ts";
import { pbkdf2 } from "./pbkdf2.ts";

/** `HKDF-SHA-256`, `one-step-SHA3-512`, `KBKDF-HMAC-SHA-384`, `PBKDF2-HMAC-SHA-512/256`, ... */
export type DerivationName = `${DerivationFunction}-${HashName}`;

/** A secret as bytes, or a secret key of this library, which then need not be extractable. */
export type Secret = Uint8Array | SecretKey;

interface Output {
  /** Bytes of output. */
  readonly length: number;
  /** What the output is for, as of keys; a policy may ask. */
  readonly purpose?: string;
}

interface FromKey extends Output {
  /** IKM of RFC 5869, Z of SP 800-56C, K_IN of SP 800-108: at least one byte. A password is for PBKDF2. */
  readonly key: Secret;
}

/** HKDF: at most 255 hash values of output. Salt: zeros unless given. Info, FixedInfo of SP 800-56C: empty unless given. */
export interface HkdfOptions extends FromKey {
  readonly salt?: Uint8Array;
  readonly info?: Uint8Array;
}

/** FixedInfo of SP 800-56C: empty unless given. */
export interface OneStepOptions extends FromKey {
  readonly info?: Uint8Array;
}

/** The salt keys HMAC: zeros unless given. */
export interface OneStepHmacOptions extends OneStepOptions {
  readonly salt?: Uint8Array;
}

/** SP 800-108 Rev. 1. Label and context are empty unless given. */
export interface KbkdfOptions extends FromKey {
  /** Default `"counter"`. */
  readonly mode?: "counter" | "feedback" | "double-pipeline";
  readonly label?: Uint8Array;
  readonly context?: Uint8Array;
  /** In place of label and context: the fixed input data as a protocol has it. Default: label || 0 || context || [L] of 32 bits. */
  readonly fixedInput?: Uint8Array;
  /** Bits of the counter: 8, 16, 24, 32, or 0 with the place `"none"`. Default 32. */
  readonly counterBits?: number;
  /** Default `"before-fixed-data"`. */
  readonly counterPlace?: CounterPlace;
  /** Feedback mode: K(0), empty unless given. */
  readonly iv?: Uint8Array;
}

/** Extraction with the salt, zeros unless given, then expansion as of KBKDF. HKDF is the case of it that RFC 5869 names. */
export interface TwoStepOptions extends KbkdfOptions {
  readonly salt?: Uint8Array;
}

/** In steps of about 10 ms; `signal` ends it between two. */
export interface Pbkdf2Options extends Output {
  /** The password as bytes, in the encoding that all its users agree on: `new TextEncoder().encode(text.normalize("NFC"))`. */
  readonly password: Uint8Array;
  readonly salt: Uint8Array;
  readonly iterations: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Pbkdf2Progress) => void;
}

/** Component keys, made independently of each other, and data: at most one hash value of output. */
export interface ExtractionOptions extends Output {
  readonly keys: readonly Secret[];
  readonly data?: readonly Uint8Array[];
  readonly salt?: Uint8Array;
}

/** What the derivation of that name takes. */
export type DeriveOptions<N extends DerivationName> = N extends `HKDF-${HashName}`
  ? HkdfOptions
  : N extends `one-step-HMAC-${HashName}`
    ? OneStepHmacOptions
    : N extends `one-step-${HashName}`
      ? OneStepOptions
      : N extends `two-step-HMAC-${HashName}`
        ? TwoStepOptions
        : N extends `KBKDF-HMAC-${HashName}`
          ? KbkdfOptions
          : N extends `PBKDF2-HMAC-${HashName}`
            ? Pbkdf2Options
            : ExtractionOptions;

/** All that any of them takes, before it is known which. */
type AnyOptions = Partial<HkdfOptions & TwoStepOptions & Pbkdf2Options & ExtractionOptions>;

const common = ["length", "purpose"] as const;
const expanded = ["mode", "label", "context", "fixedInput", "counterBits", "counterPlace", "iv"] as const;

/** The options of each: any other would have no effect, and its caller believes that it separates keys. */
const taken: Readonly<Record<DerivationFunction, readonly (keyof AnyOptions)[]>> = {
  HKDF: ["key", "salt", "info", ...common],
  "one-step": ["key", "info", ...common],
  "one-step-HMAC": ["key", "salt", "info", ...common],
  "two-step-HMAC": ["key", "salt", ...expanded, ...common],
  "KBKDF-HMAC": ["key", ...expanded, ...common],
  "PBKDF2-HMAC": ["password", "salt", "iterations", "signal", "onProgress", ...common],
  "extraction-HMAC": ["keys", "data", "salt", ...common],
};

function bytes(what: string, value: unknown): Uint8Array {
  if (value instanceof Uint8Array) return value;
  if (value instanceof SecretKey) {
    const parts = readSecret(value);
    if (parts.kind === "raw") return parts.raw;
  }
  const hint = typeof value === "string" ? "; encode text first" : "";
  throw new TypeError(`${what} must be bytes (Uint8Array), got ${typeof value}${hint}`);
}

function optional<K extends string>(
  options: Readonly<Record<string, unknown>>,
  ...names: K[]
): { [P in K]?: Uint8Array } {
  const given = names.filter((name) => options[name] !== undefined).map((name) => [name, bytes(name, options[name])]);
  return Object.fromEntries(given) as { [P in K]?: Uint8Array };
}

function expansion(options: AnyOptions, length: number): KbkdfExpansion {
  const { mode = "counter", counterBits = 32, counterPlace = "before-fixed-data" } = options;
  const { label, context, fixedInput: own, iv } = optional(options, "label", "context", "fixedInput", "iv");
  if (own !== undefined && (label !== undefined || context !== undefined)) {
    throw new RangeError("fixedInput takes the place of label and context, got both (SP 800-108 Rev. 1, 4)");
  }
  const nothing = new Uint8Array();
  const lengthBits = 8 * length;
  const fixed = own ?? fixedInput(label ?? nothing, context ?? nothing, lengthBits);
  return { mode, fixedInput: fixed, counterBits, counterPlace, lengthBits, ...(iv === undefined ? {} : { iv }) };
}

export interface Derivation {
  /** What a policy is told: lengths, counts and names. */
  readonly facts: {
    /** Of the strongest component, where there are several. Of a password nobody knows. */
    readonly keyBits?: number;
    readonly saltBits: number;
    readonly iterations?: number;
    readonly outputBits: number;
    readonly purpose?: string;
  };
  /** The bytes. `refuseIfEnded` is asked between steps. The caller owns and wipes them. */
  run(core: Core, refuseIfEnded: () => void): Bytes | Promise<Bytes>;
}

/**
 * What is asked for, checked as far as it can be told without the core. TypeError for what is no bytes, RangeError for an
 * option that the function does not take.
 */
export function readDerivation(name: DerivationName, asked: unknown): Derivation {
  const { kdf, hash } = splitDerivation(name, hashNames);
  if (typeof asked !== "object" || asked === null) throw new TypeError(`${name} takes an object of options`);
  const options: AnyOptions = { ...asked }; // read once: what is decided is what is done
  refuseUnknown(name, options, taken[kdf]);
  const { length = Number.NaN, purpose } = options;
  if (!Number.isInteger(length))
    throw new RangeError(`length must be a whole number of bytes, got ${quote(options.length)}`);
  const { salt, info } = optional(options, "salt", "info");
  const salted = salt === undefined ? {} : { salt };
  const facts = {
    saltBits: 8 * (salt?.length ?? 0),
    outputBits: 8 * length,
    ...(purpose === undefined ? {} : { purpose }),
  };
  if (kdf === "PBKDF2-HMAC") {
    const password = bytes("password", options.password);
    const { iterations = Number.NaN, signal, onProgress } = options;
    const input = { hash, password, salt: bytes("salt", salt), iterations, length };
    const watch = { ...(signal === undefined ? {} : { signal }), ...(onProgress === undefined ? {} : { onProgress }) };
    const run: Derivation["run"] = (core, refuseIfEnded) => pbkdf2(core, input, { ...watch, refuseIfEnded });
    return { facts: { ...facts, iterations }, run };
  }
  if (kdf === "extraction-HMAC") {
    if (!Array.isArray(options.keys)) throw new TypeError("keys must be a list of component keys");
    const keys = options.keys.map((key) => bytes("a component key", key));
    const data = (options.data ?? []).map((item) => bytes("data", item));
    const keyBits = Math.max(0, ...keys.map((key) => 8 * key.length));
    return { facts: { ...facts, keyBits }, run: (core) => extractKey(core, { hash, keys, data, length, ...salted }) };
  }
  const key = bytes("key", options.key);
  const run = (core: Core): Bytes => {
    switch (kdf) {
      case "HKDF":
        return hkdf(core, { hash, ikm: key, length, ...salted, ...(info === undefined ? {} : { info }) });
      case "KBKDF-HMAC":
        return kbkdf(core, { hash, keyIn: key, ...expansion(options, length) });
      case "two-step-HMAC":
        return twoStepKdf(core, { hash, z: key, ...salted, ...expansion(options, length) });
      default: {
        const auxiliary = kdf === "one-step" ? "hash" : "HMAC";
        const fixed = info === undefined ? {} : { fixedInfo: info };
        return oneStepKdf(core, { hash, auxiliary, z: key, length, ...salted, ...fixed });
      }
    }
  };
  return { facts: { ...facts, keyBits: 8 * key.length }, run };
}
