/** Keys sealed into the platform of whatever runtime this is: every kind that it has, and what is said of the others. */
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import {
  type AlgorithmName,
  algorithmNames,
  canSeal,
  decodePkcs8,
  encodePkcs8,
  type GeneratedPair,
  type GeneratedSecret,
  type Keygen,
  openKeygen,
  seal,
} from "#keywright";
import { registry } from "../../src/algorithms/registry.ts";
import { type WebCryptoRow, webCryptoRows } from "../../src/algorithms/web-crypto.ts";

let keygen: Keygen;
beforeAll(async () => {
  keygen = await openKeygen({ policy: "open", environment: "test" });
});
afterAll(() => keygen.close());
afterEach(() => vi.restoreAllMocks());

/** RSA-2048 stands for the longer ones, and Web Cryptography has the SLH-DSA keys of no runtime here. */
const names = algorithmNames.filter((name) => !/^(?:RSA-(?!2048)|SLH-DSA)/.test(name));

const make = (name: AlgorithmName) => keygen.generate(name, { extractable: false });

async function sealAs({ params, usages }: WebCryptoRow, made: GeneratedPair | GeneratedSecret) {
  const options = { usages, algorithm: params.name };
  return "privateKey" in made
    ? await seal(made.privateKey, options)
    : { secretKey: await seal(made.secretKey, options) };
}

/** What each runtime must have: less would mean that nothing was tested. */
const everywhere: readonly AlgorithmName[] = [
  ...(["AES-128", "AES-256", "HMAC-SHA-256", "HMAC-SHA-384", "HMAC-SHA-512", "RSA-2048"] as const),
  ...(["P-256", "P-384", "P-521", "Ed25519", "X25519"] as const),
];

describe.each(names)("%s", (name) => {
  test("is sealed for every use that this platform has, or refused with the reason", async () => {
    const made = await make(name);
    const rows = webCryptoRows(registry[name]);
    let held = 0;
    for (const row of rows) {
      const { usages, params } = row;
      const options = { usages, algorithm: params.name };
      if (!(await canSeal(name, options))) {
        await expect(sealAs(row, made)).rejects.toMatchObject({ code: "algorithm-unsupported" });
        await expect(sealAs(row, made)).rejects.toThrow(
          /this (?:node|workerd|browser) takes no .+ wipe it after use, or/,
        );
        continue;
      }
      held++;
      for (const key of Object.values(await sealAs(row, made)) as CryptoKey[]) {
        expect(key.extractable).toBe(key.type === "public");
        expect(key.algorithm).toMatchObject({ name: params.name });
      }
    }
    if (everywhere.includes(name)) expect(held).toBe(rows.length);
    else if (rows.length === 0)
      await expect(canSeal(name, { usages: ["sign"] })).rejects.toThrow(/no runtime can seal/);
  });
});

test("each usage alone is enough, and the public half gets its opposite", async () => {
  const { privateKey } = (await make("RSA-2048")) as GeneratedPair;
  const usages = async (own: "sign" | "unwrapKey") => (await seal(privateKey, { usages: [own] })).publicKey.usages;
  expect(await usages("sign")).toEqual(["verify"]);
  expect(await usages("unwrapKey")).toEqual(["wrapKey"]);
  const signer = await seal(privateKey, { usages: ["sign"], algorithm: "RSASSA-PKCS1-v1_5", hash: "SHA-512" });
  expect(signer.privateKey.algorithm).toMatchObject({ name: "RSASSA-PKCS1-v1_5", hash: { name: "SHA-512" } });
  const { secretKey } = (await make("AES-256")) as GeneratedSecret;
  expect((await seal(secretKey, { usages: ["encrypt"] })).usages).toEqual(["encrypt"]);
  expect((await seal(secretKey, { usages: ["wrapKey"], algorithm: "AES-KW" })).algorithm.name).toBe("AES-KW");
});

describe("what the platform holds is looked at before it is handed on", () => {
  const other = { usages: ["sign"] as const, algorithm: "ECDSA" };
  const failed = { code: "seal-failed" };

  test.each([
    ["extractable", { extractable: true }],
    ["the type", { type: "secret" }],
    ["the list of usages", { usages: ["sign", "deriveBits"] }],
    ["namedCurve", { algorithm: { name: "ECDSA", namedCurve: "P-384" } }],
    ["name", { algorithm: { name: "ECDH", namedCurve: "P-256" } }],
  ])("%s", async (what, lie) => {
    const { privateKey } = (await make("P-256")) as GeneratedPair;
    const honest = crypto.subtle.importKey.bind(crypto.subtle);
    vi.spyOn(crypto.subtle, "importKey").mockImplementation((async (...call: Parameters<typeof honest>) => {
      const key = await honest(...call);
      return key.type === "private"
        ? { type: key.type, extractable: false, usages: key.usages, algorithm: key.algorithm, ...lie }
        : key;
    }) as never);
    const sealing = seal(privateKey, other);
    await expect(sealing).rejects.toMatchObject(failed);
    await expect(sealing).rejects.toThrow(what);
  });

  test.each([
    ["P-256", "sign"],
    ["P-256", "deriveBits"],
    ["P-256", "deriveKey"],
    ["RSA-2048", "sign"],
    ["RSA-2048", "decrypt"],
    ["RSA-2048", "unwrapKey"],
    ["AES-256", "encrypt"],
    ["AES-256", "unwrapKey"],
    ["HMAC-SHA-256", "verify"],
  ] as const)("another %s key that cannot %s as the key does", async (name, usage) => {
    const [made, another] = [await make(name), await keygen.generate(name)];
    const honest = crypto.subtle.importKey.bind(crypto.subtle);
    let calls = 0;
    vi.spyOn(crypto.subtle, "importKey").mockImplementation((async (...call: Parameters<typeof honest>) => {
      if (calls++ > 0) return await honest(...call);
      const [, , ...rest] = call;
      const bytes =
        "privateKey" in another ? encodePkcs8(another.privateKey) : crypto.getRandomValues(new Uint8Array(32));
      return await honest(call[0] as "pkcs8", bytes, ...(rest as [never, never, never]));
    }) as never);
    const options = { usages: [usage] };
    const sealing = "privateKey" in made ? seal(made.privateKey, options) : seal(made.secretKey, options);
    await expect(sealing).rejects.toMatchObject(failed);
    await expect(sealing).rejects.toThrow(usage);
  });
});

describe("wrong calls", () => {
  test("say what was wanted and what came", async () => {
    const { privateKey } = (await make("P-256")) as GeneratedPair;
    await expect(seal({} as never, { usages: ["sign"] })).rejects.toThrow(/PrivateKey or a SecretKey, got Object/);
    await expect(seal(privateKey, { usages: [] })).rejects.toThrow(TypeError);
    await expect(seal(privateKey, { usages: ["encrypt"] })).rejects.toThrow(
      /ECDSA \(sign\), ECDH \(deriveBits, deriveKey\), got "encrypt"/,
    );
    await expect(seal(privateKey, { usages: ["sign", "deriveBits"] })).rejects.toThrow(RangeError);
    await expect(seal(privateKey, { usages: ["sign"], hash: "SHA-384" })).rejects.toThrow(
      /hash is an option of RSA keys/,
    );
    await expect(seal(privateKey, { usages: ["sign"], extractable: true as false })).rejects.toThrow(/must be false/);
  });

  test("a key that was wiped, and one without its public half", async () => {
    const { privateKey } = await keygen.generate("Ed25519");
    const half = decodePkcs8(encodePkcs8(privateKey));
    await expect(seal(half, { usages: ["sign"] })).rejects.toThrow(/read without its public half.+option complete/);
    privateKey.wipe();
    await expect(seal(privateKey, { usages: ["sign"] })).rejects.toMatchObject({ code: "key-wiped" });
  });
});

test("sealing keeps no copy but the key's own, and leaves that one to its wipe", async () => {
  const seen: Uint8Array[] = [];
  const honest = crypto.subtle.importKey.bind(crypto.subtle);
  vi.spyOn(crypto.subtle, "importKey").mockImplementation(((...call: Parameters<typeof honest>) => {
    if (call[0] !== ("spki" as never)) seen.push(call[1] as unknown as Uint8Array);
    return honest(...call);
  }) as never);
  const [pair, { secretKey }] = [await keygen.generate("P-256"), await keygen.generate("AES-256")];
  await seal(pair.privateKey, { usages: ["sign"] });
  await seal(secretKey, { usages: ["decrypt"] });
  expect(seen.length).toBeGreaterThan(2);
  for (const bytes of seen) expect(bytes.every((byte) => byte === 0)).toBe(true);
  expect(encodePkcs8(pair.privateKey).some((byte) => byte !== 0)).toBe(true);
});

test("without Web Cryptography the reason is the page's context", async () => {
  const { privateKey } = (await make("P-256")) as GeneratedPair;
  vi.stubGlobal("crypto", { getRandomValues: () => undefined });
  try {
    await expect(seal(privateKey, { usages: ["sign"] })).rejects.toThrow(/secure context/);
  } finally {
    vi.unstubAllGlobals();
  }
});
