/**
 * What a platform made of a key, before it is handed on: that the CryptoKey says of itself what was asked for, and that it
 * does what the key does, for each usage, with the other half of the pair; of secret keys, with a second CryptoKey of the
 * same bytes. Platforms have had bugs in both. What is computed here does not leave.
 */
import type { CatalogueName } from "../algorithms/registry.ts";
import type { WebCryptoParams, WebCryptoRow, WebCryptoUsage } from "../algorithms/web-crypto.ts";
import { type Bytes, isSame } from "../bytes.ts";
import { randomBytes } from "../entropy/random.ts";
import { KeygenError } from "../errors.ts";
import { type PlatformCrypto, platformCrypto, runtimeName } from "./platform.ts";

export interface Sealed {
  readonly name: CatalogueName;
  readonly row: WebCryptoRow;
  readonly usages: readonly WebCryptoUsage[];
  readonly own: CryptoKey;
  /** The public half; of a secret key, its twin. */
  readonly other: CryptoKey;
  /** What the public half may be used for. Absent for a twin. */
  readonly opposite?: readonly WebCryptoUsage[];
  /** RSA: e. */
  readonly exponent?: Uint8Array | undefined;
}

/** KeygenError "seal-failed" unless the CryptoKeys are the key. */
export async function checkSealed(sealed: Sealed): Promise<void> {
  const { name, own, other, opposite, usages } = sealed;
  const type = opposite === undefined ? "secret" : "private";
  checkFacts(sealed, own, type, usages);
  if (opposite !== undefined) checkFacts(sealed, other, "public", opposite);
  for (const usage of usages) {
    let works = false;
    let cause: unknown;
    try {
      works = await worksAs(usage, sealed);
    } catch (error) {
      cause = error;
    }
    if (!works) throw failed(name, `it does not ${usage} as the key does`, cause);
  }
}

function failed(name: CatalogueName, what: string, cause?: unknown): KeygenError {
  return new KeygenError(
    "seal-failed",
    `Web Cryptography of ${runtimeName()} took a ${name} key and holds another: ${what}; do not use this runtime for it`,
    { algorithm: name },
    { cause },
  );
}

function checkFacts(
  { name, row, exponent }: Sealed,
  key: CryptoKey,
  type: WantedKey["type"],
  usages: readonly WebCryptoUsage[],
): void {
  const wrong = wrongFact(key, { type, extractable: type === "public", usages, params: row.params, exponent });
  if (wrong !== undefined) throw failed(name, wrong);
}

/** What a CryptoKey has to say of itself. */
export interface WantedKey {
  readonly type: "secret" | "private" | "public";
  readonly extractable: boolean;
  readonly usages: readonly WebCryptoUsage[];
  readonly params: WebCryptoParams;
  /** RSA: e. */
  readonly exponent?: Uint8Array | undefined;
}

/** The first thing that a CryptoKey says of itself otherwise than wanted; undefined if there is none. */
export function wrongFact(key: CryptoKey, wanted: WantedKey): string | undefined {
  const { type, extractable, usages, params, exponent } = wanted;
  const stated = key.algorithm as unknown as Record<string, unknown>; // each kind of key has other members
  const holds = (member: string, value: unknown): boolean =>
    (member === "hash" ? (stated.hash as { name?: unknown } | undefined)?.name : stated[member]) === value;
  const facts: readonly (readonly [string, boolean])[] = [
    ["the type", key.type === type],
    ["extractable", key.extractable === extractable],
    ["the list of usages", isSameSet(key.usages, usages)],
    ...Object.entries(params).map(([member, value]) => [member, holds(member, value)] as const),
    ["publicExponent", exponent === undefined || agree(stated.publicExponent, exponent)],
  ];
  const wrong = facts.find(([, is]) => !is)?.[0];
  return wrong && `${wrong} of its ${type} CryptoKey is not what was asked for`;
}

function isSameSet(a: readonly string[], b: readonly string[]): boolean {
  return new Set(a).size === new Set(b).size && b.every((each) => a.includes(each));
}

/** Of what is computed for the check and thrown away; nothing is not the same as nothing. */
function agree(a: unknown, b: ArrayBuffer | Uint8Array): boolean {
  const [left, right] = [new Uint8Array(a as ArrayBuffer), new Uint8Array(b as ArrayBuffer)]; // either gives its bytes
  return left.length > 0 && isSame(left, right);
}

/** Whether `own` does what its usage says, with `other`. Rejects where the platform computes nothing at all. */
export async function worksAs(usage: WebCryptoUsage, keys: Pick<Sealed, "row" | "own" | "other">): Promise<boolean> {
  return await uses[usage]({ ...keys, subtle: platformCrypto(), message: randomBytes(32) });
}

interface Attempt extends Pick<Sealed, "row" | "own" | "other"> {
  readonly subtle: PlatformCrypto;
  readonly message: Bytes;
}

/** What an operation wants besides the key. */
function operation({ name }: WebCryptoParams): { readonly name: string } & Readonly<Record<string, unknown>> {
  switch (name) {
    case "RSA-PSS":
      return { name, saltLength: 32 };
    case "ECDSA":
      return { name, hash: "SHA-256" };
    case "AES-GCM":
    case "ChaCha20-Poly1305":
      return { name, iv: randomBytes(12) };
    case "AES-CBC":
      return { name, iv: randomBytes(16) };
    case "AES-CTR":
      return { name, counter: randomBytes(16), length: 64 };
    default:
      return { name };
  }
}

/** A key to wrap, to derive and to encapsulate: every runtime has it, and AES-KW takes its length. */
const carried: WebCryptoParams = { name: "HMAC", hash: "SHA-256", length: 256 };

async function signs({ subtle, row, message }: Attempt, signer: CryptoKey, verifier: CryptoKey): Promise<boolean> {
  const params = operation(row.params);
  const signature = await subtle.sign(params, signer, message);
  if (!(await subtle.verify(params, verifier, signature, message))) return false;
  return !(await subtle.verify(params, verifier, signature, randomBytes(32))); // who says yes to anything has checked nothing
}

async function encrypts({ subtle, row, message }: Attempt, from: CryptoKey, to: CryptoKey): Promise<boolean> {
  const params = operation(row.params);
  return agree(await subtle.decrypt(params, to, await subtle.encrypt(params, from, message)), message);
}

async function wraps({ subtle, row, message }: Attempt, from: CryptoKey, to: CryptoKey): Promise<boolean> {
  const params = operation(row.params);
  const key = await subtle.importKey("raw", message, carried, true, ["sign"]);
  const wrapped = await subtle.wrapKey("raw", key, from, params);
  const again = await subtle.unwrapKey("raw", wrapped, to, params, carried, true, ["sign"]);
  return agree(await subtle.exportKey("raw", again), message);
}

/** The agreement of this key with a new one is that of the new one with this key's public half. */
async function agrees(attempt: Attempt, ours: (peer: CryptoKey) => Promise<ArrayBuffer>): Promise<boolean> {
  const { subtle, row, other } = attempt;
  const { name } = row.params;
  const fresh = (await subtle.generateKey(row.params, false, ["deriveBits"])) as CryptoKeyPair; // agreement takes pairs
  const theirs = await subtle.deriveBits({ name, public: other }, fresh.privateKey, 256);
  return agree(await ours(fresh.publicKey), theirs);
}

const uses: Readonly<Record<WebCryptoUsage, (attempt: Attempt) => Promise<boolean>>> = {
  sign: (attempt) => signs(attempt, attempt.own, attempt.other),
  verify: (attempt) => signs(attempt, attempt.other, attempt.own),
  encrypt: (attempt) => encrypts(attempt, attempt.own, attempt.other),
  decrypt: (attempt) => encrypts(attempt, attempt.other, attempt.own),
  wrapKey: (attempt) => wraps(attempt, attempt.own, attempt.other),
  unwrapKey: (attempt) => wraps(attempt, attempt.other, attempt.own),
  deriveBits: (attempt) => {
    const { subtle, row, own } = attempt;
    return agrees(attempt, (peer) => subtle.deriveBits({ name: row.params.name, public: peer }, own, 256));
  },
  deriveKey: (attempt) => {
    const { subtle, row, own } = attempt;
    return agrees(attempt, async (peer) => {
      const of = { name: row.params.name, public: peer };
      return await subtle.exportKey("raw", await subtle.deriveKey(of, own, carried, true, ["sign"]));
    });
  },
  decapsulateBits: async ({ subtle, row, own, other }) => {
    const params = operation(row.params);
    const { sharedKey, ciphertext } = await subtle.encapsulateBits(params, other);
    return agree(await subtle.decapsulateBits(params, own, ciphertext), sharedKey);
  },
  decapsulateKey: async ({ subtle, row, own, other }) => {
    const params = operation(row.params);
    const { sharedKey, ciphertext } = await subtle.encapsulateKey(params, other, carried, true, ["sign"]);
    const again = await subtle.decapsulateKey(params, own, ciphertext, carried, true, ["sign"]);
    return agree(await subtle.exportKey("raw", again), await subtle.exportKey("raw", sharedKey));
  },
  // No private key has these two, so no CryptoKey that is sealed.
  encapsulateBits: async () => false,
  encapsulateKey: async () => false,
};
