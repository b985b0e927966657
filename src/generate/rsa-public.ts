/**
 * Partial validation of an RSA public key, SP 800-89, 5.3.3, with the bound on e of FIPS 186-5, A.1.1. All of it is
 * public, so it is plain arithmetic on BigInt and not constant-time. What the clause asks was compared with OpenSSL
 * (crypto/rsa/rsa_sp800_56b_check.c, ossl_rsa_sp800_56b_check_public) and with AWS-LC (crypto/fipsmodule/rsa/rsa.c,
 * RSA_check_fips).
 */
import type { RsaPublicParts } from "../algorithms/key.ts";
import { pause } from "../core/pause.ts";
import { invalidKey } from "../core/rsa-check.ts";
import { randomBytes } from "../entropy/random.ts";

const CLAUSE = "SP 800-89, 5.3.3";
const E_CLAUSE = "SP 800-89, 5.3.3; FIPS 186-5, A.1.1, criterion 1";

export function toNumber(bytes: Uint8Array): bigint {
  return bytes.reduce((value, byte) => (value << 8n) | BigInt(byte), 0n);
}

/** Bits of a number, 0 for 0. */
export function bitsOf(value: bigint): number {
  return value === 0n ? 0 : value.toString(2).length;
}

function gcd(a: bigint, b: bigint): bigint {
  let [x, y] = [a, b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}

/** The product of the odd primes below 752. */
function smallPrimes(): bigint {
  let product = 1n;
  for (let i = 3n; i < 752n; i += 2n) if (gcd(i, product) === 1n) product *= i;
  return product;
}

/** Multiplications between two turns of the event loop: some ms for the largest modulus. */
const STEP = 64;

async function power(base: bigint, exponent: bigint, modulus: bigint, signal?: AbortSignal): Promise<bigint> {
  let result = 1n;
  const bits = exponent.toString(2);
  for (let i = 0; i < bits.length; i++) {
    result = (result * result) % modulus;
    if (bits[i] === "1") result = (result * base) % modulus;
    if (i % STEP === STEP - 1) {
      await pause();
      signal?.throwIfAborted();
    }
  }
  return result;
}

/** A random number b with 1 < b < n - 1; its bias is of no matter to a test that any base passes. */
function randomBase(n: bigint, length: number): bigint {
  return 2n + (toNumber(randomBytes(length)) % (n - 3n));
}

/**
 * Whether n is composite and no power of a prime. FIPS 186-5, B.3.2 (the enhanced Miller-Rabin test) comes to this: a
 * base whose power n - 1 is not 1 proves n composite, and if n were the power of a prime r, then r would divide that power
 * less 1, and the greatest common divisor would show it. One base in a modulus of two large primes suffices; of a prime,
 * none does.
 */
async function isComposite(n: bigint, length: number, signal?: AbortSignal): Promise<"prime" | "factor" | "composite"> {
  for (let i = 0; i < 5; i++) {
    const b = randomBase(n, length);
    if (gcd(b, n) !== 1n) return "factor";
    const z = await power(b, n - 1n, n, signal);
    if (z === 1n) continue;
    return gcd(z - 1n, n) === 1n ? "composite" : "factor";
  }
  return "prime";
}

/** Throws KeygenError "key-invalid" with the criterion and its clause. Returns nlen. */
export async function checkRsaPublic({ n, e }: RsaPublicParts, signal?: AbortSignal): Promise<number> {
  const [modulus, exponent] = [toNumber(n), toNumber(e)];
  const bits = bitsOf(modulus);
  if (bits < 2048) throw invalidKey(`nlen must be at least 2048, got ${bits}`, "FIPS 186-5, 5.1");
  if (bits > 8192 || bits % 16 !== 0) {
    throw new RangeError(`nlen must be a multiple of 16 up to 8192 for this check, got ${bits}`);
  }
  if (exponent <= 1n << 16n || exponent >= 1n << 256n) throw invalidKey("e is not between 2^16 and 2^256", E_CLAUSE);
  if (exponent % 2n === 0n) throw invalidKey("e is even", E_CLAUSE);
  if (modulus % 2n === 0n) throw invalidKey("n is even", CLAUSE);
  if (gcd(modulus, smallPrimes()) !== 1n) throw invalidKey("n has a factor below 752", CLAUSE);
  const found = await isComposite(modulus, bits / 8, signal);
  if (found === "prime") throw invalidKey("n is prime", CLAUSE);
  if (found === "factor") throw invalidKey("n is a power of a prime, or has a factor that shows at once", CLAUSE);
  return bits;
}
