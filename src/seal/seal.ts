/**
 * Sealing: a key becomes a CryptoKey of the platform that can be used and not read. What the platform holds afterwards is
 * checked before anybody gets it, by what it says of itself and by use.
 *
 * The key that was sealed stays as it is until its `wipe()`. Sealing itself leaves no other copy in this library; those
 * of the platform, and what the engine copied, are out of reach.
 */
import { PrivateKey, PublicKey, readSecret, SecretKey } from "../algorithms/key.ts";
import { type CatalogueName, catalogue, catalogueRow } from "../algorithms/registry.ts";
import {
  type WebCryptoHash,
  type WebCryptoRow,
  type WebCryptoUsage,
  webCryptoHashes,
  webCryptoRows,
} from "../algorithms/web-crypto.ts";
import { type Bytes, copyBytes, secretBytes } from "../bytes.ts";
import { halvesOf, publicKeyOf } from "../encode/pair.ts";
import { pkcs8Of } from "../encode/pkcs8.ts";
import { encodeSpki } from "../encode/spki.ts";
import { KeygenError, kindOf, quote } from "../errors.ts";
import { checkSealed } from "./check.ts";
import { platformCrypto, runtimeName } from "./platform.ts";

export interface SealOptions {
  /** What the private or secret key may be used for; the public key may do the opposite. All of one algorithm. */
  readonly usages: readonly WebCryptoUsage[];
  /**
   * Which algorithm of Web Cryptography, where keys of the kind serve several. Default: the first that has the usages, so
   * for RSA `RSA-PSS` before `RSASSA-PKCS1-v1_5`, and for AES `AES-GCM`.
   */
  readonly algorithm?: string;
  /** RSA: the hash, of which a CryptoKey has one. Default `SHA-256`. */
  readonly hash?: WebCryptoHash;
  /** A sealed key is never extractable; this says so in the call. */
  readonly extractable?: false;
}

export interface SealedPair {
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
}

/**
 * The key as a CryptoKey of this platform that is not extractable; of a private key, with its public half. `key` may be
 * one that is not extractable, and stays until its `wipe()`.
 *
 * KeygenError "algorithm-unsupported" if this runtime has no such key, "seal-failed" if what it holds is not the key
 * that went in, "key-wiped" for a key that was wiped.
 */
export function seal(key: PrivateKey, options: SealOptions): Promise<SealedPair>;
export function seal(key: SecretKey, options: SealOptions): Promise<CryptoKey>;
export async function seal(key: PrivateKey | SecretKey, options: SealOptions): Promise<SealedPair | CryptoKey> {
  if (!(key instanceof PrivateKey) && !(key instanceof SecretKey)) {
    throw new TypeError(`the key of seal must be a PrivateKey or a SecretKey, got ${kindOf(key)}`);
  }
  const wanted = wantedOf(key.algorithm, options);
  return key instanceof PrivateKey ? await sealPair(key, wanted) : await sealSecret(key, wanted);
}

/** Whether this runtime has such keys: asked before one is made. What it refuses later, `seal` says. */
export async function canSeal(algorithm: CatalogueName, options: SealOptions): Promise<boolean> {
  const { params, usages, publicUsages } = wantedOf(algorithm, options).row;
  const subtle = platformCrypto();
  try {
    // A modulus of this length is enough to ask with: a search for one would take seconds.
    if (catalogue[algorithm].kind === "rsa") await subtle.importKey("spki", modulusOf(algorithm), params, true, []);
    else await subtle.generateKey(params, false, [...usages, ...publicUsages]);
    return true;
  } catch {
    return false; // any refusal means the same
  }
}

function modulusOf(algorithm: CatalogueName): Bytes {
  const row = catalogue[algorithm];
  const n = secretBytes(row.kind === "rsa" ? row.modulusBits / 8 : 0).fill(0xff);
  return encodeSpki(new PublicKey(algorithm, { kind: "rsa", rsa: { n, e: Uint8Array.of(1, 0, 1) } }));
}

/** What is asked for, as it was at the door: the caller's list may change while this waits. */
interface Wanted {
  readonly usages: readonly WebCryptoUsage[];
  /** The row of the table that has them. */
  readonly row: WebCryptoRow;
}

function wantedOf(name: CatalogueName, { usages: asked, algorithm, hash, extractable }: SealOptions): Wanted {
  const row = catalogueRow(name);
  if (extractable !== undefined && extractable !== false) {
    throw new RangeError("a sealed key is not extractable: extractable must be false");
  }
  if (hash !== undefined && row.kind !== "rsa")
    throw new RangeError(`hash is an option of RSA keys, got it for ${name}`);
  if (hash !== undefined && !webCryptoHashes.includes(hash)) {
    throw new RangeError(`hash must be one of ${webCryptoHashes.join(", ")}, got ${quote(hash)}`);
  }
  const usages: readonly WebCryptoUsage[] = Array.isArray(asked) ? [...asked] : [];
  if (usages.length === 0) throw new TypeError("usages must be a list of one or more usages of Web Cryptography");
  const rows = webCryptoRows(row, hash);
  if (rows.length === 0) {
    throw new KeygenError(
      "algorithm-unsupported",
      `Web Cryptography has no ${name} keys, so no runtime can seal one; ${instead}`,
      { algorithm: name },
    );
  }
  const found = rows.find(
    (each) =>
      (algorithm === undefined || each.params.name === algorithm) &&
      usages.every((usage) => each.usages.includes(usage)),
  );
  if (found !== undefined) return { usages, row: found };
  const has = rows.map(({ params, usages: own }) => `${params.name} (${own.join(", ")})`).join(", ");
  const got = `${usages.map(quote).join(", ")}${algorithm === undefined ? "" : ` for ${quote(algorithm)}`}`;
  throw new RangeError(`the usages of a sealed ${name} key must be of one of ${has}, got ${got}`);
}

const instead = "keep the key in this library and wipe it after use, or seal it where the runtime has the algorithm";

async function sealSecret(key: SecretKey, { usages, row }: Wanted): Promise<CryptoKey> {
  const parts = readSecret(key);
  if (parts.kind !== "raw" || !("secret" in row.formats)) throw new TypeError(`${key.algorithm} is no secret key`);
  const { secret } = row.formats;
  const raw = copyBytes(parts.raw);
  try {
    const take = (allowed: readonly WebCryptoUsage[]): Promise<CryptoKey> =>
      hold(key.algorithm, row, secret, raw, allowed);
    const [sealed, twin] = [await take(usages), await take(row.usages)];
    await checkSealed({ name: key.algorithm, row, usages, own: sealed, other: twin });
    return sealed;
  } finally {
    raw.fill(0);
  }
}

async function sealPair(key: PrivateKey, { usages, row }: Wanted): Promise<SealedPair> {
  const { algorithm: name } = key;
  const { formats } = row;
  if ("secret" in formats) throw new TypeError(`${name} is no private key`);
  const parts = readSecret(key);
  const spki = encodeSpki(publicHalf(key));
  const der = pkcs8Of(name, parts);
  try {
    const opposite = row.publicUsages.filter((_, i) => usages.includes(row.usages[i] as WebCryptoUsage)); // as long as each other, or empty
    const isWhole = parts.kind !== "expanded";
    const privateKey = await hold(name, row, formats.private, der, usages, { isWhole });
    const publicKey = await hold(name, row, formats.public, spki, opposite, { extractable: true });
    const exponent = parts.kind === "rsa" ? parts.rsa.e : undefined;
    await checkSealed({ name, row, usages, own: privateKey, other: publicKey, opposite, exponent });
    return { privateKey, publicKey };
  } finally {
    der.fill(0);
  }
}

/** The public half, which a private key made or completed by this library knows. */
function publicHalf(key: PrivateKey): PublicKey {
  const parts = readSecret(key);
  if (parts.kind === "rsa") return new PublicKey(key.algorithm, { kind: "rsa", rsa: parts.rsa });
  const { publicKey } = parts.kind === "expanded" ? parts.expanded : halvesOf(parts);
  if (publicKey !== undefined) return publicKeyOf(key.algorithm, publicKey);
  throw new TypeError(
    `seal checks the two halves of a key by use, and this ${key.algorithm} key was read without its public half: decode it with the option complete`,
  );
}

async function hold(
  name: CatalogueName,
  { params }: WebCryptoRow,
  format: string,
  bytes: Bytes,
  usages: readonly WebCryptoUsage[],
  { extractable = false, isWhole = true } = {},
): Promise<CryptoKey> {
  const subtle = platformCrypto();
  try {
    return await subtle.importKey(format, bytes, params, extractable, usages);
  } catch (cause) {
    const here = `Web Cryptography of ${runtimeName()}`;
    const why = isWhole
      ? `${here} takes no ${name} key for ${params.name}, so it cannot be sealed here; ${instead}`
      : `this ${name} key was read without its seed, and ${here} did not take the expanded form; seal it from a file that holds the seed`;
    throw new KeygenError("algorithm-unsupported", why, { algorithm: name, webCrypto: params.name }, { cause });
  }
}
