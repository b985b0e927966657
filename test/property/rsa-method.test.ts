// Each method of FIPS 186-5, A.1 makes keys that pass every check, with the e that was asked.
import { expect, test } from "vitest";
import { checkRsaKey } from "#keywright";
import { rsa2048 } from "../../src/algorithms/rsa.ts";
import { rsaMethodNames } from "../../src/algorithms/rsa-methods.ts";
import { generateRsa } from "../../src/generate/rsa.ts";
import { freshCore } from "../support/core.ts";
import { fromBigEndian } from "../support/integers.ts";
import { Random } from "../support/random.ts";
import { generatorFrom } from "../support/rsa.ts";

const random = new Random("rsa-method");
const core = await freshCore();
const { pointer } = generatorFrom(core, random.bytes(48));
const generator = { pointer, freshen: () => undefined, reseed: () => undefined };
const always = { refuseIfEnded: () => undefined };

test.each(rsaMethodNames)("%s", async (method) => {
  const publicExponent = 2 ** 33 - 1 - 2 * random.below(1000);
  const key = await generateRsa(core, generator, rsa2048, { ...always, method, publicExponent });
  expect(fromBigEndian(key.e)).toBe(BigInt(publicExponent));
  expect(await checkRsaKey(key)).toMatchObject({ modulusBits: 2048 });
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
