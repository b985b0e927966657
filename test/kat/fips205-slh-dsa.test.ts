// Keys of ACVP, SLH-DSA-keyGen-FIPS205 (v1.1.0.43): SK.seed, SK.prf, PK.seed, PK.root. test/vectors runs all of them.
import { hex } from "@scure/base";
import { expect, test } from "vitest";
import { slhDsaBeginSeeded, slhDsaStep, slhDsaTake } from "../../src/core/slh-dsa.ts";
import { freshCore } from "../support/core.ts";

const core = await freshCore();

const cases = [
  {
    name: "SLH-DSA-SHA2-128f",
    skSeed: "c42bcb3b5a6f331f5cce899253c6d9e2",
    skPrf: "9ff2b7ead7a04bab1794db8cc659c3b4",
    pkSeed: "a868f1bd5debc12d4c9fad66aabd0a94",
    pkRoot: "b546df247be4c457f3d467cdfcfabd39",
  },
  {
    name: "SLH-DSA-SHA2-192f",
    skSeed: "a021b4b9d6dee168722bc10225e50a946642af630c3c7c7d",
    skPrf: "69e3a40ba09df2ac165b792a07f064ac5fc28d8c99a580f4",
    pkSeed: "ee4823d09e79854706daa80ae3179b5bc8c2e9409d6328a3",
    pkRoot: "3577fd584bc0784c559cdb2437a46f7f753c336369419acf",
  },
  {
    name: "SLH-DSA-SHAKE-128f",
    skSeed: "3956ab391b4d22fc907af0740326d061",
    skPrf: "ab0eb206436f2b86ebe086d77739b3e4",
    pkSeed: "56505c229f4e7fa6b201714c7dcc9da3",
    pkRoot: "66578f1f24c3fe371c97c14ce0e79cdc",
  },
] as const;

test.each(cases)("$name", ({ name, skSeed, skPrf, pkSeed, pkRoot }) => {
  slhDsaBeginSeeded(core, name, hex.decode(skSeed + skPrf + pkSeed));
  while (!slhDsaStep(core, 0xffffffff));
  const pair = slhDsaTake(core, name);
  expect(hex.encode(pair.publicKey)).toBe(pkSeed + pkRoot);
  expect(hex.encode(pair.privateKey)).toBe(skSeed + skPrf + pkSeed + pkRoot);
  expect(hex.encode(pair.seed)).toBe(skSeed + skPrf + pkSeed);
});
