/** Small vector files made up for the tests of the runner: the answers are computed by `node:crypto`, not by what is tested. */
import { createHash, createHmac, generateKeyPairSync } from "node:crypto";
import { base64, hex } from "@scure/base";
import { ReferenceDrbg } from "../support/reference.ts";
import { ecFiles } from "./made-up-ec.ts";

/** A file in a folder of the layout. */
export interface MadeUp {
  readonly file: string;
  readonly text: string;
  readonly cases: number;
  /** A number or text inside an answer: changed, the file must fail. Absent where there is no answer. */
  readonly answer?: string;
}

const upper = (bytes: Uint8Array) => hex.encode(bytes).toUpperCase();
const bytes = (length: number, from = 1) => Uint8Array.from({ length }, (_, i) => (from + i * 7) & 0xff);
const sha256 = (...parts: readonly Uint8Array[]) =>
  new Uint8Array(parts.reduce((hash, part) => hash.update(part), createHash("sha256")).digest());
const hmac256 = (key: Uint8Array, message: Uint8Array) =>
  new Uint8Array(createHmac("sha256", key).update(message).digest());

interface Group extends Readonly<Record<string, unknown>> {
  readonly tests: readonly Readonly<Record<string, unknown>>[];
}

/** Mode and revision of an ACVP file, from its name: the algorithm, with a dash for a slash, a mode if any, the revision. */
function identity(file: string, algorithm: string): object {
  const rest = /^acvp\/(.*)\.json$/.exec(file)?.[1]?.slice(algorithm.length + 1);
  if (rest === undefined) return {};
  const [, mode, revision] = /^(?:(key\w+|encapDecap|HKDF|\w+Step)-)?(.*)$/i.exec(rest) ?? [];
  return { ...(mode === undefined ? {} : { mode }), revision };
}

/** The common shape. */
export function grouped(file: string, algorithm: string, testGroups: readonly Group[], answer?: string): MadeUp {
  const cases = testGroups.reduce((sum, { tests }) => sum + tests.length, 0);
  const text = JSON.stringify({
    source: "made up",
    algorithm,
    ...identity(file, algorithm),
    numberOfTests: cases,
    testGroups,
  });
  return { file, text, cases, ...(answer === undefined ? {} : { answer }) };
}

export function shaFunctional(): MadeUp {
  const tests = [0, 1, 55, 64, 200].map((length, at) => {
    const message = bytes(length);
    return { tcId: at + 1, msg: upper(message), len: length * 8, md: upper(sha256(message)) };
  });
  return grouped("acvp/SHA2-256-1.0.json", "SHA2-256", [{ tgId: 1, testType: "AFT", tests }], tests[4]?.md);
}

function monteCarlo(version: "standard" | "alternate"): MadeUp {
  const message = bytes(version === "standard" ? 32 : 50);
  const length = version === "standard" ? 96 : message.length;
  let seed: Uint8Array = message;
  const resultsArray = Array.from({ length: 100 }, () => {
    const digests = [seed, seed, seed];
    for (let i = 0; i < 1000; i++) {
      const joined = Buffer.concat([...digests.slice(-3), Buffer.alloc(length)]).subarray(0, length);
      digests.push(sha256(joined));
    }
    seed = digests.at(-1) ?? seed;
    return { md: upper(seed), outLen: 256 };
  });
  const test = { tcId: 1, msg: upper(message), len: message.length * 8, resultsArray };
  const group = { tgId: 1, testType: "MCT", mctVersion: version, tests: [test] };
  return grouped("acvp/SHA2-256-1.0.json", "SHA2-256", [group], resultsArray.at(-1)?.md);
}

/** Two lengths of output, and a round of the chain whose length wanders between 128 and 1120 bits. */
function shakes(): MadeUp {
  const shake = (message: Uint8Array, length: number) =>
    new Uint8Array(createHash("shake128", { outputLength: length }).update(message).digest());
  const tests = [1, 200].map((length, at) => {
    const message = bytes(length);
    return { tcId: at, msg: upper(message), len: length * 8, md: upper(shake(message, length)), outLen: length * 8 };
  });
  let [output, length] = [bytes(16), 140];
  const resultsArray = Array.from({ length: 100 }, () => {
    for (let i = 0; i < 1000; i++) {
      output = shake(Buffer.concat([output, Buffer.alloc(16)]).subarray(0, 16), length);
      length = 16 + (Buffer.from(output).readUInt16BE(output.length - 2) % 125);
    }
    return { md: upper(output), outLen: 8 * output.length };
  });
  const chain = { tcId: 9, msg: upper(bytes(16)), len: 128, resultsArray };
  const groups = [
    { tgId: 1, testType: "VOT", tests },
    { tgId: 2, testType: "MCT", minOutLen: 128, maxOutLen: 1120, tests: [chain] },
  ];
  return grouped("acvp/SHAKE-128-1.0.json", "SHAKE-128", groups, upper(output));
}

/** The message is longer than one of the pieces that the reader makes, and ends inside a repetition. */
export function shaLarge(): MadeUp {
  const content = bytes(24);
  const length = (1 << 20) + 5;
  const message = Buffer.alloc(length, Buffer.from(content));
  const largeMsg = { content: upper(content), fullLength: length * 8, expansionTechnique: "repeating" };
  const md = createHash("sha3-256").update(message).digest("hex");
  const group = { tgId: 1, testType: "LDT", tests: [{ tcId: 1, largeMsg, md }] };
  return grouped("acvp/SHA3-256-2.0.json", "SHA3-256", [group], md);
}

function acvpHmac(lengthsIn: "group" | "case"): MadeUp {
  const [key, message] = [bytes(70), bytes(33, 9)];
  const mac = upper(hmac256(key, message).subarray(0, 13));
  const lengths = { keyLen: 70 * 8, msgLen: 33 * 8, macLen: 13 * 8 };
  const test = { tcId: 1, key: upper(key), msg: upper(message), mac };
  const group = { tgId: 1, testType: "AFT" };
  return lengthsIn === "group"
    ? grouped("acvp/HMAC-SHA2-256-1.0.json", "HMAC-SHA2-256", [{ ...group, ...lengths, tests: [test] }], mac)
    : grouped("acvp/HMAC-SHA2-256-2.0.json", "HMAC-SHA2-256", [{ ...group, tests: [{ ...test, ...lengths }] }], mac);
}

function cavpHmac(): MadeUp {
  const [key, message] = [bytes(40), bytes(128, 3)];
  const mac = hex.encode(hmac256(key, message).subarray(0, 16));
  const test = { Count: 0, Klen: 40, Tlen: 16, Key: hex.encode(key), Msg: hex.encode(message), Mac: mac };
  return grouped("cavp/HMAC.json", "HMAC (FIPS 198-1)", [{ L: "32", tests: [test] }], mac);
}

/** A right tag that is said to be valid, and a wrong one that is said to be invalid. */
export function wycheproofHmac(): MadeUp {
  const [key, message] = [bytes(16), bytes(20)];
  const tag = hmac256(key, message).subarray(0, 16);
  const wrong = Uint8Array.from(tag, (byte, at) => (at === 15 ? byte ^ 1 : byte));
  const test = { key: hex.encode(key), msg: hex.encode(message) };
  const tests = [
    { tcId: 1, ...test, tag: hex.encode(tag), result: "valid" },
    { tcId: 2, ...test, tag: hex.encode(wrong), result: "invalid" },
  ];
  return grouped("wycheproof/hmac_sha256.json", "HMACSHA256", [{ tagSize: 128, tests }], hex.encode(tag));
}

const seed = { entropy: bytes(32), nonce: bytes(16, 5), personalization: bytes(32, 77) };
const additional = [bytes(32, 11), new Uint8Array()];
const drbgGroup = { hash: "SHA2-256", returnedBitsLen: 800 };
const drbgTest = {
  count: 0,
  entropyInput: hex.encode(seed.entropy),
  nonce: hex.encode(seed.nonce),
  personalizationString: hex.encode(seed.personalization),
  additionalInput: additional.map((input) => hex.encode(input)),
};
const newDrbg = () => new ReferenceDrbg("SHA-256", seed.entropy, seed.nonce, seed.personalization);

function drbgStates(): MadeUp {
  const drbg = newDrbg();
  const states: { after: string; V: string; Key: string }[] = [];
  const note = (after: string) => states.push({ after, V: hex.encode(drbg.v), Key: hex.encode(drbg.key) });
  note("instantiate");
  drbg.generate(100, additional[0]);
  note("generate (first call)");
  const returned = hex.encode(drbg.generate(100, additional[1]));
  note("generate (second call)");
  const test = { ...drbgTest, states, returnedBits: returned };
  const group = { ...drbgGroup, predictionResistance: false, tests: [test] };
  return grouped("cavp/HMAC_DRBG-no_reseed-states.json", "HMAC_DRBG", [group], states[1]?.V);
}

function drbgReseed(): MadeUp {
  const drbg = newDrbg();
  drbg.reseed(bytes(32, 50), bytes(32, 60));
  drbg.generate(100, additional[0]);
  const returned = hex.encode(drbg.generate(100, additional[1]));
  const reseed = { entropyInputReseed: hex.encode(bytes(32, 50)), additionalInputReseed: hex.encode(bytes(32, 60)) };
  const test = { ...drbgTest, ...reseed, returnedBits: returned };
  const group = { ...drbgGroup, predictionResistance: false, tests: [test] };
  return grouped("cavp/HMAC_DRBG-pr_false.json", "HMAC_DRBG", [group], returned);
}

function drbgResistant(): MadeUp {
  const drbg = newDrbg();
  const entropies = [bytes(32, 90), bytes(32, 91)];
  let returned = new Uint8Array();
  for (const [at, entropy] of entropies.entries()) {
    returned = drbg.generateResistant(100, entropy, additional[at]).slice();
  }
  const otherInput = entropies.map((entropy, at) => ({
    intendedUse: "generate",
    additionalInput: upper(additional[at] ?? new Uint8Array()),
    entropyInput: upper(entropy),
  }));
  const { personalizationString: persoString, entropyInput, nonce } = drbgTest;
  const test = { tcId: 1, entropyInput, nonce, persoString, otherInput, returnedBits: upper(returned) };
  const group = {
    tgId: 1,
    testType: "AFT",
    mode: "SHA2-256",
    predResistance: true,
    returnedBitsLen: 800,
    tests: [test],
  };
  return grouped("acvp/hmacDRBG-1.0.json", "hmacDRBG", [group], upper(returned));
}

function rsaKey(): Readonly<Record<string, string>> {
  const jwk = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export({ format: "jwk" });
  const numbers = ["n", "e", "d", "p", "q", "dp", "dq", "qi"] as const;
  return Object.fromEntries(numbers.map((name) => [name, Buffer.from(jwk[name] ?? "", "base64url").toString("hex")]));
}

/** 2^521 - 1 is prime, and far below sqrt(2) 2^1023. */
const SMALL_PRIME = `01${"ff".repeat(65)}`;

/** A right pair, one whose q is composite, one whose p is, which then has no q, and one whose q is too small. */
export function rsaKnownAnswer(): MadeUp {
  const { e, p, q = "" } = rsaKey();
  const prime = BigInt(`0x${q}`);
  const composite = (prime - (prime % 3n === 1n ? 4n : 2n)).toString(16); // a multiple of 3
  const tests = [
    { tcId: 1, testPassed: true, e, p, q },
    { tcId: 2, testPassed: false, e, p, q: composite },
    { tcId: 3, testPassed: false, e, p: composite, q: "" },
    { tcId: 4, testPassed: false, e, p, q: SMALL_PRIME },
  ];
  const group = { tgId: 1, modulo: 2048, randPQ: "B.3.3", testType: "KAT", tests };
  return grouped("acvp/RSA-KeyGen-FIPS186-4.json", "RSA", [group]);
}

function rsaGenerated(): MadeUp {
  const { n, e, p, q, dp: dmp1, dq: dmq1, qi: iqmp } = rsaKey();
  const group = {
    tgId: 1,
    modulo: 2048,
    randPQ: "probable",
    testType: "GDT",
    keyFormat: "crt",
    tests: [{ tcId: 1, e, p, q, n, dmp1, dmq1, iqmp }],
  };
  return grouped("acvp/RSA-KeyGen-FIPS186-5.json", "RSA", [group], dmq1);
}

function rsaCavp(): MadeUp {
  const { n, e, p, q } = rsaKey();
  const [p1, q1] = [BigInt(`0x${p}`) - 1n, BigInt(`0x${q}`) - 1n];
  let [a, b] = [p1, q1];
  while (b !== 0n) [a, b] = [b, a % b];
  // Node's d may follow from (p - 1)(q - 1); the source's follows from the least common multiple.
  const lambda = (p1 / a) * q1;
  let k = 1n;
  while ((k * lambda + 1n) % 65537n !== 0n) k++;
  const d = ((k * lambda + 1n) / 65537n).toString(16).padStart(512, "0");
  return grouped("cavp/RSA-KeyGen-B.3.3.json", "RSA key generation", [{ modulo: 2048, tests: [{ e, p, q, n, d }] }], d);
}

/** 2^127 - 1, a Carmichael number, nothing at all, and a negative number. */
export function primality(): MadeUp {
  const prime = `7${"f".repeat(31)}`;
  const tests = [
    { tcId: 1, value: prime, result: "valid" },
    { tcId: 2, value: "0231", result: "invalid" },
    { tcId: 3, value: "", result: "invalid" },
    { tcId: 4, value: "ff", result: "acceptable" },
  ];
  return grouped("wycheproof/primality.json", "PrimalityTest", [{ type: "PrimalityTest", tests }], prime);
}

/** A search for primes of 64 bits: the two that end it are 2^64 - 59 and 2^64 - 83. */
export function trace(): MadeUp {
  const lines = [93n, 77n, 59n, 71n, 89n, 83n].map((below) => (2n ** 64n - below).toString(16));
  return { file: "c2sp/rsa.bench.64.txt", text: `${lines.join("\n")}\n`, cases: lines.length, answer: lines[2] ?? "" };
}

/** A seed and the key that it is said to give. */
export function detKeygen(pkcs8: Uint8Array, bits: number): MadeUp {
  const test = { bits, seed: base64.encode(bytes(16)), private_key_pkcs8: base64.encode(pkcs8) };
  return { file: "c2sp/det-keygen-rsa.json", text: JSON.stringify([test]), cases: 1 };
}

/** One of each kind whose algorithm is built. */
export function builtFiles(): readonly MadeUp[] {
  return [
    shaFunctional(),
    monteCarlo("standard"),
    monteCarlo("alternate"),
    shaLarge(),
    shakes(),
    acvpHmac("group"),
    acvpHmac("case"),
    cavpHmac(),
    wycheproofHmac(),
    drbgStates(),
    drbgReseed(),
    drbgResistant(),
    rsaGenerated(),
    rsaCavp(),
    primality(),
    trace(),
    ...ecFiles(),
  ];
}
