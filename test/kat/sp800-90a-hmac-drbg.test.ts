// CAVP, SHA-256, no reseed, as the package hmac-drbg ships it: instantiate, generate twice, compare the second output.
import { hex } from "@scure/base";
import vectors from "hmac-drbg/test/fixtures/hmac-drbg-nist.json";
import { expect, test } from "vitest";
import { HmacDrbg } from "../../src/drbg/hmac-drbg.ts";
import { freshCore } from "../support/core.ts";

const core = await freshCore();
const bytes = (text: string | null | undefined) => hex.decode(text ?? "");

test("every case in the file is run", () => expect(vectors).toHaveLength(30));

test.each(vectors)("HMAC_DRBG with SHA-256, COUNT = $name", ({ entropy, nonce, pers, add, expected }) => {
  const drbg = HmacDrbg.instantiate(core, {
    hash: "SHA-256",
    strengthBits: 256,
    entropy: bytes(entropy),
    nonce: bytes(nonce),
    personalization: bytes(pers),
  });
  const length = expected.length / 2;
  drbg.generate(length, { additionalInput: bytes(add[0]) });
  expect(hex.encode(drbg.generate(length, { additionalInput: bytes(add[1]) }))).toBe(expected);
  drbg.uninstantiate();
});
