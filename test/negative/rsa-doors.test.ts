// What the doors of RSA refuse: sizes that nobody makes, moduli that cannot be checked, and calls that mean nothing.
import { generateKeyPairSync } from "node:crypto";
import { expect, test, vi } from "vitest";
import { type AlgorithmName, checkRsaKey, decodePkcs8, openKeygen } from "#keywright";
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

const generated = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
const decoded = () => decodePkcs8(Uint8Array.from(generated.export({ format: "der", type: "pkcs8" })));

test("a key that is wiped while it is checked, and parts that change, are checked as they were", async () => {
  const key = decoded();
  const checking = checkRsaKey(key);
  key.wipe();
  expect(await checking).toMatchObject({ modulusBits: 2048 });
  const parts = partsOf();
  const again = checkRsaKey(parts);
  for (const number of Object.values(parts)) number.fill(0);
  expect(await again).toMatchObject({ modulusBits: 2048 });
});

const partsOf = () => {
  const { kty, ...jwk } = generated.export({ format: "jwk" }) as Record<string, string>;
  const entries = Object.entries(jwk).map(([name, text]) => [name, Uint8Array.from(Buffer.from(text, "base64url"))]);
  return Object.fromEntries(entries) as Record<
    "n" | "e" | "d" | "p" | "q" | "dp" | "dq" | "qi",
    Uint8Array<ArrayBuffer>
  >;
};

test("a check leaves the caller's numbers whole, and none of its own", async () => {
  const [parts, before] = [partsOf(), partsOf()];
  const made: Uint8Array[] = [];
  const honest = Uint8Array.prototype.set;
  const set = vi.spyOn(Uint8Array.prototype, "set").mockImplementation(function (this: Uint8Array, ...args) {
    if (args[0] === parts.d) made.push(this);
    honest.apply(this, args);
  });
  await checkRsaKey(parts).finally(() => set.mockRestore());
  expect(parts).toEqual(before);
  expect(made.length).toBeGreaterThan(0);
  for (const copy of made) expect(copy.every((byte) => byte === 0)).toBe(true);
});

test.each([
  ["d", undefined, "undefined"],
  ["qi", [1, 2], "an array"],
  ["p", "AQAB", "string"],
  ["n", 5n, "bigint"],
])("parts whose %s is no bytes: %o", async (name, value, kind) => {
  const asked = checkRsaKey({ ...partsOf(), [name]: value } as never);
  await expect(asked).rejects.toThrow(TypeError);
  await expect(asked).rejects.toThrow(`or parts with ${name} as a Uint8Array, got ${kind}`);
});
