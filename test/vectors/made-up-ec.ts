/** Small vector files of ECC keys made up for the tests of the runner, by OpenSSL. */
import { createECDH, createPrivateKey, hkdfSync } from "node:crypto";
import { base64, base64url } from "@scure/base";
import { ReferenceDrbg } from "../support/reference.ts";
import { grouped, type MadeUp } from "./made-up.ts";

interface Pair {
  readonly d: string;
  readonly qx: string;
  readonly qy: string;
}

/** A pair of P-256 in hex, always the same one. */
function pair(name: string): Pair {
  const ecdh = createECDH("prime256v1");
  ecdh.setPrivateKey(Buffer.from(hkdfSync("sha256", name, "", "", 32)));
  const q = ecdh.getPublicKey("hex");
  return { d: ecdh.getPrivateKey("hex").padStart(64, "0"), qx: q.slice(2, 66), qy: q.slice(66) };
}

function acvpKeyGen(): MadeUp {
  const tests = ["one", "two"].map((name, at) => ({ tcId: at + 1, ...pair(name) }));
  const group = { tgId: 1, testType: "AFT", curve: "P-256", secretGenerationMode: "extra bits", tests };
  return grouped("acvp/ECDSA-KeyGen-FIPS186-5.json", "ECDSA", [group], tests[1]?.qy);
}

/** As CAVP writes it: other names, and zeros in front. */
function cavpKeyPair(): MadeUp {
  const { d, qx, qy } = pair("three");
  const tests = [{ d: `0000${d}`, Qx: qx, Qy: `00${qy}` }];
  return grouped("cavp/ECDSA-KeyPair.json", "ECDSA", [{ curve: "P-256", tests }], qx);
}

function cavpPkv(): MadeUp {
  const { qx, qy } = pair("four");
  const tests = [
    { Qx: `${qx}0`, Qy: qy, Result: "F (1 - Q_x or Q_y out of range)" },
    { Qx: qx, Qy: qx, Result: "F (2 - Point not on curve)" },
    { Qx: qx, Qy: qy, Result: "P (0 )" },
  ];
  return grouped("cavp/ECDSA-PKV.json", "ECDSA", [{ curve: "P-256", tests }], qy);
}

export function ecKeyVer(): MadeUp {
  const { qx, qy } = pair("five");
  const tests = [
    { tcId: 1, testPassed: true, qx, qy },
    { tcId: 2, testPassed: false, qx: qy, qy: qx },
    { tcId: 3, testPassed: false, qx: `01${qx}`, qy },
    { tcId: 4, testPassed: true, ...pair("six") },
  ];
  return grouped("acvp/ECDSA-KeyVer-FIPS186-5.json", "ECDSA", [{ tgId: 1, testType: "AFT", curve: "P-256", tests }]);
}

export function ecFiles(): readonly MadeUp[] {
  return [acvpKeyGen(), cavpKeyPair(), cavpPkv()];
}

export const EC_SEED = Uint8Array.from({ length: 32 }, (_, i) => i);

/** One key of P-384, whose bits are whole bytes and never out of range. */
export function detKeygenEc(): MadeUp {
  const drbg = new ReferenceDrbg("SHA-256", EC_SEED, new Uint8Array(), Buffer.from("det ECDSA key gen P-384"));
  const ecdh = createECDH("secp384r1");
  ecdh.setPrivateKey(drbg.generate(48));
  const q = ecdh.getPublicKey();
  const jwk = {
    kty: "EC",
    crv: "P-384",
    d: base64url.encode(Uint8Array.from(ecdh.getPrivateKey())),
    x: base64url.encode(Uint8Array.from(q.subarray(1, 49))),
    y: base64url.encode(Uint8Array.from(q.subarray(49))),
  };
  const der = createPrivateKey({ key: jwk, format: "jwk" }).export({ format: "der", type: "pkcs8" });
  const test = {
    curve: "secp384r1",
    seed: base64.encode(EC_SEED),
    private_key_pkcs8: base64.encode(Uint8Array.from(der)),
  };
  return { file: "c2sp/det-keygen-ecdsa.json", text: JSON.stringify([test]), cases: 1 };
}
