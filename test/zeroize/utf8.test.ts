/** What the platform's encoder makes of a secret text is wiped: the caller's copy is the only one. */
import { afterEach, expect, test, vi } from "vitest";
import { encodeEncryptedPkcs8, openKeygen } from "#keywright";
import { utf8 } from "../../src/bytes.ts";

afterEach(() => vi.restoreAllMocks());

/** Every array that an encoder hands out from now on. */
function encoded(): Uint8Array[] {
  const { encode } = TextEncoder.prototype;
  const seen: Uint8Array[] = [];
  vi.spyOn(TextEncoder.prototype, "encode").mockImplementation(function (this: TextEncoder, text) {
    const bytes = encode.call(this, text);
    seen.push(bytes);
    return bytes;
  });
  return seen;
}

test("the bytes of a text stand in the copy alone", () => {
  const seen = encoded();
  expect(utf8("geheim \u00e9")).toEqual(Uint8Array.of(103, 101, 104, 101, 105, 109, 32, 0xc3, 0xa9));
  expect(seen).toEqual([new Uint8Array(9)]);
});

test("a password of an encrypted private key is wiped", async () => {
  using keygen = await openKeygen({ policy: "open", environment: "test" });
  const { privateKey } = await keygen.generate("Ed25519");
  const seen = encoded();
  await encodeEncryptedPkcs8(privateKey, "correct horse battery");
  expect(seen.length).toBeGreaterThan(0);
  for (const bytes of seen) expect(bytes.every((byte) => byte === 0)).toBe(true);
});
