/** The check of a whole RSA key in the core: every criterion at once, then primality in steps, then the pair. */
import { KeygenError } from "../errors.ts";
import { type Core, withInputs } from "./core.ts";
import type { RsaParts } from "./rsa.ts";
import { check, Status } from "./status.ts";

/** The criteria by the bits of `Unmet` in `assembly/key/rsa-derive.ts`: what is not so, and the clause that wants it. */
const criteria = [
  ["e is not odd, or not between 2^16 and 2^256", "FIPS 186-5, A.1.1, criterion 1"],
  ["p - 1 and e have a common factor", "FIPS 186-5, A.1.1, criterion 2(a)"],
  ["q - 1 and e have a common factor", "FIPS 186-5, A.1.1, criterion 2(a)"],
  ["p is even, or not between sqrt(2) 2^(nlen/2 - 1) and 2^(nlen/2)", "FIPS 186-5, A.1.1, criterion 2(b)"],
  ["q is even, or not between sqrt(2) 2^(nlen/2 - 1) and 2^(nlen/2)", "FIPS 186-5, A.1.1, criterion 2(c)"],
  ["p and q are closer than 2^(nlen/2 - 100)", "FIPS 186-5, A.1.1, criterion 2(d)"],
  ["d is not between 2^(nlen/2) and lcm(p - 1, q - 1)", "FIPS 186-5, A.1.1, criterion 3(a)"],
  ["d is not the inverse of e modulo lcm(p - 1, q - 1)", "FIPS 186-5, A.1.1, criterion 3(b)"],
  ["n is not p q, or not of nlen bits", "FIPS 186-5, A.1.1"],
  ["dp is not d modulo p - 1", "RFC 8017, 3.2"],
  ["dq is not d modulo q - 1", "RFC 8017, 3.2"],
  ["qi is not the inverse of q modulo p", "RFC 8017, 3.2"],
  ["p is not prime", "FIPS 186-5, A.1.1, criterion 2"],
  ["q is not prime", "FIPS 186-5, A.1.1, criterion 2"],
] as const;

/** KeygenError "key-invalid" that names what is wrong and where the rule is. Never a number of the key. */
export function invalidKey(criterion: string, clause: string): KeygenError {
  return new KeygenError("key-invalid", `RSA key: ${criterion} (${clause})`, { criterion, clause });
}

export interface RsaCheckSetting {
  readonly bases: number;
  readonly modulusBits: number;
  readonly millerRabinRounds: number;
}

/** Throws what `check` throws, but for a key that is invalid the first criterion that it does not meet. */
function checkMet(core: Core, status: number): void {
  if (status === Status.KEY_INVALID) {
    const unmet = core.exports.rsaUnmet();
    const first = criteria.find((_, bit) => ((unmet >>> bit) & 1) === 1);
    if (first !== undefined) throw invalidKey(first[0], first[1]);
  }
  check(status, "RSA key");
}

/** Begins the check of parts in their full length: n and d as long as the modulus, the others but e half of it. */
export function rsaCheckBegin(core: Core, parts: RsaParts, setting: RsaCheckSetting): void {
  const { n, e, d, p, q, dp, dq, qi } = parts;
  const { bases, modulusBits, millerRabinRounds: rounds } = setting;
  withInputs(core, [e, p, q, n, d, dp, dq, qi], (atE = 0, atP = 0, atQ = 0, atRest = 0) => {
    // No strength is asked of the bases' generator: the key is not made from it.
    checkMet(core, core.exports.rsaCheckBegin(bases, 0, modulusBits, rounds, atE, e.length, atP, atQ, atRest));
  });
}

/** One step; true when all of the key was found right. `rsaEnd` ends the check and wipes the key, whatever came. */
export function rsaCheckStep(core: Core, work: number): boolean {
  const status = core.exports.rsaSearchStep(work);
  checkMet(core, status);
  return status === Status.OK;
}
