// The key pairs that RFC 8032, 7.1 and 7.4 and RFC 7748, 6.1 and 6.2 print, and the chains of RFC 7748, 5.2.
import { hex } from "@scure/base";
import { expect, test } from "vitest";
import { type OkpName, okpAgree, okpPairwise, okpPublicKey } from "../../src/core/okp.ts";
import { freshCore } from "../support/core.ts";

const core = await freshCore();

const pairs: readonly (readonly [OkpName, string, string])[] = [
  [
    "Ed25519",
    "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
    "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
  ],
  [
    "Ed25519",
    "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
    "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
  ],
  [
    "Ed448",
    "c4eab05d357007c632f3dbb48489924d552b08fe0c353a0d4a1f00acda2c463afbea67c5e8d2877c5e3bc397a659949ef8021e954e0a12274e",
    "43ba28f430cdff456ae531545f7ecd0ac834a55d9358c0372bfa0c6c6798c0866aea01eb00742802b8438ea4cb82169c235160627b4c3a9480",
  ],
  [
    "Ed448",
    "258cdd4ada32ed9c9ff54e63756ae582fb8fab2ac721f2c8e676a72768513d939f63dddb55609133f29adf86ec9929dccb52c1c5fd2ff7e21b",
    "3ba16da0c6f2cc1f30187740756f5e798d6bc5fc015d7c63cc9510ee3fd44adc24d8e968b6e46e6f94d19b945361726bd75e149ef09817f580",
  ],
  [
    "X25519",
    "77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a",
    "8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a",
  ],
  [
    "X25519",
    "5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb",
    "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f",
  ],
  [
    "X448",
    "9a8f4925d1519f5775cf46b04b5800d4ee9ee8bae8bc5565d498c28dd9c9baf574a9419744897391006382a6f127ab1d9ac2d8c0a598726b",
    "9b08f7cc31b7e3e67d22d5aea121074a273bd2b83de09c63faa73d2c22c5d9bbc836647241d953d40c5b12da88120d53177f80e532c41fa0",
  ],
  [
    "X448",
    "1c306a7ac2a0e2e0990b294470cba339e6453772b075811d8fad0d1d6927c120bb5ee8972b0d3e21374c9c921b09d1b0366f10b65173992d",
    "3eb7a829b0cd20f5bcfc0b599b6feccf6da4627107bdb0d4f345b43027d8b972fc3e34fb4232a13ca706dcb57aec3dae07bdc1c67bf33609",
  ],
];

test.each(pairs)("%s: the public key of %s", (name, privateHex, publicHex) => {
  const [privateKey, publicKey] = [hex.decode(privateHex), hex.decode(publicHex)];
  expect(hex.encode(okpPublicKey(core, name, privateKey))).toBe(publicHex);
  okpPairwise(core, name, { privateKey: privateKey.slice(), publicKey: publicKey.slice() });
});

test.each([
  ["X25519", 4, "4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742"],
  [
    "X448",
    6,
    "07fff4181ac6cc95ec1c16a94a0f74d12da232ce40a77552281d282bb60c0b56fd2464c335543936521c24403085d59a449a5037514a879d",
  ],
] as const)("%s: both sides come to the printed secret", (name, first, shared) => {
  const [alice, bob] = pairs.slice(first, first + 2);
  for (const [mine, other] of [
    [alice, bob],
    [bob, alice],
  ]) {
    expect(hex.encode(okpAgree(core, name, hex.decode(mine?.[1] ?? ""), hex.decode(other?.[2] ?? "")))).toBe(shared);
  }
});

/** RFC 7748, 5.2: k and u start as the base point; u becomes k and the result becomes k, so often. */
test.each([
  ["X25519", 9, 32, 1, "422c8e7a6227d7bca1350b3e2bb7279f7897b87bb6854b783c60e80311ae3079"],
  ["X25519", 9, 32, 1000, "684cf59ba83309552800ef566f2f4d3c1c3887c49360e3875f2eb94d99532c51"],
  [
    "X448",
    5,
    56,
    1,
    "3f482c8a9f19b01e6c46ee9711d9dc14fd4bf67af30765c2ae2b846a4d23a8cd0db897086239492caf350b51f833868b9bc2b3bca9cf4113",
  ],
  [
    "X448",
    5,
    56,
    1000,
    "aa3b4749d55b9daf1e5b00288826c467274ce3ebbdd5c17b975e09d4af6c67cf10d087202db88286e2b79fceea3ec353ef54faa26e219f38",
  ],
] as const)("%s from %i, %i bytes, %i times", (name, base, length, times, wanted) => {
  let [k, u] = [new Uint8Array(length), new Uint8Array(length)];
  k[0] = u[0] = base;
  for (let i = 0; i < times; i++) [k, u] = [okpAgree(core, name, k, u), k];
  expect(hex.encode(k)).toBe(wanted);
});
