/** Small prompts made up for the tests of the responder, of the shapes that NIST's have. Nothing in them is random. */
import { hex } from "@scure/base";
import { nobleKem } from "../support/lattice.ts";

export interface Prompt {
  readonly algorithm: string;
  readonly mode?: string;
  readonly revision: string;
  readonly testGroups: readonly unknown[];
}

/** `length` bytes in hex. */
export const bytes = (length: number, from = 1) =>
  hex.encode(Uint8Array.from({ length }, (_, i) => (from + i * 7) & 0xff)).toUpperCase();

export function promptOf(name: string, ...groups: readonly object[]): Prompt {
  const [algorithm = "", ...rest] = name.split(" ");
  const revision = rest.pop() ?? "";
  const mode = rest[0] === undefined ? {} : { mode: rest[0] };
  return { algorithm, ...mode, revision, testGroups: groups.map((group, at) => ({ tgId: at + 1, ...group })) };
}

export const aft = (group: object, ...tests: readonly object[]) => ({
  testType: "AFT",
  ...group,
  tests: tests.map((test, at) => ({ tcId: at + 1, ...test })),
});

export const shaPrompt = promptOf(
  "SHA2-256 1.0",
  aft({}, { msg: bytes(70), len: 560 }, { msg: "00", len: 0 }),
  aft({}, { msg: "", len: 0 }),
);

const parties = {
  fixedInfoPartyU: { partyId: bytes(16, 3), ephemeralData: bytes(30) },
  fixedInfoPartyV: { partyId: bytes(16, 4) },
};
const info = {
  fixedInfoPattern: "literal[CAFE]||label||uPartyInfo||vPartyInfo||t||l",
  fixedInfoEncoding: "concatenation",
};
const parameter = { z: bytes(32, 9), salt: bytes(64, 5), l: 512, t: bytes(16, 8), label: bytes(5) };
const several = { iterationParameters: [10, 11].map((from) => ({ l: 256, fixedInfo: bytes(16, from) })) };

/** The configuration of a derivation stands in its group, as in the prompts of the server. */
function kda(name: string, configuration: object, inputs: object) {
  return promptOf(
    `KDA ${name} Sp800-56Cr2`,
    aft({ kdfConfiguration: { ...info, ...configuration } }, { ...parties, kdfParameter: { ...parameter, ...inputs } }),
    aft(
      { kdfMultiExpansionConfiguration: configuration },
      { kdfMultiExpansionParameter: { z: bytes(40), salt: bytes(20), ...inputs, ...several } },
    ),
  );
}

const two = { kdfMode: "feedback", macMode: "HMAC-SHA3-256", counterLocation: "after fixed data", counterLen: 32 };

const seed = (from: number) => Uint8Array.from({ length: 64 }, (_, i) => (from + i) & 0xff);
const upper = (text: Uint8Array) => hex.encode(text).toUpperCase();

/** All four uses of ML-KEM, keys that pass and keys that do not. */
function kem() {
  const { publicKey, secretKey } = nobleKem["ML-KEM-512"].keygen(seed(3));
  const { cipherText } = nobleKem["ML-KEM-512"].encapsulate(publicKey, seed(9).subarray(32));
  const [ek, dk, c] = [upper(publicKey), upper(secretKey), upper(cipherText)];
  const group = (use: string, ...tests: readonly object[]) => ({
    ...aft({ parameterSet: "ML-KEM-512", function: use }, ...tests),
    testType: use === "encapsulation" ? "AFT" : "VAL",
  });
  return promptOf(
    "ML-KEM encapDecap FIPS203",
    group("encapsulation", { ek, m: bytes(32) }),
    group("decapsulation", { dk, c }, { dk, c: c.replace(/..$/, c.endsWith("00") ? "01" : "00") }),
    { ...group("decapsulation", { c }), dk },
    group("encapsulationKeyCheck", { ek }, { ek: `FFFF${ek.slice(4)}` }, { ek: ek.slice(2) }),
    group("decapsulationKeyCheck", { dk }, { dk: dk.replace(/.{64}(?=.{64}$)/, "0".repeat(64)) }, { dk: `${dk}00` }),
  );
}

const hmacCase = { key: bytes(70), keyLen: 560, msg: bytes(33), msgLen: 264 };
const drbgInput = { intendedUse: "generate", additionalInput: bytes(20), entropyInput: "" };
const drbgSeed = { entropyInput: bytes(32), nonce: bytes(16), persoString: bytes(9) };
const rsaStarts = { xP1: 1, xP2: 3, xQ1: 5, xQ2: 7 };
/** An odd number of 141 bits, the top one set. */
const start141 = (from: number) => `10${bytes(17, from)}`.replace(/.$/, "1");

/** Prompts that have one right response: two implementations must agree in it. */
export const determined: readonly Prompt[] = [
  shaPrompt,
  promptOf("SHA3-224 2.0", aft({}, { msg: bytes(200), len: 1600 })),
  promptOf("SHAKE-256 FIPS202", aft({}, { msg: bytes(20), len: 160, outLen: 2000 })),
  promptOf("HMAC-SHA3-384 2.0", aft({}, { ...hmacCase, macLen: 384 }, { ...hmacCase, macLen: 83 })),
  promptOf("HMAC-SHA2-512/224 1.0", aft({ keyLen: 560, msgLen: 264, macLen: 96 }, { key: bytes(70), msg: bytes(33) })),
  promptOf(
    "hmacDRBG SP800-90Ar1",
    aft(
      { mode: "SHA2-384", predResistance: false, returnedBitsLen: 512 },
      { ...drbgSeed, otherInput: [{ ...drbgInput, intendedUse: "reSeed", entropyInput: bytes(32, 4) }, drbgInput] },
    ),
  ),
  promptOf("ECDSA keyGen FIPS186-5", aft({ curve: "P-521", secretGenerationMode: "extra bits" }, { d: bytes(64) })),
  promptOf("EDDSA keyGen 1.0", aft({ curve: "ED-448" }, { d: bytes(57) })),
  promptOf("XECDH keyGen RFC7748", aft({ curve: "Curve25519" }, { privateKey: bytes(32) })),
  promptOf("XECDH keyVer RFC7748", aft({ curve: "Curve448" }, { publicKey: bytes(56) }, { publicKey: bytes(57) })),
  promptOf(
    "KDF 1.0",
    aft(
      {
        kdfMode: "counter",
        macMode: "HMAC-SHA2-512",
        counterLength: 24,
        counterLocation: "middle fixed data",
        keyOutLength: 1001,
      },
      { keyIn: bytes(64), fixedData: bytes(16), breakLocation: 13 },
    ),
  ),
  kda("HKDF", { hmacAlg: "SHA2-384" }, {}),
  kda("OneStep", { auxFunction: "HMAC-SHA2-224" }, {}),
  kda("TwoStep", two, { iv: bytes(32, 6) }),
  promptOf(
    "PBKDF 1.0",
    aft({ hmacAlg: "SHA3-512" }, { password: "pass phrase", salt: bytes(16), iterationCount: 50, keyLen: 304 }),
  ),
  promptOf("ML-KEM keyGen FIPS203", aft({ parameterSet: "ML-KEM-1024" }, { d: bytes(32), z: bytes(32, 2) })),
  promptOf("ML-DSA keyGen FIPS204", aft({ parameterSet: "ML-DSA-65" }, { seed: bytes(32) })),
  promptOf(
    "SLH-DSA keyGen FIPS205",
    aft({ parameterSet: "SLH-DSA-SHA2-128f" }, { skSeed: bytes(16), skPrf: bytes(16, 2), pkSeed: bytes(16, 3) }),
  ),
  kem(),
  promptOf(
    "RSA keyGen FIPS186-5",
    aft(
      { modulo: 2048, randPQ: "probableWithProbableAux", keyFormat: "standard", infoGeneratedByServer: true },
      {
        e: "010001",
        bitlens: [141, 141, 141, 141],
        xP: `C1${bytes(127)}`,
        xQ: `D3${bytes(127, 2)}`,
        ...Object.fromEntries(Object.entries(rsaStarts).map(([name, from]) => [name, start141(from)])),
      },
    ),
  ),
];
