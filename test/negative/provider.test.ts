/** A platform that does not make what it was asked for: nothing of it leaves. */
import { afterEach, describe, expect, test, vi } from "vitest";
import { encodePkcs8, KeygenError, openKeygen, webCrypto } from "#keywright";
import { type Subtle, stubSubtle } from "../support/subtle.ts";

afterEach(() => vi.unstubAllGlobals());

const options = { policy: "open", environment: "test", platform: webCrypto } as const;
const provider = "platform";
const rsa = (modulusLength: number, e: readonly number[]) => ({
  name: "RSA-PSS",
  hash: "SHA-256",
  modulusLength,
  publicExponent: Uint8Array.from(e),
});
const signing: KeyUsage[] = ["sign", "verify"];

/** Each key that is asked for comes out as another one. */
const makes =
  (
    params: RsaHashedKeyGenParams | EcKeyGenParams | AesKeyGenParams | HmacKeyGenParams,
    usages: KeyUsage[],
    readable?: boolean,
  ) =>
  (genuine: SubtleCrypto): Subtle => ({
    generateKey: (_: unknown, extractable: boolean) => genuine.generateKey(params, readable ?? extractable, usages),
  });

/** The same, of which its handle says other things. */
const claims =
  (broken: (genuine: SubtleCrypto) => Subtle, lie: object) =>
  (genuine: SubtleCrypto): Subtle => ({
    generateKey: async (params: never, extractable: never, usages: never) => {
      const pair = (await broken(genuine).generateKey?.(params, extractable, usages)) as CryptoKeyPair;
      const { privateKey } = pair;
      Object.defineProperty(privateKey, "algorithm", { value: { ...privateKey.algorithm, ...lie } });
      return pair;
    },
  });

const hmac = (hash: string) => ({ name: "HMAC", hash, length: 384 });
const pss = (hash: string) => ({ ...rsa(2048, [1, 0, 1]), hash });

const purposes = [
  ["AES", "encrypt"],
  ["HMAC", "authenticate"],
  ["ML-KEM", "establish"],
] as const;

describe("a key that was not asked for", () => {
  const bad: readonly (readonly [string, Parameters<typeof stubSubtle>[0], string, boolean, RegExp])[] = [
    ["a smaller modulus", makes(rsa(2048, [1, 0, 1]), signing), "RSA-3072", false, /modulusLength of its private/],
    [
      "a smaller modulus than it says",
      claims(makes(rsa(2048, [1, 0, 1]), signing), { modulusLength: 3072 }),
      "RSA-3072",
      false,
      /asked for RSA-3072: it made RSA-2048/,
    ],
    [
      "a modulus of no algorithm",
      claims(makes(rsa(1024, [1, 0, 1]), signing), { modulusLength: 2048 }),
      "RSA-2048",
      true,
      /modulus of 1024 bits/,
    ],
    ["another exponent", makes(rsa(2048, [1, 0, 0, 1]), signing), "RSA-2048", false, /public exponent is not 65537/],
    [
      "another curve",
      makes({ name: "ECDSA", namedCurve: "P-256" }, signing),
      "P-384",
      true,
      /namedCurve of its private/,
    ],
    [
      "another curve than it says",
      claims(makes({ name: "ECDSA", namedCurve: "P-256" }, signing), { namedCurve: "P-384" }),
      "P-384",
      true,
      /it made P-256/,
    ],
    ["another hash", makes(pss("SHA-1"), signing), "RSA-2048", false, /hash of its private CryptoKey/],
    ["another hash of HMAC", makes(hmac("SHA-256"), signing), "HMAC-SHA-384", false, /hash of its secret CryptoKey/],
    ["another hash of HMAC, readable", makes(hmac("SHA-1"), signing), "HMAC-SHA-384", true, /hash of its secret/],
    ["one usage of two", makes(hmac("SHA-384"), ["sign"]), "HMAC-SHA-384", false, /list of usages of its secret/],
    [
      "more usages",
      makes({ name: "AES-GCM", length: 256 }, ["encrypt", "decrypt", "wrapKey"]),
      "AES-256",
      false,
      /list of usages of its secret/,
    ],
    [
      "a key of another use",
      makes({ name: "ECDH", namedCurve: "P-256" }, ["deriveBits"]),
      "P-256",
      false,
      /list of usages of its private/,
    ],
    [
      "a readable key",
      makes({ name: "ECDSA", namedCurve: "P-256" }, signing, true),
      "P-256",
      false,
      /extractable of its private CryptoKey/,
    ],
    [
      "a secret key",
      makes({ name: "AES-GCM", length: 256 }, ["encrypt", "decrypt"]),
      "P-256",
      true,
      /the type of its private CryptoKey/,
    ],
    [
      "fewer bits",
      makes({ name: "AES-GCM", length: 128 }, ["encrypt", "decrypt"]),
      "AES-256",
      true,
      /length of its secret CryptoKey/,
    ],
    ["fewer bits, kept", makes({ name: "AES-GCM", length: 128 }, ["encrypt", "decrypt"]), "AES-256", false, /length/],
    [
      "fewer bits than it says",
      () => ({ exportKey: async () => new ArrayBuffer(16) }),
      "AES-256",
      true,
      /key has 16 bytes/,
    ],
    ["a coefficient of 4095", badCoefficient, "ML-KEM-768", false, /not below 3329 \(FIPS 203, 7\.2\)/],
    ["halves of two pairs", twoPairs, "P-256", true, /its halves are of different pairs/],
    ["a test that fails", () => ({ verify: async () => false }), "P-256", false, /failed the test of the platform/],
    ["a test that lets anything pass", () => ({ verify: async () => true }), "P-256", false, /failed the test/],
    [
      "a test that breaks off",
      () => ({ sign: () => Promise.reject(new Error("x")) }),
      "Ed25519",
      true,
      /failed the test/,
    ],
  ];

  test.each(bad)("%s is refused", async (_, broken, name, extractable, text) => {
    using keygen = await openKeygen(options);
    stubSubtle(broken);
    const purpose = purposes.find(([start]) => name.startsWith(start))?.[1] ?? "sign";
    const asked = keygen.generate(name as "P-256", { provider, extractable, purpose });
    const error = await asked.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(KeygenError);
    expect(error).toMatchObject({ code: "key-invalid", message: expect.stringMatching(text) });
    vi.unstubAllGlobals();
    expect(keygen.closed).toBe(false); // the platform's fault is not the core's
    expect((await keygen.generate("P-256", { provider, purpose: "sign" })).record.predicate.checked).toBe("full");
  });

  /** The encapsulation key is the last 1184 bytes of the DER. */
  function badCoefficient(genuine: SubtleCrypto): Subtle {
    return {
      exportKey: async (format: "spki", key: CryptoKey) => {
        const der = new Uint8Array(await genuine.exportKey(format, key));
        return der.fill(0xff, der.length - 1184, der.length - 1181).buffer;
      },
    };
  }

  /** A platform that hands out the private half of another pair, and whose test says yes to both. */
  function twoPairs(genuine: SubtleCrypto): Subtle {
    const make = () => genuine.generateKey({ name: "ECDSA", namedCurve: "P-256" }, true, signing);
    let calls = 0;
    return {
      generateKey: async () => ({ publicKey: (await make()).publicKey, privateKey: (await make()).privateKey }),
      verify: async () => calls++ === 0,
    };
  }

  test("an RSA key whose numbers meet not all criteria is refused", async () => {
    using keygen = await openKeygen(options);
    const { publicKey, privateKey } = await keygen.generate("RSA-2048", { provider, purpose: "sign" });
    expect(publicKey.algorithm).toBe("RSA-2048");
    const der = encodePkcs8(privateKey);
    stubSubtle((genuine) => ({
      exportKey: async (format: KeyFormat, key: CryptoKey) => {
        const bytes = new Uint8Array((await genuine.exportKey(format, key)) as ArrayBuffer);
        if (format === "pkcs8") bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 2; // the last number is qi
        return bytes.buffer;
      },
    }));
    await expect(keygen.generate("RSA-2048", { provider })).rejects.toMatchObject({
      code: "key-invalid",
      message: expect.stringContaining("qi is not the inverse of q modulo p"),
    });
    der.fill(0);
  });
});

test("a key that may not be extracted is never exported, nor its bytes asked for", async () => {
  const exported: string[] = [];
  using keygen = await openKeygen(options);
  stubSubtle((genuine) => ({
    exportKey: (format: KeyFormat, key: CryptoKey) => {
      exported.push(`${format} ${key.type}`);
      return genuine.exportKey(format as "spki", key);
    },
  }));
  await keygen.generate("P-256", { provider, extractable: false });
  await keygen.generate("AES-256", { provider, extractable: false });
  expect(exported).toEqual(["spki public"]);
  await keygen.generate("P-256", { provider });
  expect(exported).toEqual(["spki public", "spki public", "pkcs8 private"]);
});
