/** Small vector files of key derivation, made up for the tests of the runner: the answers are computed by `node:crypto`. */
import { createHmac, hkdfSync, pbkdf2Sync } from "node:crypto";
import { hex } from "@scure/base";
import { grouped, type MadeUp } from "./made-up.ts";

const bytes = (length: number, from = 1) => Uint8Array.from({ length }, (_, i) => (from + i * 7) & 0xff);
const hmac = (key: Uint8Array, ...parts: readonly Uint8Array[]) =>
  new Uint8Array(parts.reduce((mac, part) => mac.update(part), createHmac("sha256", key)).digest());
const upper = (text: Uint8Array) => hex.encode(text).toUpperCase();

const key = bytes(32, 40);
const fixed = bytes(16, 90);

/** Counter mode with 8 bits in the middle of a byte, and an output that ends within one. */
function acvpCounter(): MadeUp {
  const message = Uint8Array.from([...fixed.subarray(0, 4), 0, 0, ...fixed.subarray(5)]);
  message[4] = (fixed[4] ?? 0) & 0xf0; // four bits of byte 4, then the counter 00000001, then the other four
  message[5] = 0x10 | ((fixed[4] ?? 0) & 0x0f);
  const out = hmac(key, message).subarray(0, 25);
  out[24] = (out[24] ?? 0) & 0xe0;
  const test = { tcId: 1, keyOutLength: 195, keyIn: upper(key), fixedData: upper(fixed), breakLocation: 36 };
  const group = {
    kdfMode: "counter",
    macMode: "HMAC-SHA2-256",
    counterLength: 8,
    counterLocation: "middle fixed data",
  };
  const tests = [{ ...test, keyOut: upper(out) }];
  return grouped("acvp/KDF-1.0.json", "KDF", [{ ...group, testType: "AFT", zeroLengthIv: false, tests }], upper(out));
}

function acvpFeedback(): MadeUp {
  const iv = bytes(32, 3);
  const [one, two] = [Uint8Array.of(0, 1), Uint8Array.of(0, 2)];
  const first = hmac(key, one, iv, fixed);
  const out = upper(Uint8Array.from([...first, ...hmac(key, two, first, fixed)]));
  const test = { tcId: 1, keyOutLength: 512, keyIn: upper(key), fixedData: upper(fixed), iv: upper(iv), keyOut: out };
  const group = {
    kdfMode: "feedback",
    macMode: "HMAC-SHA2-256",
    counterLength: 16,
    counterLocation: "before iterator",
  };
  return grouped("acvp/KDF-1.0.json", "KDF", [{ ...group, testType: "AFT", zeroLengthIv: false, tests: [test] }], out);
}

function cavpPipeline(): MadeUp {
  const first = hmac(key, fixed);
  const blocks = [hmac(key, first, fixed), hmac(key, hmac(key, first), fixed)];
  const out = hex.encode(Uint8Array.from(blocks.flatMap((block) => [...block])));
  const test = { COUNT: 0, L: 512, KI: hex.encode(key), FixedInputData: hex.encode(fixed), KO: out };
  return grouped("cavp/KBKDF-pipeline-no-counter.json", "KDF", [{ PRF: "HMAC_SHA256", tests: [test] }], out);
}

function cavpCounter(): MadeUp {
  const out = hex.encode(hmac(key, fixed.subarray(0, 10), Uint8Array.of(0, 0, 1), fixed.subarray(10)));
  const [before, after] = [hex.encode(fixed.subarray(0, 10)), hex.encode(fixed.subarray(10))];
  const test = { COUNT: 0, L: 256, KI: hex.encode(key), DataBeforeCtrData: before, DataAfterCtrData: after, KO: out };
  const group = { PRF: "HMAC_SHA256", CTRLOCATION: "MIDDLE_FIXED", RLEN: "24_BITS", tests: [test] };
  return grouped("cavp/KBKDF-counter.json", "KDF", [group], out);
}

const parties = {
  fixedInfoPartyU: { partyId: "0102", ephemeralData: "03" },
  fixedInfoPartyV: { partyId: "0405" },
};
const info = Uint8Array.from([0xee, 1, 2, 3, 4, 5, 0, 0, 1, 0]); // t, U, V, l

/** One step with HMAC: right once and wrong once, each told as it is. */
function acvpOneStep(): MadeUp {
  const out = hmac(fixed, Uint8Array.of(0, 0, 0, 1), key, info);
  const wrong = out.map((byte, at) => (at === 20 ? byte ^ 4 : byte));
  const fixedInfoPattern = "t||uPartyInfo||vPartyInfo||l";
  const parameter = {
    auxFunction: "HMAC-SHA2-256",
    salt: upper(fixed),
    z: upper(key),
    l: 256,
    t: "EE",
    fixedInfoPattern,
  };
  const test = { ...parties, kdfParameter: parameter };
  const tests = [
    { tcId: 1, ...test, testPassed: true, dkm: upper(out) },
    { tcId: 2, ...test, testPassed: false, dkm: upper(wrong) },
  ];
  return grouped("acvp/KDA-OneStep-Sp800-56Cr2.json", "KDA", [{ tgId: 1, testType: "VAL", tests }], upper(out));
}

function acvpHkdf(): MadeUp {
  const derived = (context: Uint8Array) => upper(new Uint8Array(hkdfSync("sha256", key, fixed, context, 32)));
  const common = { hmacAlg: "SHA2-256", salt: upper(fixed), z: upper(key) };
  const pattern = { l: 256, t: "EE", fixedInfoPattern: "t||uPartyInfo||vPartyInfo||l" };
  const contexts = [bytes(16, 8), bytes(16, 9)];
  const iterationParameters = contexts.map((context) => ({ l: 256, fixedInfo: upper(context) }));
  const dkms = contexts.map(derived);
  const tests = [
    { tcId: 1, kdfParameter: { ...common, ...pattern }, ...parties, dkm: derived(info) },
    { tcId: 2, kdfMultiExpansionParameter: { ...common, iterationParameters }, dkms },
  ];
  return grouped("acvp/KDA-HKDF-Sp800-56Cr2.json", "KDA", [{ tgId: 1, testType: "AFT", tests }], dkms[1]);
}

/** Two steps, the second in counter mode; what the case leaves out stands in its group. */
function acvpTwoStep(): MadeUp {
  const out = upper(hmac(hmac(fixed, key), Uint8Array.of(1), info));
  const kdfConfiguration = {
    fixedInfoPattern: "t||uPartyInfo||vPartyInfo||l",
    kdfMode: "counter",
    macMode: "HMAC-SHA2-256",
    counterLocation: "before fixed data",
    counterLen: 8,
  };
  const test = { tcId: 1, kdfParameter: { salt: upper(fixed), z: upper(key), l: 256, t: "EE" }, ...parties, dkm: out };
  const group = { tgId: 1, testType: "AFT", kdfConfiguration, tests: [test] };
  return grouped("acvp/KDA-TwoStep-Sp800-56Cr2.json", "KDA", [group], out);
}

/** A right output, and one that would be too long. */
export function wycheproofHkdf(): MadeUp {
  const okm = hex.encode(new Uint8Array(hkdfSync("sha256", key, fixed, info, 42)));
  const input = { ikm: hex.encode(key), salt: hex.encode(fixed), info: hex.encode(info) };
  const tests = [
    { tcId: 1, ...input, size: 42, okm, result: "valid" },
    { tcId: 2, ...input, size: 8161, okm: "", result: "invalid" },
  ];
  return grouped("wycheproof/hkdf_sha256.json", "HKDF-SHA-256", [{ tests }], okm);
}

function acvpPbkdf2(): MadeUp {
  const out = upper(pbkdf2Sync("correct horse", fixed, 1000, 40, "sha224"));
  const test = { tcId: 1, password: "correct horse", salt: upper(fixed), iterationCount: 1000, keyLen: 320 };
  const group = { tgId: 1, testType: "AFT", hmacAlg: "SHA2-224", tests: [{ ...test, derivedKey: out }] };
  return grouped("acvp/PBKDF-1.0.json", "PBKDF", [group], out);
}

function wycheproofPbkdf2(): MadeUp {
  const dk = pbkdf2Sync(key, fixed, 10, 70, "sha384").toString("hex");
  const test = { tcId: 1, password: hex.encode(key), salt: hex.encode(fixed), iterationCount: 10, dkLen: 70, dk };
  return grouped(
    "wycheproof/pbkdf2_hmacsha384.json",
    "PBKDF2-HMACSHA384",
    [{ tests: [{ ...test, result: "valid" }] }],
    dk,
  );
}

/** One of each kind. */
export function derivationFiles(): readonly MadeUp[] {
  return [
    acvpCounter(),
    acvpFeedback(),
    cavpPipeline(),
    cavpCounter(),
    acvpOneStep(),
    acvpHkdf(),
    acvpTwoStep(),
    wycheproofHkdf(),
    acvpPbkdf2(),
    wycheproofPbkdf2(),
  ];
}
