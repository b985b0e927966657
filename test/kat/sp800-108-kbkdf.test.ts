// Three cases of ACVP KDF-1.0: each mode, a counter inside a byte, outputs that end within one.
import { hex } from "@scure/base";
import { expect, test } from "vitest";
import { type KbkdfInput, kbkdf } from "../../src/derive/kbkdf.ts";
import { freshCore } from "../support/core.ts";

const core = await freshCore();

type Case = Omit<KbkdfInput, "keyIn" | "fixedInput" | "iv"> &
  Readonly<Record<"k" | "fixed" | "out", string>> & { iv?: string };

const cases: readonly Case[] = [
  {
    hash: "SHA-256",
    mode: "counter",
    counterBits: 24,
    counterPlace: { afterBits: 26 },
    lengthBits: 312,
    k: "946440c5ff89411d672ac1c8ec02a110dd6144b4d4f5ff48d119a91d5459c0f4",
    fixed: "060a04da4e0040fe23e40ec6d89e609b",
    out: "684e9baf303b5c29df2cca1e7d03459f944c7592e94c66c09cc65e0d8b83405850cd848a38ac5f",
  },
  {
    hash: "SHA-512/224",
    mode: "feedback",
    counterBits: 24,
    counterPlace: "before-iterator",
    lengthBits: 269,
    k: "6e1bee34aedf1d626bfeaf5381831d613ca91264cc83b4ed608bbbf8",
    fixed: "d0a5df13bbb89e42096c1499fe2bdcdc",
    iv: "dbef45475e85e1cdbac3bddadcb61f2e40c582dca409a5830acf5a60",
    out: "381bc07ca9c3aa061163899d1ae0276b02d1117c1aec51feb933d91c2edfca5018c0",
  },
  {
    hash: "SHA3-256",
    mode: "double-pipeline",
    counterBits: 8,
    counterPlace: "after-fixed-data",
    lengthBits: 355,
    k: "b9b03901e304a73dc330b6c0c0deb27d5c938328a5843246f16006ffcad34dc0",
    fixed: "ee5e61413fca9c813157718ede96ca82",
    out: "0c9d0f2009832858e66f393fa928af68d4daebf841c775d6aa3452796256b982d5f67b4de23bf9ca3769917760",
  },
];

test.each(cases)(
  "$mode with HMAC-$hash, $counterBits bits of counter, $lengthBits bits",
  ({ k, fixed, iv, out, ...rest }) => {
    const input = { ...rest, keyIn: hex.decode(k), fixedInput: hex.decode(fixed) };
    const given = iv === undefined ? input : { ...input, iv: hex.decode(iv) };
    expect(hex.encode(kbkdf(core, given))).toBe(out);
  },
);
