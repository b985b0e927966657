/**
 * RSA numbers as the formats carry them: which algorithm of the registry they belong to, and the outer criteria of
 * FIPS 186-5, A.1.1. That p and q are primes, and that the numbers belong together, is not checked: it would need
 * arithmetic on secrets, which only the core does.
 */
import type { RsaPrivateParts, RsaPublicParts } from "../algorithms/key.ts";
import { type AlgorithmName, algorithmNames, registry } from "../algorithms/registry.ts";
import { copyBytes, secretBytes } from "../bytes.ts";
import { KeygenError } from "../errors.ts";

/** The private numbers besides n and e, in the order of RFC 8017, A.1.2. */
export const privateNumbers = ["d", "p", "q", "dp", "dq", "qi"] as const;

type Views = Readonly<Record<"n" | "e", Uint8Array>>;
type PrivateViews = Views & Readonly<Record<(typeof privateNumbers)[number], Uint8Array>>;

/** Bits of a number without leading zero bytes. Leaks the position of its first bit, which is public for n, e, p, q. */
function bitLength(number: Uint8Array): number {
  return number.length === 0 ? 0 : number.length * 8 - (Math.clz32(number[0] ?? 0) - 24);
}

function isOdd(number: Uint8Array): boolean {
  return ((number.at(-1) ?? 0) & 1) === 1;
}

/** Whether a < b, for numbers without leading zeros; b's length is public. Looks at every byte, whatever it finds. */
function isBelow(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length > b.length) return false;
  let borrow = 0;
  for (let i = 1; i <= b.length; i++) borrow = ((a.at(-i) ?? 0) - (b.at(-i) ?? 0) - borrow) >>> 31;
  return borrow === 1;
}

function broken(what: string): KeygenError {
  return new KeygenError("key-invalid", `${what} (FIPS 186-5, A.1.1)`);
}

/** The registry's name for a modulus of this size. */
function nameByModulus(n: Uint8Array): AlgorithmName {
  const bits = bitLength(n);
  const rsa = algorithmNames.filter((name) => registry[name].kind === "rsa");
  const name = rsa.find((candidate) => {
    const row = registry[candidate];
    return row.kind === "rsa" && row.modulusBits === bits;
  });
  if (name !== undefined) return name;
  throw new KeygenError("algorithm-unsupported", `an RSA modulus of ${bits} bits is not one of ${rsa.join(", ")}`, {
    modulusBits: bits,
  });
}

function checkPublic({ n, e }: Views): AlgorithmName {
  const name = nameByModulus(n);
  if (!isOdd(n)) throw broken("the modulus must be odd");
  if (!isOdd(e) || bitLength(e) < 17 || bitLength(e) > 256) {
    throw broken("the public exponent must be odd, above 2^16 and below 2^256");
  }
  return name;
}

/** Copies of the numbers of a public key, in the shape that `PublicKey` holds. Numbers without leading zeros come in. */
export function readPublicNumbers(views: Views): { algorithm: AlgorithmName; rsa: RsaPublicParts } {
  const algorithm = checkPublic(views);
  return { algorithm, rsa: { n: copyBytes(views.n), e: copyBytes(views.e) } };
}

/** As above for a private key. Nothing is copied before everything is checked, so an error leaves nothing to wipe. */
export function readPrivateNumbers(views: PrivateViews): { algorithm: AlgorithmName; rsa: RsaPrivateParts } {
  const algorithm = checkPublic(views);
  const { n, e, d, p, q, dp, dq, qi } = views;
  const half = bitLength(n) / 2;
  for (const prime of [p, q]) {
    if (bitLength(prime) !== half || !isOdd(prime)) throw broken(`each prime must be odd and of ${half} bits`);
  }
  if (bitLength(d) <= half || !isBelow(d, n) || !isOdd(d)) {
    throw broken(`the private exponent must be odd, above 2^${half} and below the modulus`);
  }
  for (const [small, prime] of [
    [dp, p],
    [dq, q],
    [qi, p],
  ] as const) {
    if (small.length === 0 || !isBelow(small, prime))
      throw broken("each CRT number must be positive and below its prime");
  }
  const fullD = secretBytes(n.length);
  fullD.set(d, n.length - d.length);
  return {
    algorithm,
    rsa: {
      n: copyBytes(n),
      e: copyBytes(e),
      d: fullD,
      p: copyBytes(p),
      q: copyBytes(q),
      dp: copyBytes(dp),
      dq: copyBytes(dq),
      qi: copyBytes(qi),
    },
  };
}
