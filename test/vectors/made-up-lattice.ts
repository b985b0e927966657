/** Small files of lattice keys for the tests of the runner: public keys by OpenSSL, expanded ones by @noble/post-quantum. */
import { hex } from "@scure/base";
import { nobleKem, nobleKeys, opensslKey, opensslPublic } from "../support/lattice.ts";
import { grouped, type MadeUp } from "./made-up.ts";
import type { LatticeName } from "./subject.ts";

const ascending = (length: number) => Uint8Array.from({ length }, (_, i) => (3 * i + 1) & 0xff);

function keys(name: LatticeName, seed: Uint8Array) {
  const { publicKey, secretKey } = nobleKeys(name, seed);
  return {
    publicKey: hex.encode(opensslPublic(opensslKey(name, seed), publicKey.length)),
    expanded: hex.encode(secretKey),
  };
}

function one(file: string, algorithm: string, parameterSet: LatticeName, test: object, answer: string): MadeUp {
  return grouped(file, algorithm, [{ tgId: 1, testType: "AFT", parameterSet, tests: [{ tcId: 1, ...test }] }], answer);
}

/** A seed that is too short, said to be invalid: not a case that can be spoiled, so it stands in no list. */
export function shortSeed(result: "valid" | "invalid"): MadeUp {
  const { publicKey: ek, expanded: dk } = keys("ML-KEM-768", ascending(64));
  const test = { seed: hex.encode(ascending(63)), ek, dk, result };
  return one("wycheproof/mlkem_768_keygen_seed.json", "ML-KEM", "ML-KEM-768", test, ek);
}

/** Encapsulation, decapsulation, and an ek whose first coefficient is out of range. */
function encapDecap(): MadeUp {
  const kem = nobleKem["ML-KEM-512"];
  const { publicKey, secretKey } = kem.keygen(ascending(64));
  const m = ascending(32);
  const { cipherText, sharedSecret } = kem.encapsulate(publicKey, m);
  const [ek, dk] = [hex.encode(publicKey), hex.encode(secretKey)];
  const [c, k] = [hex.encode(cipherText), hex.encode(sharedSecret)];
  const group = (use: string, test: object) => {
    return { testType: "VAL", parameterSet: "ML-KEM-512", function: use, tests: [{ tcId: 1, ...test }] };
  };
  const groups = [
    group("encapsulation", { ek, m: hex.encode(m), c, k }),
    group("encapsulationKeyCheck", { ek: `ffff${ek.slice(4)}`, testPassed: false }),
    group("decapsulationKeyCheck", { dk, testPassed: true }),
    group("decapsulation", { dk, c, k }),
  ];
  return grouped("acvp/ML-KEM-encapDecap-FIPS203.json", "ML-KEM", groups, k);
}

export function latticeFiles(): readonly MadeUp[] {
  const [kemSeed, dsaSeed] = [ascending(64), ascending(32)];
  const kem = keys("ML-KEM-512", kemSeed);
  const dsa = keys("ML-DSA-44", dsaSeed);
  const seed = hex.encode(dsaSeed);
  const acvpKem = { d: seed, z: hex.encode(kemSeed.subarray(32)), ek: kem.publicKey, dk: kem.expanded };
  const acvpDsa = { seed, pk: dsa.publicKey, sk: dsa.expanded };
  const pair = { seed, publicKey: dsa.publicKey };
  const wycheproofKem = { seed: hex.encode(kemSeed), ek: kem.publicKey, dk: kem.expanded, result: "valid" };
  return [
    one("acvp/ML-KEM-keyGen-FIPS203.json", "ML-KEM", "ML-KEM-512", acvpKem, kem.expanded),
    encapDecap(),
    one("acvp/ML-DSA-keyGen-FIPS204.json", "ML-DSA", "ML-DSA-44", acvpDsa, dsa.expanded),
    one("wycheproof/mlkem_512_keygen_seed.json", "ML-KEM", "ML-KEM-512", wycheproofKem, kem.publicKey),
    one("wycheproof/mldsa_44_keypairs.json", "ML-DSA-44", "ML-DSA-44", pair, dsa.publicKey),
  ];
}
