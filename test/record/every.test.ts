/** Whatever the library makes, in whatever way, its verifier finds nothing wrong with the record of it. */
import { describe, expect, test } from "vitest";
import {
  type AlgorithmName,
  algorithmNames,
  combineKeys,
  encodeJwk,
  type KeyRecord,
  openKeygen,
  openRecovery,
  verifyRecord,
  webCrypto,
} from "#keywright";
import { isKeyPair } from "../../src/algorithms/algorithm.ts";
import { findAlgorithm, registry } from "../../src/algorithms/registry.ts";
import { type SeedSchemeName, seedSchemeNames, seedSchemes } from "../../src/algorithms/seed-schemes.ts";
import { seedLength } from "../../src/generate/seed-length.ts";
import { seedPolicy } from "../support/seeds.ts";

const periods = Object.fromEntries(
  ["sign", "encrypt", "wrap", "authenticate", "derive", "establish"].map((purpose) => [
    purpose,
    { originatorUsageDays: 1, recipientUsageDays: 1 },
  ]),
);
const policy = seedPolicy("open", {
  cryptoperiods: periods,
  providers: { core: { accepted: "any" }, platform: { accepted: "any" } },
});
const keygen = await openKeygen({ policy, environment: "test", platform: webCrypto });
const strict = await openKeygen({
  policy: seedPolicy("open", {
    generator: { minStrengthBits: 112, predictionResistance: true },
    pairwise: "platform",
    export: { plaintext: ["test"], wrapped: ["test"], extractable: ["test"] },
  }),
  environment: "test",
  platform: webCrypto,
});
const fresh = await openKeygen({
  policy: seedPolicy("open", { generator: { minStrengthBits: 112, predictionResistance: true } }),
  environment: "test",
});

/** The larger RSA keys and the small SLH-DSA keys differ from these in nothing but the time that they take. */
const quick = algorithmNames.filter((name) => !/^RSA-([3-9]|\d{5})|^SLH-DSA-\w+-\d+s$|^SLH-DSA-\w+-256f$/.test(name));
const bytes = (length: number) => Uint8Array.from({ length }, (_, i) => 3 * i + 1);
const schemesOf = (name: AlgorithmName) =>
  seedSchemeNames.filter((scheme) => seedSchemes[scheme].serves(registry[name]));

async function expectWhole(record: KeyRecord): Promise<void> {
  expect((await verifyRecord(JSON.stringify(record))).broken).toEqual([]);
}

test("the list is long", () => expect(quick.length).toBeGreaterThan(25));

describe.each(quick)("%s", (name) => {
  const { purposes } = registry[name];

  test.each([undefined, ...purposes])(
    "for the purpose %s",
    async (purpose) => {
      const wish = purpose === undefined ? {} : { purpose };
      for (const instance of purpose === undefined ? [keygen, strict, fresh] : [keygen, strict]) {
        await expectWhole((await instance.generate(name, wish)).record);
        if (instance === keygen)
          await expectWhole((await instance.generate(name, { ...wish, extractable: false })).record);
      }
      await expectWhole((await strict.generate(name, { ...wish, export: "wrapped" })).record);
    },
    60_000,
  );

  test("in a group", async () => {
    const count = registry[name].kind === "rsa" ? 2 : 5;
    for (const instance of [keygen, strict, fresh]) {
      for await (const { record } of instance.generateMany(name, count)) await expectWhole(record);
    }
  }, 60_000);

  test.each(schemesOf(name))(
    "from a seed, by %s",
    async (scheme: SeedSchemeName) => {
      const { least, most } = seedLength(scheme, registry[name]);
      for (const length of new Set([least, most])) {
        for (const seedOrigin of ["drbg", "kdf", "external"]) {
          if (length * 8 < 256 && seedOrigin === "external") continue; // the policy wants more
          const wish = { scheme, seedOrigin, ...(scheme === "keywright-hkdf-v1" ? { path: "a" } : {}) };
          await expectWhole((await strict.generateFromSeed(name, bytes(length), wish)).record);
        }
      }
    },
    60_000,
  );

  const row = findAlgorithm(name);
  if (!isKeyPair(row)) {
    const { keyLen } = row;
    test.each(["xor", "extraction"] as const)("of components, by %s", async (method) => {
      const components = Array.from({ length: method === "xor" ? 1023 : 2 }, () => bytes(keyLen));
      for (const instance of [keygen, strict]) {
        await expectWhole((await combineKeys(instance, name, { method, keys: components })).record);
      }
    });
  }
});

test("of a platform", async () => {
  for (const name of quick) {
    for (const purpose of registry[name].purposes) {
      for (const extractable of [true, false]) {
        const wish = { provider: "platform", purpose, extractable } as const;
        if (!webCrypto.serves(registry[name], purpose)) continue;
        const made = await keygen.generate(name, wish).catch((error: unknown) => {
          if ((error as { code?: string }).code !== "algorithm-unsupported") throw error;
        });
        if (made !== undefined) await expectWhole(made.record);
      }
    }
  }
}, 60_000);

test.each(["P-521", "X25519", "RSA-2048", "P-256", "P-384"] as const)("with a copy for %s", async (name) => {
  using own = await openKeygen({ policy: "open", environment: "test", platform: webCrypto });
  const { publicKey } = await own.generate(name);
  const recovery = await openRecovery(encodeJwk(publicKey));
  for (const wish of [{}, { provider: "platform" }, { extractable: false }] as const) {
    await expectWhole((await own.generate(name, { ...wish, recovery })).record);
  }
});
