// Each method of FIPS 186-5, A.1 makes keys that pass every check, with the e that was asked.
import { expect, test } from "vitest";
import { checkRsaKey } from "#keywright";
import { rsa2048 } from "../../src/algorithms/rsa.ts";
import { rsaMethodNames, rsaMethods } from "../../src/algorithms/rsa-methods.ts";
import { rsaConstruct } from "../../src/core/rsa-construct.ts";
import { generateRsa } from "../../src/generate/rsa.ts";
import { freshCore } from "../support/core.ts";
import { fromBigEndian } from "../support/integers.ts";
import { Random } from "../support/random.ts";
import { generatorFrom } from "../support/rsa.ts";

const random = new Random("rsa-method");
const core = await freshCore();
const { pointer } = generatorFrom(core, random.bytes(48));
const generator = { pointer, epoch: 0, freshen: () => undefined, reseedIfDue: () => undefined };
const construction = {
  candidates: pointer,
  bases: pointer,
  strengthBits: 112,
  modulusBits: 2048,
  publicExponent: Uint8Array.of(1, 0, 1),
  millerRabinRounds: 5,
  auxiliaryRounds: 38,
};
const always = { refuseIfEnded: () => undefined };

test.each(rsaMethodNames)("%s", async (method) => {
  const publicExponent = 2 ** 33 - 1 - 2 * random.below(1000);
  const key = await generateRsa(core, generator, rsa2048, { ...always, method, publicExponent });
  expect(fromBigEndian(key.e)).toBe(BigInt(publicExponent));
  expect(await checkRsaKey(key)).toMatchObject({ modulusBits: 2048 });
});

test.each(rsaMethodNames.filter((method) => !rsaMethods[method].proved))("%s, with the Lucas test", async (method) => {
  const key = await generateRsa(core, generator, rsa2048, { ...always, method, lucas: true });
  expect(await checkRsaKey(key)).toMatchObject({ modulusBits: 2048 });
});

test.each(["A.1.2", "A.1.4"] as const)("%s proves its primes: there is nothing for a Lucas test", async (method) => {
  const refused = generateRsa(core, generator, rsa2048, { ...always, method, lucas: true });
  await expect(refused).rejects.toThrow(/method A\.1\.[24] proves them \(FIPS 186-5, B\.3\.3\)/);
  const block = { ...construction, method, hash: "SHA-512", seedLen: 32, lucas: true } as const;
  const lengths = method === "A.1.4" ? { auxiliaryBits: [141, 141, 141, 141] as const } : {};
  expect(() => rsaConstruct(core, { ...block, ...lengths })).toThrow(RangeError); // nor in the core
});

test("e is 65537 unless it is asked for", async () => {
  const key = await generateRsa(core, generator, rsa2048, always);
  expect(fromBigEndian(key.e)).toBe(65537n);
  const [least, most] = [65539, 2 ** 33 - 1];
  for (const publicExponent of [least, most]) {
    const key = await generateRsa(core, generator, rsa2048, { ...always, publicExponent });
    expect(fromBigEndian(key.e)).toBe(BigInt(publicExponent));
  }
});

test.each([3, 65535, 65536, 65538, 2 ** 33, 2 ** 33 + 1, -65537, 65537.5, Number.NaN, Number.POSITIVE_INFINITY])(
  "e = %d is refused",
  async (publicExponent) => {
    const refused = generateRsa(core, generator, rsa2048, { ...always, publicExponent });
    await expect(refused).rejects.toThrow(/publicExponent must be odd and between/);
  },
);

test("a method that does not exist is refused", async () => {
  const method = "A.1.1" as "A.1.2";
  await expect(generateRsa(core, generator, rsa2048, { ...always, method })).rejects.toThrow(RangeError);
});
