/** Options that nobody knows: a misspelt one would have no effect, and a key would leave that is not what was asked for. */
import { describe, expect, test } from "vitest";
import { combineKeys, generateSealed, openKeygen } from "#keywright";
import { seedPolicy } from "../support/seeds.ts";

const open = () => openKeygen({ policy: "open", environment: "test" });

const misspelt = [
  ["protectuntil", { protectuntil: "2045-01-01" }],
  ["extractble", { extractble: false }],
  ["Purpose", { Purpose: "sign" }],
  ["seedBits", { seedBits: 256 }],
] as const;

describe.each(misspelt)("%s", (option, options) => {
  const text = new RegExp(`^${option} is no option of a key, which takes purpose, `);

  test("is refused by whatever makes a key", async () => {
    using keygen = await open();
    await expect(keygen.generate("AES-256", options as object)).rejects.toThrow(text);
    await expect(keygen.generateMany("AES-256", 1, options as object).next()).rejects.toThrow(text);
    const component = { method: "xor", keys: [new Uint8Array(32).fill(7)] } as const;
    await expect(combineKeys(keygen, "AES-256", { ...component, ...options } as never)).rejects.toThrow(text);
    const sealing = { seal: { usages: ["encrypt"] } } as const;
    await expect(generateSealed(keygen, "AES-256", { ...sealing, ...options } as never)).rejects.toThrow(text);
  });

  test("is refused by decide, and one that is undefined is absent", async () => {
    using keygen = await open();
    expect(() => keygen.decide("AES-256", options as object)).toThrow(RangeError);
    expect(keygen.decide("AES-256", { [option]: undefined } as object).allowed).toBe(true);
  });
});

test("a key of a seed takes its own options, and no others", async () => {
  using keygen = await openKeygen({ policy: seedPolicy(), environment: "test" });
  const seed = Uint8Array.from({ length: 32 }, (_, i) => i);
  const options = { scheme: "rfc-8032", seedOrigin: "drbg" } as const;
  await keygen.generateFromSeed("Ed25519", seed, { ...options, seedBits: 256 });
  const wrong = { ...options, seedbits: 128 };
  await expect(keygen.generateFromSeed("Ed25519", seed, wrong)).rejects.toThrow(/^seedbits is no option.*seedOrigin/);
});

test("a controller is no signal", async () => {
  using keygen = await open();
  const signal = new AbortController() as unknown as AbortSignal;
  await expect(keygen.generate("RSA-2048", { signal })).rejects.toThrow(
    "signal must be an AbortSignal, got AbortContr",
  );
});

test("openKeygen knows its options too", async () => {
  const options = { policy: "open", environment: "test", tennant: "a" } as const;
  await expect(openKeygen(options)).rejects.toThrow(
    /^tennant is no option of openKeygen, which takes policy, environm/,
  );
});
