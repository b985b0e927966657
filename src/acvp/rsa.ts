/**
 * RSA keys, FIPS 186-5, A.1.2 to A.1.6 (186-4, B.3.2 to B.3.6): of what the prompt gives in the place of random numbers, of
 * the module's own, and the judgement of pairs.
 */
import { KeygenError } from "../errors.ts";
import type { RsaInputs } from "../testing/rsa-inputs.ts";
import { type Answer, type Family, refusesKey, unknownTestType } from "./family.ts";
import { type Fields, toHex } from "./fields.ts";
import { hashNamed } from "./hash-names.ts";
import type { Implementation, RsaParts } from "./implementation.ts";
import { chooseInputs } from "./rsa-choice.ts";

/** Enough for random composites; a prime passes any number (FIPS 186-5, Table B.1 asks for fewer). */
const ROUNDS = 16;
/** Choices of our own that may fail, each with a small probability, before something is broken. */
const CHOICES = 16;
/** Searches for primes of given residues modulo 8: of two that are equal one key in 16 has them, and 400 miss with 2^-37. */
const SEARCHES = 400;

const methods: ReadonlyMap<string, RsaInputs["method"]> = new Map([
  ["provable", "A.1.2"],
  ["B.3.2", "A.1.2"],
  ["provableWithProvableAux", "A.1.4"],
  ["B.3.4", "A.1.4"],
  ["probableWithProvableAux", "A.1.5"],
  ["B.3.5", "A.1.5"],
  ["probableWithProbableAux", "A.1.6"],
  ["B.3.6", "A.1.6"],
] as const);

/** A number in `length` bytes: sources leave leading zeros out. Nothing stays nothing. */
function fit(number: Uint8Array, length: number): Uint8Array {
  if (number.length === 0 || number.length >= length) return number;
  const fitted = new Uint8Array(length);
  fitted.set(number, length - number.length);
  return fitted;
}

/** Primes in the length that the modulus gives them, so that one that is too small is seen as such. */
export function primesOf(group: Fields, test: Fields) {
  const half = group.bytesOfBits("modulo") / 2;
  return { e: test.bytes("e"), p: fit(test.bytes("p"), half), q: fit(test.bytes("q"), half) };
}

/** The key in the format that the group asks for. */
function answerOf(group: Fields, { n, e, d, p, q, dp, dq, qi }: RsaParts): Answer {
  const common = { e: toHex(e), p: toHex(p), q: toHex(q), n: toHex(n) };
  const crt = group.has("keyFormat") && group.text("keyFormat") === "crt";
  return crt ? { ...common, dmp1: toHex(dp), dmq1: toHex(dq), iqmp: toHex(qi) } : { ...common, d: toHex(d) };
}

/** Whether a pair meets the criteria of FIPS 186-5, A.1.1. Where p fails, the source gives no q. */
async function isValid(iut: Implementation, { e, p, q }: ReturnType<typeof primesOf>): Promise<boolean> {
  if (q.length === 0) return await iut.isProbablePrime(p, ROUNDS);
  try {
    await iut.rsaFromPrimes({ e, p, q });
    return true;
  } catch (error) {
    if (refusesKey(error)) return false;
    throw error;
  }
}

/** Those of the fields that are there, under the same names. */
function numbersIn<N extends string>(test: Fields, names: readonly N[]): { [K in N]?: Uint8Array } {
  const there = names.filter((name) => test.has(name)).map((name) => [name, test.bytes(name)] as const);
  return Object.fromEntries(there) as { [K in N]?: Uint8Array };
}

function bitlensOf(test: Fields): Pick<RsaInputs, "bitlens"> {
  if (!test.has("bitlens")) return {};
  const [p1, p2, q1, q2, ...more] = test.list("bitlens").map(Number);
  if (p1 === undefined || p2 === undefined || q1 === undefined || q2 === undefined || more.length > 0) {
    throw new RangeError("bitlens must have four numbers");
  }
  return { bitlens: [p1, p2, q1, q2] };
}

const hashOf = (group: Fields) => (group.has("hashAlg") ? hashNamed(group.text("hashAlg")) : undefined);

/** What p and q must be modulo 8; 0 for anything. */
function residuesOf(group: Fields) {
  const modulo = (name: string) => (group.has(name) ? group.number(name) : 0);
  return { pMod8: modulo("pMod8"), qMod8: modulo("qMod8") };
}

/** What the group and the case give of what would be random. */
export function inputsOf(group: Fields, test: Fields, method: RsaInputs["method"]): RsaInputs {
  const hash = hashOf(group);
  return {
    method,
    modulusBits: group.number("modulo"),
    e: test.bytes("e"),
    ...(hash === undefined ? {} : { hash }),
    ...numbersIn(test, ["seed", "xP", "xQ", "xP1", "xP2", "xQ1", "xQ2"]),
    ...bitlensOf(test),
    ...residuesOf(group),
  };
}

/** The exponent of the case, the fixed one of the group, or ours where it may be any. */
function exponentOf(group: Fields, test: Fields): Uint8Array {
  if (test.has("e")) return test.bytes("e");
  return group.has("fixedPubExp") ? group.bytes("fixedPubExp") : Uint8Array.of(1, 0, 1);
}

/**
 * A.1.3. Of its keys one is taken whose primes have the residues that are wanted, as they are or the other way round: its
 * own candidates, of steps 4.2 and 5.2, are as likely. Of eight keys one has any two residues that differ.
 */
async function searched(group: Fields, test: Fields, iut: Implementation): Promise<RsaParts> {
  const { pMod8, qMod8 } = residuesOf(group);
  const e = exponentOf(group, test);
  const fits = (prime: Uint8Array, residue: number) => residue === 0 || ((prime.at(-1) ?? 0) & 7) === residue;
  for (let search = 0; search < SEARCHES; search++) {
    const key = await iut.rsaKey(group.number("modulo"), e);
    const { p, q } = key;
    if (fits(p, pMod8) && fits(q, qMod8)) return key;
    if (fits(p, qMod8) && fits(q, pMod8)) return await iut.rsaFromPrimes({ e, p: q, q: p });
  }
  throw new KeygenError(
    "search-limit",
    `${SEARCHES} keys had no primes of the residues ${pMod8} and ${qMod8} modulo 8`,
  );
}

/** Bytes as hex. */
function tell({ bitlens, hash: _, ...numbers }: ReturnType<typeof chooseInputs>): Answer {
  const told = Object.entries<Uint8Array>(numbers).map(([name, number]) => [name, toHex(number)]);
  return { ...Object.fromEntries(told), ...(bitlens === undefined ? {} : { bitlens }) };
}

/** A key of the module's own choice, beside that choice. */
async function chosen(group: Fields, test: Fields, method: RsaInputs["method"], iut: Implementation): Promise<Answer> {
  const modulusBits = group.number("modulo");
  for (let choice = 0; choice < CHOICES; choice++) {
    const choices = chooseInputs(iut, method, modulusBits, hashOf(group));
    try {
      const given = { method, modulusBits, e: exponentOf(group, test), ...residuesOf(group) };
      const key = await iut.rsaFromInputs({ ...choices, ...given });
      return { ...tell(choices), ...answerOf(group, key) };
    } catch (error) {
      if (!(error instanceof KeygenError) || !["key-invalid", "search-limit"].includes(error.code)) throw error;
    }
  }
  throw new KeygenError("search-limit", `RSA-${modulusBits} by ${method}: ${CHOICES} choices gave no key`);
}

/**
 * KAT: whether the pair is one. GDT: a key of the module's own, which known answers give the primes of. AFT: the key of
 * what the case gives in the place of random numbers, or chosen by the module where it gives none.
 */
export const rsaKeyGen: Family = {
  algorithms: ["RSA"],
  mode: "keyGen",
  revisions: ["FIPS186-4", "FIPS186-5"],
  async answer({ group, test }, iut) {
    const mode = group.text("randPQ");
    const type = group.text("testType");
    const method = methods.get(mode);
    if (method === undefined && mode !== "probable" && mode !== "B.3.3") {
      throw new RangeError(`no method is known as ${mode}`);
    }
    if (type !== "AFT" && type !== "KAT" && type !== "GDT") throw unknownTestType(type);
    if (type === "KAT") return { testPassed: await isValid(iut, primesOf(group, test)) };
    if (method === undefined) {
      if (test.has("p")) return answerOf(group, await iut.rsaFromPrimes(primesOf(group, test)));
      return answerOf(group, await searched(group, test, iut));
    }
    if (!test.has("seed") && !test.has("xP")) return await chosen(group, test, method, iut);
    return answerOf(group, await iut.rsaFromInputs(inputsOf(group, test, method)));
  },
};
