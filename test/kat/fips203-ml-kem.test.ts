// The first case of each parameter set of ACVP's ML-KEM-keyGen-FIPS203 (release v1.1.0.43): the keys by their SHA-256.
import { sha256 } from "@noble/hashes/sha2.js";
import { concatBytes } from "@noble/hashes/utils.js";
import { hex } from "@scure/base";
import { expect, test } from "vitest";
import {
  type MlKemName,
  mlKemDecapsulate,
  mlKemEncapsulate,
  mlKemExpand,
  mlKemPublicKey,
} from "../../src/core/ml-kem.ts";
import { freshCore } from "../support/core.ts";

const core = await freshCore();

const cases: readonly (readonly [name: MlKemName, d: string, z: string, ek: string, dk: string])[] = [
  [
    "ML-KEM-512",
    "47b893474672ba92e4b12ee44fb32953af8e8503b5fb471d1614fb8a021a660a",
    "1f8cb39e9e30bc458a0dc5408884b1187fb217018df760fa57317703b844a0a9",
    "7e4a2b716a684c1ad33c43c808782da9e1a72f14ccda82723f712d49f53a9f28",
    "c725c25ca8636d75653a07e7a9ccf0b3c2b927617e8f99f0f05ab1f9cb7e046d",
  ],
  [
    "ML-KEM-768",
    "3e5848db624613f7ac144457cc1375f006fa8cb953e767dc9e7428d00f5dad8b",
    "012dd6c2f0918b9eb6182474eb86d848f65974759d59ce151a396deee4ca10d1",
    "26eb7b8190b6038f6acca606bf563fd15425f3659b5170f10cd4cfadfcad084d",
    "87908625991831229045ef4931ddc20c007993d02ce5abe643fc101bfa702c88",
  ],
  [
    "ML-KEM-1024",
    "f3a706faf090c03db506863ab0b20bd8a1627956318e88c67eb875e8e7266009",
    "35d2bc43dd1cc879f765bf2a0c5e297889dde910e57e2bb0eae417b90ab7a275",
    "b78619e4fceeeb86dee3fedb945eca6da61dae312771ef8fa871951d391bd7b6",
    "925ed6f1cf0379ede29d8209432d6e08c73ed0423883febf85416343f4fa1f86",
  ],
];

test.each(cases)("%s of a seed", (name, d, z, ek, dk) => {
  const seed = concatBytes(hex.decode(d), hex.decode(z));
  const publicKey = mlKemPublicKey(core, name, seed);
  const expanded = mlKemExpand(core, name, seed);
  expect(hex.encode(sha256(publicKey))).toBe(ek);
  expect(hex.encode(sha256(expanded))).toBe(dk);
  const { ciphertext, sharedSecret } = mlKemEncapsulate(core, name, publicKey, hex.decode(d));
  expect(mlKemDecapsulate(core, name, expanded, ciphertext)).toEqual(sharedSecret);
});
