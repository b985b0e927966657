// RFC 5869, A.1 and A.3, and every hash against @noble/hashes, in whatever runtime this runs.
import { hkdf as noble } from "@noble/hashes/hkdf.js";
import { hex } from "@scure/base";
import { describe, expect, test } from "vitest";
import { hashes, hashNames } from "../../src/core/hash.ts";
import { hkdf } from "../../src/derive/hkdf.ts";
import { freshCore } from "../support/core.ts";
import { nobleHashes } from "../support/noble-hashes.ts";

const core = await freshCore();
const run = (from: number, length: number) => Uint8Array.from({ length }, (_, i) => from + i);
const ikm = new Uint8Array(22).fill(0x0b);

describe("RFC 5869, Appendix A, SHA-256", () => {
  test.each([
    [
      "A.1",
      { salt: run(0, 13), info: run(0xf0, 10) },
      "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865",
    ],
    ["A.3", {}, "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8"],
  ])("%s", (_, input, okm) => {
    expect(hex.encode(hkdf(core, { hash: "SHA-256", ikm, ...input, length: 42 }))).toBe(okm);
  });
});

test.each(hashNames)("HKDF with %s is that of @noble/hashes, up to 255 blocks", (hash) => {
  const [secret, salt, info] = [run(1, 40), run(50, 20), run(90, 30)];
  for (const length of [1, hashes[hash].length, hashes[hash].length + 1, 255 * hashes[hash].length]) {
    const wanted = noble(nobleHashes[hash], secret, salt, info, length);
    expect(hkdf(core, { hash, ikm: secret, salt, info, length })).toEqual(wanted);
  }
});
