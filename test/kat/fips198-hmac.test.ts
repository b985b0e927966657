// The HMAC cases of hash-test-vectors (RFC 4231), keys and texts shorter and longer than a block.
import { hex } from "@scure/base";
import vectors from "hash-test-vectors/hmac.json";
import { expect, test } from "vitest";
import { hmac } from "../../src/core/hmac.ts";
import { freshCore } from "../support/core.ts";

const core = await freshCore();

test.each([
  ["SHA-224", "sha224"],
  ["SHA-256", "sha256"],
  ["SHA-384", "sha384"],
  ["SHA-512", "sha512"],
] as const)("HMAC-%s: all six cases", (name, field) => {
  expect(vectors).toHaveLength(6);
  for (const { key, data, truncate, [field]: mac } of vectors) {
    const computed = hmac(core, name, hex.decode(key), hex.decode(data));
    expect(hex.encode(computed.subarray(0, truncate))).toBe(mac.slice(0, 2 * (truncate ?? computed.length)));
  }
});
