/** Made-up files for Ed25519, Ed448, X25519 and X448; the answers are of `node:crypto`. */
import { createPublicKey, diffieHellman, generateKeyPairSync } from "node:crypto";
import { grouped, type MadeUp } from "./made-up.ts";

const upper = (base64url: string | undefined) =>
  Buffer.from(base64url ?? "", "base64url")
    .toString("hex")
    .toUpperCase();

/** Both halves in hex. */
function pairOf(type: "ed25519" | "ed448" | "x25519" | "x448") {
  const { privateKey } = generateKeyPairSync(type as "ed25519"); // one overload for each
  const { d, x } = privateKey.export({ format: "jwk" });
  return { privateKey, d: upper(d), x: upper(x) };
}

function keyGen(): MadeUp {
  const groups = (["ed25519", "ed448"] as const).map((type, at) => {
    const { d, x: q } = pairOf(type);
    return {
      tgId: at + 1,
      testType: "AFT",
      curve: type === "ed448" ? "ED-448" : "ED-25519",
      tests: [{ tcId: at, d, q }],
    };
  });
  return grouped("acvp/EDDSA-KeyGen-1.0.json", "EDDSA", groups, groups[1]?.tests[0]?.q);
}

function agreementKeyGen(): MadeUp {
  const { d: privateKey, x: publicKey } = pairOf("x448");
  const group = { tgId: 1, testType: "AFT", curve: "Curve448", tests: [{ tcId: 1, privateKey, publicKey }] };
  return grouped("acvp/XECDH-keyGen-RFC7748.json", "XECDH", [group], publicKey);
}

function rfc(): MadeUp {
  const { d: secretKey, x: publicKey } = pairOf("ed25519");
  const group = { curve: "ed25519", tests: [{ name: "1", secretKey, publicKey }] };
  return grouped("rfc/8032-ed25519.json", "ed25519", [group], publicKey);
}

/** A shared secret, one that is zero, and a public key that is too long. */
function xdh(): MadeUp {
  const [mine, other] = [pairOf("x25519"), pairOf("x25519")];
  const publicKey = createPublicKey(other.privateKey);
  const shared = diffieHellman({ privateKey: mine.privateKey, publicKey }).toString("hex");
  const zero = "00".repeat(32);
  const tests = [
    { tcId: 1, private: mine.d, public: zero, shared: zero, result: "acceptable" },
    { tcId: 2, private: mine.d, public: `${other.x}00`, shared: "", result: "invalid" },
    { tcId: 3, private: mine.d, public: other.x, shared, result: "valid" },
  ];
  return grouped("wycheproof/x25519.json", "XDH", [{ curve: "curve25519", tests }], shared);
}

/** A point and a string that is none; a key of the right length, with its top bit set, and one that is too long. */
export function okpKeyVer(): readonly MadeUp[] {
  const { x: q } = pairOf("ed25519");
  const edwards = [
    { tcId: 1, q, testPassed: true },
    { tcId: 2, q: "FF".repeat(32), testPassed: false },
  ];
  const montgomery = [
    { tcId: 1, publicKey: "FF".repeat(32), testPassed: true },
    { tcId: 2, publicKey: "FF".repeat(33), testPassed: false },
  ];
  return [
    grouped("acvp/EDDSA-KeyVer-1.0.json", "EDDSA", [{ tgId: 1, testType: "AFT", curve: "ED-25519", tests: edwards }]),
    grouped("acvp/XECDH-keyVer-RFC7748.json", "XECDH", [
      { tgId: 1, testType: "AFT", curve: "Curve25519", tests: montgomery },
    ]),
  ];
}

export function okpFiles(): readonly MadeUp[] {
  return [keyGen(), agreementKeyGen(), rfc(), xdh()];
}
