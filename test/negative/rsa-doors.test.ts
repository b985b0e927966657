// What the doors of RSA refuse: sizes that nobody makes, moduli that cannot be checked, and calls that mean nothing.
import { expect, test } from "vitest";
import { type AlgorithmName, checkRsaKey, openKeygen } from "#keywright";
import { openTestBench } from "#keywright/testing";
import { toBigEndian } from "../support/integers.ts";
import { Random } from "../support/random.ts";

const random = new Random("rsa-doors");
const bench = await openTestBench();
const e = Uint8Array.of(1, 0, 1);
const modulus = (bits: number) => toBigEndian(random.ofLength(bits) | 1n, Math.ceil(bits / 8));

test.each(["RSA-1024", "RSA-2047", "RSA-5120", "RSA-15360", "RSA", "rsa-2048"])("%s is not made", async (name) => {
  using keygen = await openKeygen({ policy: "open", environment: "test" });
  await expect(keygen.generate(name as AlgorithmName)).rejects.toThrow(
    /algorithm must be one of .*RSA-2048, .*RSA-8192/,
  );
  expect(() => keygen.decide(name as AlgorithmName)).toThrow(RangeError);
});

test.each([512, 1024, 2047])("a modulus of %d bits is too short for any key", async (bits) => {
  const criterion = `nlen must be at least 2048, got ${bits}`;
  const refused = checkRsaKey({ n: modulus(bits), e });
  await expect(refused).rejects.toMatchObject({
    code: "key-invalid",
    details: { criterion, clause: "FIPS 186-5, 5.1" },
  });
});

test.each([2049, 2056, 8193, 8208, 16384])("a modulus of %d bits is not one that is checked here", async (bits) => {
  const wanted = `nlen must be a multiple of 16 up to 8192 for this check, got ${bits}`;
  await expect(checkRsaKey({ n: modulus(bits), e })).rejects.toThrow(new RangeError(wanted));
});

test.each([2032, 2056, 8208, 2048.5, Number.NaN])("det-keygen of %d bits is refused", async (bits) => {
  await expect(bench.detKeygenRsa(bits, random.bytes(32))).rejects.toThrow(
    /bits must be a multiple of 16 from 2048 to 8192/,
  );
});

test("det-keygen of a seed below 16 bytes is refused", async () => {
  await expect(bench.detKeygenRsa(2048, random.bytes(15))).rejects.toThrow(
    /the seed must have at least 16 bytes, got 15/,
  );
});

test("a primality test of no round, of too many, or of a number that is too long, is none", async () => {
  for (const lucas of [false, true]) {
    await expect(bench.isProbablePrime(random.bytes(16), 0, { lucas })).rejects.toThrow(RangeError);
    await expect(bench.isProbablePrime(random.bytes(16), 1 << 17, { lucas })).rejects.toThrow(RangeError);
    await expect(bench.isProbablePrime(random.bytes(1025), 1, { lucas })).rejects.toThrow(RangeError);
  }
});
