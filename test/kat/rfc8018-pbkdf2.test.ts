// RFC 7914, Section 11, and every hash against @noble/hashes, in whatever runtime this runs.
import { pbkdf2 as noble } from "@noble/hashes/pbkdf2.js";
import { hex } from "@scure/base";
import { expect, test } from "vitest";
import { utf8 } from "../../src/bytes.ts";
import { hashNames } from "../../src/core/hash.ts";
import { pbkdf2 } from "../../src/derive/pbkdf2.ts";
import { freshCore } from "../support/core.ts";
import { nobleHashes } from "../support/noble-hashes.ts";

const core = await freshCore();

test.each([
  ["passwd", "salt", 1, "55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc49ca9cccf179b645"],
  ["Password", "NaCl", 80_000, "4ddcd8f60b98be21830cee5ef22701f9641a4418d04c0414aeff08876b34ab56a1d425a122583354"],
])("RFC 7914, Section 11: %s, %s, %i iterations", async (password, salt, iterations, start) => {
  const input = { hash: "SHA-256", password: utf8(password), salt: utf8(salt), iterations, length: 64 } as const;
  expect(hex.encode((await pbkdf2(core, input)).subarray(0, 40))).toBe(start);
});

test.each(hashNames)("PBKDF2 with %s is that of @noble/hashes", async (hash) => {
  const [password, salt] = [utf8("correct horse battery staple"), utf8("a salt of 16 B..")];
  for (const length of [20, 150]) {
    const wanted = noble(nobleHashes[hash], password, salt, { c: 50, dkLen: length });
    expect(await pbkdf2(core, { hash, password, salt, iterations: 50, length })).toEqual(wanted);
  }
});
