/** The whole memory of the core after each operation of the façade: no key in it, and after the end not a byte of anything. */
import { describe, expect, test } from "vitest";
import { encodePkcs8, encodeRaw } from "#keywright";
import { readSecret } from "../../src/algorithms/key.ts";
import { openWatched } from "../support/watched.ts";

/** Where `needle` stands in `hay`, or -1. */
function find(hay: Uint8Array, needle: Uint8Array): number {
  return Buffer.from(hay).indexOf(needle);
}

/** Every run of eight bytes of a secret, in either byte order, must be absent. */
function expectAbsent(memory: Uint8Array, secret: Uint8Array): void {
  const reversed = Uint8Array.from(secret).reverse();
  for (const bytes of [secret, reversed]) {
    for (let at = 0; at + 8 <= bytes.length; at += 4) {
      if (find(memory, bytes.subarray(at, at + 8)) !== -1)
        throw new Error(`bytes ${at} to ${at + 8} of a secret stand in the core`);
    }
  }
}

/** Addresses at which two images differ, as one range. */
function difference(a: Uint8Array, b: Uint8Array): { from: number; to: number } | undefined {
  let from = -1;
  let to = -1;
  for (let i = 0; i < a.length; i++) {
    if (a[i] === b[i]) continue;
    if (from < 0) from = i;
    to = i;
  }
  return from < 0 ? undefined : { from, to };
}

test("the search for secrets finds one that is there", async () => {
  const { memory, keygen } = await openWatched();
  const planted = crypto.getRandomValues(new Uint8Array(32));
  memory().set(Uint8Array.from(planted).reverse(), 300_000);
  expect(() => expectAbsent(memory(), planted)).toThrow("stand in the core");
  keygen.close();
});

describe("after generating", () => {
  test("a secret key, only the generator's state has changed", async () => {
    const { keygen, memory, pristine } = await openWatched();
    const before = difference(memory(), pristine);
    for (const name of ["AES-256", "HMAC-SHA-512"] as const) {
      const { secretKey } = await keygen.generate(name);
      expectAbsent(memory(), encodeRaw(secretKey));
      expect(difference(memory(), pristine)).toEqual(before);
    }
    expect((before?.to ?? 0) - (before?.from ?? 0)).toBeLessThan(1024);
    keygen.close();
  });

  test("an RSA pair, none of its numbers is left", async () => {
    const { keygen, memory, pristine } = await openWatched();
    const before = difference(memory(), pristine);
    const { privateKey } = await keygen.generate("RSA-2048");
    const parts = readSecret(privateKey);
    if (parts.kind !== "rsa") throw new TypeError("an RSA key was wanted");
    for (const name of ["d", "p", "q", "dp", "dq", "qi"] as const) expectAbsent(memory(), parts.rsa[name]);
    expect(difference(memory(), pristine)).toEqual(before);
    expect(encodePkcs8(privateKey).length).toBeGreaterThan(1000);
    keygen.close();
  });
});

describe("a search that ends early leaves only the generator's state", () => {
  test.each([1, 2, 7, 20])("aborted after %i steps", async (steps) => {
    const { keygen, memory, pristine } = await openWatched();
    const before = difference(memory(), pristine);
    const controller = new AbortController();
    let seen = 0;
    const onProgress = (): void => {
      if (++seen === steps) controller.abort();
    };
    await expect(keygen.generate("RSA-8192", { signal: controller.signal, onProgress })).rejects.toThrow();
    expect(difference(memory(), pristine)).toEqual(before);
    keygen.close();
  });

  test("ended by an error in the caller's progress function", async () => {
    const { keygen, memory, pristine } = await openWatched();
    const before = difference(memory(), pristine);
    const onProgress = (): void => {
      throw new Error("from the caller");
    };
    await expect(keygen.generate("RSA-4096", { onProgress })).rejects.toThrow("from the caller");
    expect(difference(memory(), pristine)).toEqual(before);
    keygen.close();
  });
});

describe("after close", () => {
  test("the memory is that of an instance that was never used", async () => {
    const { keygen, memory, pristine } = await openWatched();
    await keygen.generate("AES-256");
    await keygen.generate("RSA-2048");
    keygen.close();
    expect(difference(memory(), pristine)).toBeUndefined();
  });

  test("also when it came in the middle of a search", async () => {
    const { keygen, memory, pristine } = await openWatched();
    let afterClose: ReturnType<typeof difference>;
    const onProgress = (): void => {
      keygen.close();
      afterClose = difference(memory(), pristine); // before the search itself gets another turn
    };
    await expect(keygen.generate("RSA-4096", { onProgress })).rejects.toMatchObject({ code: "closed" });
    expect(afterClose).toBeUndefined();
    expect(difference(memory(), pristine)).toBeUndefined();
  });
});
