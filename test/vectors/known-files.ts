/** Which reader a file of the layout has, by its path. A file that no line here names is unknown, and listed as such. */
import {
  readAcvpDrbg,
  readAcvpEcKeyGen,
  readAcvpHmac,
  readAcvpKbkdf,
  readAcvpKda,
  readAcvpKeyVer,
  readAcvpMlDsa,
  readAcvpMlKem,
  readAcvpMlKemUse,
  readAcvpPbkdf2,
  readAcvpRsa,
  readAcvpSlhDsa,
  readOkpKeyGen,
  readSha,
  readShake,
} from "./readers/acvp-families.ts";
import { readDetKeygenEc, readDetKeygenRsa } from "./readers/det-keygen.ts";
import { readCavpDrbg } from "./readers/drbg.ts";
import { readCavpDrbgStates } from "./readers/drbg-states.ts";
import { readCavpEcKeyPair, readCavpEcPkv } from "./readers/ec.ts";
import { readWycheproofHkdf } from "./readers/hkdf.ts";
import { readCavpHmac, readWycheproofHmac } from "./readers/hmac.ts";
import { readCavpKbkdf } from "./readers/kbkdf.ts";
import { readFfc, readLater, readSha1 } from "./readers/later.ts";
import { readWycheproofMlDsa, readWycheproofMlKem } from "./readers/lattice.ts";
import { readOkpRfc, readXdh } from "./readers/okp.ts";
import { readWycheproofPbkdf2 } from "./readers/pbkdf2.ts";
import { readPrimality } from "./readers/primality.ts";
import type { FileReader } from "./readers/reader.ts";
import { readCavpRsa, readOpensslRsa } from "./readers/rsa.ts";
import { readTrace } from "./readers/trace.ts";

const sha2 = "SHA2-(224|256|384|512|512-224|512-256)";
const sha3 = "SHA3-(224|256|384|512)";

const known: readonly (readonly [folder: string, names: string, reader: FileReader])[] = [
  ["acvp", "(HMAC-)?SHA-1-[\\d.]+", readSha1],
  ["acvp", `(${sha2}|${sha3})-[\\d.]+`, readSha],
  ["acvp", `HMAC-(${sha2}|${sha3})-[\\d.]+`, readAcvpHmac],
  ["acvp", "hmacDRBG-(1.0|SP800-90Ar1)", readAcvpDrbg],
  ["acvp", "RSA-KeyGen-FIPS186-[45]", readAcvpRsa],
  ["acvp", "safePrimes-key(Gen|Ver)-1.0", readFfc],
  ["acvp", "SHAKE-(128|256)-(1.0|FIPS202)", readShake],
  ["acvp", "(EDDSA-KeyGen-1.0|XECDH-keyGen-RFC7748)", readOkpKeyGen],
  ["acvp", "(EDDSA-KeyVer-1.0|XECDH-keyVer-RFC7748)", readAcvpKeyVer],
  ["acvp", "ECDSA-KeyGen-FIPS186-5", readAcvpEcKeyGen],
  ["acvp", "ECDSA-KeyVer-FIPS186-5", readAcvpKeyVer],
  ["acvp", "KDF-1.0", readAcvpKbkdf],
  ["acvp", "KDA-(HKDF|OneStep|TwoStep)-Sp800-56Cr[12]", readAcvpKda],
  ["acvp", "PBKDF-1.0", readAcvpPbkdf2],
  ["acvp", "ML-KEM-keyGen-FIPS203", readAcvpMlKem],
  ["acvp", "ML-KEM-encapDecap-FIPS203", readAcvpMlKemUse],
  ["acvp", "ML-DSA-keyGen-FIPS204", readAcvpMlDsa],
  ["acvp", "SLH-DSA-keyGen-FIPS205", readAcvpSlhDsa],
  ["acvp", "ACVP-AES-KWP?-1.0", readLater],
  ["cavp", "HMAC", readCavpHmac],
  ["cavp", "HMAC_DRBG-(no_reseed|pr_false|pr_true)", readCavpDrbg],
  ["cavp", "HMAC_DRBG-(no_reseed|pr_false|pr_true)-states", readCavpDrbgStates],
  ["cavp", "RSA-KeyGen-B.3.3", readCavpRsa],
  ["cavp", "KBKDF-counter", readCavpKbkdf("counter")],
  ["cavp", "KBKDF-feedback(-no-counter|-zero-iv)?", readCavpKbkdf("feedback")],
  ["cavp", "KBKDF-pipeline(-no-counter)?", readCavpKbkdf("double-pipeline")],
  ["cavp", "ECDSA-KeyPair", readCavpEcKeyPair],
  ["cavp", "ECDSA-PKV", readCavpEcPkv],
  ["wycheproof", "hmac_sha(1|224|256|384|512|512_224|512_256|3_224|3_256|3_384|3_512)", readWycheproofHmac],
  ["wycheproof", "hkdf_sha\\d+", readWycheproofHkdf],
  ["wycheproof", "pbkdf2_hmacsha\\d+", readWycheproofPbkdf2],
  ["wycheproof", "primality", readPrimality],
  ["wycheproof", "(x25519|x448)", readXdh],
  ["wycheproof", "(aes_wrap|aes_kwp)", readLater],
  ["rfc", "8032-ed(25519|448)", readOkpRfc],
  ["wycheproof", "mlkem_(512|768|1024)_keygen_seed", readWycheproofMlKem],
  ["wycheproof", "mldsa_(44|65|87)_keypairs", readWycheproofMlDsa],
  ["openssl", "RSA-KeyGen-probableWithProbableAux-2048", readOpensslRsa],
  ["c2sp", "det-keygen-rsa", readDetKeygenRsa],
  ["c2sp", "det-keygen-ecdsa", readDetKeygenEc],
];

const byPath: readonly (readonly [pattern: RegExp, reader: FileReader])[] = [
  ...known.map(([folder, names, reader]) => [new RegExp(`^${folder}/${names}\\.json$`), reader] as const),
  [/^c2sp\/rsa\.bench\.\d+\.txt$/, readTrace],
];

/** `path` is relative to the folder of vectors, with slashes. */
export function readerFor(path: string): FileReader | undefined {
  return byPath.find(([pattern]) => pattern.test(path))?.[1];
}
