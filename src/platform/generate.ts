/**
 * Keys that the runtime's own Web Cryptography makes. Each is tested by the platform and checked by the core before it
 * leaves: of a key that may be extracted all of it, exported once as its owner wishes; of one that may not the public half
 * only, since it is never exported in order to be checked.
 */

import { type Algorithm, isKeyPair, type KeyPairAlgorithm, type SecretKeyAlgorithm } from "../algorithms/algorithm.ts";
import type { PrivateParts, PublicKey, PublicParts } from "../algorithms/key.ts";
import type { WebCryptoRow } from "../algorithms/web-crypto.ts";
import { useOf } from "../algorithms/web-crypto-use.ts";
import { orWipe } from "../bytes.ts";
import type { Core } from "../core/core.ts";
import { decodePkcs8 } from "../encode/pkcs8.ts";
import { decodeSpki } from "../encode/spki.ts";
import { KeygenError } from "../errors.ts";
import { completeIn } from "../generate/complete.ts";
import type { Made } from "../generate/made.ts";
import { exponentBytes } from "../generate/rsa-method.ts";
import { wrongFact } from "../seal/check.ts";
import { platformCrypto } from "../seal/platform.ts";
import { badKey, checkPrivate, checkPublic } from "./check.ts";
import { type Keys, type PlatformTest, testOnPlatform } from "./pairwise.ts";

export interface PlatformWish {
  readonly purpose: string | undefined;
  readonly extractable: boolean;
  readonly publicExponent: number;
  readonly signal: AbortSignal | undefined;
  /** Asked wherever this waited: throws if the owner of the core ended, or the caller gave up. */
  readonly refuseIfEnded: () => void;
  /** Runs what needs the core's one search state. */
  turn<T>(work: () => Promise<T>): Promise<T>;
  /** The error for a key that cannot be had: by whom, and why. */
  cannot(by: "provider" | "runtime", why: string, cause?: unknown): KeygenError;
}

/** A key that stays in the platform: only what is public is here. */
export type Kept =
  | { readonly kind: "kept-pair"; readonly privateKey: CryptoKey; readonly publicParts: PublicParts }
  | { readonly kind: "kept-secret"; readonly secretKey: CryptoKey };

/** Whether Web Cryptography makes such a key, and the core can check it. */
export function isServed(row: Algorithm, purpose: string | undefined): boolean {
  return row.kind !== "slh-dsa" && useOf(row, purpose) !== undefined;
}

/** A new key, and what the platform tested; the caller owns and wipes what is extracted. */
export async function generateOnPlatform(
  core: Core,
  row: Algorithm,
  wish: PlatformWish,
): Promise<{ made: Made | Kept; test: PlatformTest }> {
  const { purpose, extractable, cannot } = wish;
  const use = useOf(row, purpose);
  if (use === undefined || !isServed(row, purpose)) {
    const why = `Web Cryptography has no ${row.name} key${purpose === undefined ? "" : ` to ${purpose}`} that can be checked here`;
    throw cannot("provider", why);
  }
  const key = await ask(row, use, wish);
  wish.refuseIfEnded();
  const keys = "privateKey" in key ? key : { publicKey: key, privateKey: key };
  const wanted = { type: isKeyPair(row) ? "private" : "secret", extractable, ...use } as const;
  const wrong = wrongFact(keys.privateKey, wanted);
  if (wrong !== undefined) throw badKey(row, wrong, row.standard);
  const test = await tested(row, use, keys);
  wish.refuseIfEnded();
  const made = isKeyPair(row)
    ? await readPair(core, row, keys, wish)
    : await readSecret(row, use, keys.privateKey, wish);
  return { made, test };
}

/** Asks the platform for a key; what it refuses, it cannot serve. */
async function ask(
  row: Algorithm,
  { params, usages, publicUsages }: WebCryptoRow,
  { extractable, publicExponent, cannot }: PlatformWish,
): Promise<CryptoKey | CryptoKeyPair> {
  const isRsa = row.kind === "rsa";
  const all = isRsa ? { ...params, publicExponent: exponentBytes(publicExponent) } : params;
  try {
    return await platformCrypto().generateKey(all, extractable, [...usages, ...publicUsages]);
  } catch (cause) {
    if (cause instanceof KeygenError) throw cannot("runtime", cause.message, cause);
    const said = cause instanceof Error ? cause.name : "an error";
    const asked = isRsa ? `${row.name} with e = ${publicExponent}` : row.name;
    throw cannot("runtime", `its Web Cryptography does not make ${asked} as ${params.name} (it said ${said})`, cause);
  }
}

async function tested(row: Algorithm, use: WebCryptoRow, keys: Keys): Promise<PlatformTest> {
  const outcome = await testOnPlatform(use, keys);
  if (outcome.test !== undefined) return outcome.test;
  throw badKey(row, "its key failed the test of the platform itself", "SP 800-56A Rev. 3, 5.6.2.1.4", outcome.failure);
}

async function readSecret(
  row: SecretKeyAlgorithm,
  { formats }: WebCryptoRow,
  key: CryptoKey,
  { extractable, refuseIfEnded }: PlatformWish,
): Promise<Made | Kept> {
  if (!extractable) return { kind: "kept-secret", secretKey: key };
  const raw = new Uint8Array(await platformCrypto().exportKey("secret" in formats ? formats.secret : "raw", key));
  return orWipe([raw], () => {
    refuseIfEnded();
    if (raw.length !== row.keyLen) throw badKey(row, `its key has ${raw.length} bytes`, row.standard);
    return { kind: "secret", raw };
  });
}

async function readPair(
  core: Core,
  row: KeyPairAlgorithm,
  { publicKey, privateKey }: Keys,
  { extractable, publicExponent, signal, refuseIfEnded, turn }: PlatformWish,
): Promise<Made | Kept> {
  const open = await readPublic(row, publicKey);
  refuseIfEnded();
  await checkPublic(core, row, open, publicExponent, signal);
  refuseIfEnded();
  const { parts: publicParts } = open;
  if (!extractable) return { kind: "kept-pair", privateKey, publicParts };
  const der = new Uint8Array(await platformCrypto().exportKey("pkcs8", privateKey));
  try {
    refuseIfEnded();
    const key = understood(row, () => decodePkcs8(der, { complete: completeIn(core) }));
    try {
      const check = (): Promise<PrivateParts> => {
        refuseIfEnded();
        return checkPrivate(core, row, key, open, refuseIfEnded);
      };
      const privateParts = await (row.kind === "rsa" ? turn(check) : check());
      refuseIfEnded();
      return { kind: "pair", privateParts, publicParts };
    } catch (error) {
      key.wipe();
      throw error;
    }
  } finally {
    der.fill(0);
  }
}

async function readPublic(row: Algorithm, key: CryptoKey): Promise<PublicKey> {
  const der = new Uint8Array(await platformCrypto().exportKey("spki", key));
  return understood(row, () => decodeSpki(der));
}

/** A size that no algorithm has, or another defect that shows in reading: the platform did not make what it was asked for. */
function understood<T>(row: Algorithm, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    if (!(cause instanceof KeygenError)) throw cause;
    throw badKey(row, cause.message, row.standard, cause);
  }
}
