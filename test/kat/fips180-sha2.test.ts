// NIST's byte-oriented messages, as the package hash-test-vectors ships them, for the four of SHA-2 that it covers; the
// examples that FIPS 180-4 points to ("abc" and two blocks) for all six.
import { base64, hex } from "@scure/base";
import vectors from "hash-test-vectors/index.json";
import { expect, test } from "vitest";
import { utf8 } from "../../src/bytes.ts";
import { type HashName, hash } from "../../src/core/hash.ts";
import { freshCore } from "../support/core.ts";

const core = await freshCore();

test.each([
  ["SHA-224", "sha224"],
  ["SHA-256", "sha256"],
  ["SHA-384", "sha384"],
  ["SHA-512", "sha512"],
] as const)("%s: all 196 messages of hash-test-vectors", (name, field) => {
  expect(vectors).toHaveLength(196);
  for (const vector of vectors) expect(hex.encode(hash(core, name, base64.decode(vector.input)))).toBe(vector[field]);
});

const twoBlocks =
  "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu";

test.each<[HashName, string, string]>([
  ["SHA-224", "abc", "23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7"],
  ["SHA-256", "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"],
  ["SHA-256", "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"],
  ["SHA-512/224", "abc", "4634270f707b6a54daae7530460842e20e37ed265ceee9a43e8924aa"],
  ["SHA-512/224", twoBlocks, "23fec5bb94d60b23308192640b0c453335d664734fe40e7268674af9"],
  ["SHA-512/256", "abc", "53048e2681941ef99b2e29b76b4c7dabe4c2d0c634fc6d46e0e2f13107e7af23"],
  ["SHA-512/256", twoBlocks, "3928e184fb8690f840da3988121d31be65cb9d3ef83ee6146feac861e19b563a"],
])("%s of %j", (name, text, digest) => {
  expect(hex.encode(hash(core, name, utf8(text)))).toBe(digest);
});
