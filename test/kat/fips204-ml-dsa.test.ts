// The first case of each parameter set of ACVP's ML-DSA-keyGen-FIPS204 (release v1.1.0.43): the keys by their SHA-256.
import { sha256 } from "@noble/hashes/sha2.js";
import { hex } from "@scure/base";
import { expect, test } from "vitest";
import { type MlDsaName, mlDsaExpand, mlDsaPublicKey, mlDsaSign, mlDsaVerify } from "../../src/core/ml-dsa.ts";
import { freshCore } from "../support/core.ts";

const core = await freshCore();

const cases: readonly (readonly [name: MlDsaName, xi: string, pk: string, sk: string])[] = [
  [
    "ML-DSA-44",
    "7194b13c95231010afd2c909992bd2003ba6f437c3886bdbe3f6b867a14ba161",
    "838b88b6ac41e2c60698173e08ca173d0b0d2839205806e56a8a3d53195f3a03",
    "1c911d163cd0a5563e06f22403f7e16334fee17c2abb66f11ddf39ca6307ec58",
  ],
  [
    "ML-DSA-65",
    "494f29ad1c93abb2b9545bd14cc575a98ecd3062137b439b49eb1a8cc6652fc6",
    "4f2a21f2bee92fc15c91ce7dc7d96f5dac1ee1f0f7eb7325823ea96dd12ecc84",
    "bd37a2499543695d6d31afe6c5188fe18fa16f3980d2941edae7b5dbe5c71c14",
  ],
  [
    "ML-DSA-87",
    "e46d458a660285930d9656a88d14e751730cae7a4975b6e4fbe69e80e3f01e7f",
    "f445cbb034fba125d17a8ac1be6ff617ddaca04a3e6b76ccf44e3dbc94cc7946",
    "d679b094bb35dfba907e45fc449b5879353d7f32c65c6fe4430f55b2cef7a2f0",
  ],
];

test.each(cases)("%s of a seed", (name, xi, pk, sk) => {
  const seed = hex.decode(xi);
  const publicKey = mlDsaPublicKey(core, name, seed);
  const expanded = mlDsaExpand(core, name, seed);
  expect(hex.encode(sha256(publicKey))).toBe(pk);
  expect(hex.encode(sha256(expanded))).toBe(sk);
  expect(mlDsaVerify(core, name, publicKey, seed, mlDsaSign(core, name, expanded, seed))).toBe(true);
});
