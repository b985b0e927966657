// The examples that NIST prints for FIPS 202: the empty message, and the 200 bytes a3 that fill more than one block.
import { hex } from "@scure/base";
import { expect, test } from "vitest";
import { type HashName, hash } from "../../src/core/hash.ts";
import { freshCore } from "../support/core.ts";

const core = await freshCore();
const a3 = new Uint8Array(200).fill(0xa3);

const examples: readonly (readonly [HashName, string, string])[] = [
  [
    "SHA3-224",
    "6b4e03423667dbb73b6e15454f0eb1abd4597f9a1b078e3f5b5a6bc7",
    "9376816aba503f72f96ce7eb65ac095deee3be4bf9bbc2a1cb7e11e0",
  ],
  [
    "SHA3-256",
    "a7ffc6f8bf1ed76651c14756a061d662f580ff4de43b49fa82d80a4b80f8434a",
    "79f38adec5c20307a98ef76e8324afbfd46cfd81b22e3973c65fa1bd9de31787",
  ],
  [
    "SHA3-384",
    "0c63a75b845e4f7d01107d852e4c2485c51a50aaaa94fc61995e71bbee983a2ac3713831264adb47fb6bd1e058d5f004",
    "1881de2ca7e41ef95dc4732b8f5f002b189cc1e42b74168ed1732649ce1dbcdd76197a31fd55ee989f2d7050dd473e8f",
  ],
  [
    "SHA3-512",
    "a69f73cca23a9ac5c8b567dc185a756e97c982164fe25859e0d1dcc1475c80a615b2123af1f5f94c11e3e9402c3ac558f500199d95b6d3e301758586281dcd26",
    "e76dfad22084a8b1467fcf2ffa58361bec7628edf5f3fdc0e4805dc48caeeca81b7c13c30adf52a3659584739a2df46be589c51ca1a4a8416df6545a1ce8ba00",
  ],
];

test.each(examples)("%s of nothing, and of 200 bytes a3", (name, ofNothing, ofA3) => {
  expect(hex.encode(hash(core, name))).toBe(ofNothing);
  expect(hex.encode(hash(core, name, a3))).toBe(ofA3);
});
