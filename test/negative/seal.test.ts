/** Sealing: what is asked for is what the types allow, and what it was when it was asked. */
import { afterEach, expect, test, vi } from "vitest";
import { type CatalogueName, canSeal, openKeygen, type SealOptions, seal } from "#keywright";

const keygen = await openKeygen({ policy: "open", environment: "test" });
const { secretKey } = await keygen.generate("AES-256");
const { privateKey } = await keygen.generate("RSA-2048");

afterEach(() => vi.restoreAllMocks());

test.each(["SHA-1", "sha-256", "constructor", ["SHA-256"], null])(
  "a hash that is none of the type's: %o",
  async (hash) => {
    const options = { usages: ["sign"], hash } as SealOptions;
    const text = /hash must be one of SHA-256, .*SHA3-512, got/;
    await expect(seal(privateKey, options)).rejects.toThrow(RangeError);
    await expect(seal(privateKey, options)).rejects.toThrow(text);
    await expect(canSeal("RSA-2048", options)).rejects.toThrow(text);
  },
);

test("a name that the catalogue does not know is answered with those that it knows", async () => {
  for (const name of ["FOO", "constructor", "toString", undefined]) {
    const asked = canSeal(name as CatalogueName, { usages: ["sign"] });
    await expect(asked).rejects.toThrow(RangeError);
    await expect(asked).rejects.toThrow(/algorithm must be one of AES-128, /);
  }
});

test("a list of usages that is changed while sealing waits changes nothing", async () => {
  const usages: ("encrypt" | "decrypt")[] = ["encrypt"];
  const more = seal(secretKey, { usages });
  usages.push("decrypt");
  expect((await more).usages).toEqual(["encrypt"]);
  const none = seal(secretKey, { usages });
  usages.length = 0;
  expect((await none).usages).toEqual(["encrypt", "decrypt"]);
});
