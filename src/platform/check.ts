/**
 * What the core looks at in a key that the platform made: of the public half validity, of a private half that can be read
 * every criterion of its standard.
 */
import type { Algorithm } from "../algorithms/algorithm.ts";
import { type PrivateKey, type PrivateParts, type PublicKey, readSecret } from "../algorithms/key.ts";
import { type Bytes, isSame } from "../bytes.ts";
import type { Core } from "../core/core.ts";
import { type EcCurve, ecPairwise, isEcPoint } from "../core/ec.ts";
import { type MlDsaName, mlDsaPairwise } from "../core/ml-dsa.ts";
import { type MlKemName, mlKemPairwise } from "../core/ml-kem.ts";
import { isOfSmallOrder, isOkpPublicKey, type OkpName, okpPairwise } from "../core/okp.ts";
import { KeygenError } from "../errors.ts";
import { checkRsaPrivate } from "../generate/rsa-check.ts";
import { checkRsaPublic, toNumber } from "../generate/rsa-public.ts";

export function badKey(row: Algorithm, what: string, clause: string, cause?: unknown): KeygenError {
  return new KeygenError(
    "key-invalid",
    `the platform was asked for ${row.name}: ${what} (${clause})`,
    { clause },
    { cause },
  );
}

/**
 * The public half: SP 800-89, 5.3.3 of RSA; SP 800-56A Rev. 3, 5.6.2.3.3 of curves. In reading it were looked at lengths,
 * and of ML-KEM the coefficients (FIPS 203, 7.2). Of ML-DSA the length is all: whatever has it is a public key.
 */
export async function checkPublic(
  core: Core,
  row: Algorithm,
  { algorithm, parts }: PublicKey,
  publicExponent: number,
  signal?: AbortSignal,
): Promise<void> {
  if (algorithm !== row.name) throw badKey(row, `it made ${algorithm}`, row.standard);
  if (parts.kind === "rsa") {
    if (toNumber(parts.rsa.e) !== BigInt(publicExponent)) {
      throw badKey(row, `its public exponent is not ${publicExponent}`, "FIPS 186-5, A.1.1, criterion 1");
    }
    await checkRsaPublic(parts.rsa, signal);
  } else if (parts.kind === "ec") {
    if (!isEcPoint(core, algorithm as EcCurve, parts.ec.point)) throw notValid(row);
  } else if (row.kind === "okp") {
    const name = algorithm as OkpName;
    if (!isOkpPublicKey(core, name, parts.octets) || isOfSmallOrder(core, name, parts.octets)) throw notValid(row);
  }
}

function notValid(row: Algorithm): KeygenError {
  return badKey(row, "its public key is not valid", "SP 800-56A Rev. 3, 5.6.2.3.3");
}

/** The half of `parts` that is public. */
function publicOf(parts: PrivateParts): readonly Uint8Array[] {
  if (parts.kind === "rsa") return [parts.rsa.n, parts.rsa.e];
  return [(parts.kind === "ec" ? parts.ec.point : parts.octets.publicKey) ?? new Uint8Array(0)];
}

/**
 * The private half, which belongs to `publicKey` that was checked already: of RSA all of FIPS 186-5, A.1.1, in a core whose
 * search state is free; of others that the public half follows from it, which `complete` saw to, and the core's own
 * pairwise test. Throws KeygenError "key-invalid".
 */
export async function checkPrivate(
  core: Core,
  row: Algorithm,
  key: PrivateKey,
  publicKey: PublicKey,
  refuseIfEnded: () => void,
): Promise<PrivateParts> {
  const parts = readSecret(key);
  if (parts.kind === "raw") throw badKey(row, "it made a secret key", row.standard);
  if (parts.kind === "expanded")
    throw badKey(row, "it gives out no seed, which is what is kept of such a key", row.standard);
  const { parts: open } = publicKey;
  const stated = open.kind === "rsa" ? [open.rsa.n, open.rsa.e] : [open.kind === "ec" ? open.ec.point : open.octets];
  if (!publicOf(parts).every((half, i) => isSame(half, stated[i] ?? half.subarray(0, 0)))) {
    throw badKey(row, "its halves are of different pairs", "SP 800-56A Rev. 3, 5.6.2.1.4");
  }
  if (parts.kind === "rsa" && row.kind === "rsa")
    await checkRsaPrivate(core, parts.rsa, row.modulusBits, refuseIfEnded);
  if (parts.kind === "ec") ecPairwise(core, row.name as EcCurve, { d: parts.ec.d, point: stated[0] as Bytes });
  if (parts.kind === "octets") {
    const { privateKey } = parts.octets;
    const half = stated[0] as Bytes; // of octets there is one
    if (row.kind === "okp") okpPairwise(core, row.name as OkpName, { privateKey, publicKey: half });
    if (row.kind === "ml-kem") mlKemPairwise(core, row.name as MlKemName, { seed: privateKey, publicKey: half });
    if (row.kind === "ml-dsa") mlDsaPairwise(core, row.name as MlDsaName, { seed: privateKey, publicKey: half });
  }
  return parts;
}
