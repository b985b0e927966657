/**
 * Arguments get swapped, and then a key, a seed or a password stands where a name was wanted. Whatever a public door says
 * to that, it does not repeat it: not in the message, the details or the cause, in no encoding.
 */
import { generateKeyPairSync } from "node:crypto";
import { expect, test } from "vitest";
import * as library from "#keywright";
import { seedPolicy } from "../support/seeds.ts";

const secret = Uint8Array.from({ length: 32 }, (_, i) => 200 + i);
const der = Uint8Array.from([...Buffer.from("302e020100300506032b657004220420", "hex"), ...secret]); // Ed25519, RFC 8410, 7
const pem = library.encodePem("PRIVATE KEY", der);
const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64");

/** What stands in the wrong place. */
const shapes: Readonly<Record<string, unknown>> = {
  bytes: secret,
  buffer: Buffer.from(secret),
  list: [...secret],
  lists: [[...secret]],
  pem,
  hex: Buffer.from(secret).toString("hex"),
  base64: base64(secret),
  number: BigInt(`0x${Buffer.from(secret).toString("hex")}`),
  "named by it": { [pem]: 1, constructor: { name: pem } },
  "printed as it": { toString: () => pem, toJSON: () => pem, length: pem },
};

/** The middle of the secret in hexadecimal, as a list, as an object of bytes, as a number, and in base64 from each place on. */
const needles = [
  "cdcecfd0d1",
  "205,206,207",
  '"5":205',
  `${shapes.number}`,
  ...[5, 6, 7].flatMap((from) => {
    const text = base64(secret.subarray(from, from + 9));
    return [text, text.replaceAll("+", "-").replaceAll("/", "_")];
  }),
];

function told(error: unknown, depth = 0): string {
  if (!(error instanceof Error) || depth > 3) return String(error);
  const { message, stack, cause } = error;
  return [message, stack, JSON.stringify({ ...error }), cause === undefined ? "" : told(cause, depth + 1)].join("\n");
}

const policy = seedPolicy("open", { export: { plaintext: [], wrapped: ["test"], extractable: ["test"] } });
const keygen = await library.openKeygen({ policy, environment: "test", platform: library.webCrypto });
const complete = await library.openComplete();
const { privateKey: edKey, publicKey: edPublic } = await keygen.generate("Ed25519");
const { secretKey } = await keygen.generate("AES-256");
const ecJwk = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey.export({ format: "jwk" });
const sec1 = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey.export({ format: "der", type: "sec1" });
const kem = generateKeyPairSync("ml-kem-512" as "ed25519").privateKey.export({ format: "der", type: "pkcs8" });
const kemKey = library.decodePkcs8(Uint8Array.from(kem), { complete });
const { expandedKey } = complete("ML-KEM-512", library.encodeRaw(kemKey));
const encrypted = await library.encodeEncryptedPkcs8(edKey, "password", { iterations: 1000 });
const keys = [secret.map((byte) => byte ^ 1)];
const key = secret.map((byte) => byte ^ 2);
const kbkdf = { key, mode: "feedback", counterBits: 8, counterPlace: "before-iterator", iv: key, length: 16 };
const request = { extractable: true, provider: "core", method: "A.1.6", lucas: false, publicExponent: 65537 };
const ofSeed = { scheme: "keywright-hkdf-v1", path: "a", seedBits: 256 };

/** A public door with arguments that it takes; of the last, a plain object, each member is put in its place too. */
const doors: readonly (readonly [name: keyof typeof library, ...args: readonly unknown[]])[] = [
  ["encodePem", "PRIVATE KEY", der],
  ["decodePem", pem, "PRIVATE KEY"],
  ["decodePkcs8", der, { extractable: true, complete }],
  ["encodePkcs8", kemKey, { form: "both", expandedKey }],
  ["decodeSec1", sec1, { extractable: true }],
  ["encodeSec1", edKey],
  ["decodeSpki", der],
  ["encodeSpki", edPublic],
  ["decodeJwk", ecJwk, { algorithm: "P-256", extractable: true }],
  ["decodeJwk", { ...ecJwk, alg: "ES256", key_ops: ["sign"], use: "sig", ext: true }],
  ["decodeJwk", { kty: "oct", alg: "HS256", k: base64(secret) }],
  ["encodeJwk", edKey, { kid: "a" }],
  ["jwkThumbprint", edPublic],
  ["decodeRaw", "Ed25519", secret, { type: "private", extractable: true }],
  ["decodeRaw", "AES-256", secret, { type: "secret", extractable: true }],
  ["encodeRaw", edKey],
  ["encodeEncryptedPkcs8", edKey, pem, { iterations: 1000 }],
  ["decodeEncryptedPkcs8", encrypted, pem, { extractable: true }],
  ["checkRsaKey", edKey],
  ["openComplete", { core: { build: "simd" } }],
  ["seal", secretKey, { usages: ["encrypt"], algorithm: "AES-GCM", extractable: false, hash: "SHA-256" }],
  ["canSeal", "RSA-2048", { usages: ["sign"], algorithm: "RSA-PSS", hash: "SHA-256", extractable: false }],
  ["openRecovery", { kty: "EC", crv: "P-256", x: ecJwk.x, y: ecJwk.y, alg: "ECDH-ES+A256KW", use: "enc" }],
  ["derive", keygen, "HKDF-SHA-256", { key, salt: key, info: key, length: 16 }],
  ["derive", keygen, "one-step-HMAC-SHA-256", { key, salt: key, info: key, length: 16 }],
  ["derive", keygen, "KBKDF-HMAC-SHA-256", kbkdf],
  ["derive", keygen, "two-step-HMAC-SHA-256", { ...kbkdf, counterPlace: { afterBits: 0 }, salt: key }],
  ["derive", keygen, "PBKDF2-HMAC-SHA-256", { password: key, salt: key, iterations: 1000, length: 16 }],
  ["derive", keygen, "extraction-HMAC-SHA-256", { keys, data: keys, salt: key, length: 16 }],
  ["xorKeys", [key, ...keys], keys],
  ["concatenateKeys", [key, ...keys]],
  ["combineKeys", keygen, "AES-256", { method: "extraction", keys, data: keys, salt: key, extractable: true }],
];

async function complaint(call: () => unknown): Promise<string> {
  try {
    await call();
    return "";
  } catch (error) {
    return told(error);
  }
}

/** The arguments with a shape in each of their places, one at a time, and in the members of the last. */
function* misplaced(args: readonly unknown[]): Generator<readonly [place: string, args: readonly unknown[]]> {
  yield ["reversed", [...args].reverse()];
  for (const [name, shape] of Object.entries(shapes)) {
    for (let i = 0; i < args.length; i++) yield [`${name} at ${i}`, args.with(i, shape)];
    const last = args.at(-1);
    if (typeof last !== "object" || last === null || Object.getPrototypeOf(last) !== Object.prototype) continue;
    yield [`${name} beside it`, args.with(-1, { ...last, [pem]: shape })];
    for (const member of Object.keys(last)) {
      yield [`${name} as ${member}`, args.with(-1, { ...last, [member]: shape })];
    }
  }
}

const publicNames: Readonly<Record<string, unknown>> = library;
type Call = (...args: readonly unknown[]) => unknown;

async function repeats(call: Call, args: readonly unknown[]): Promise<string[]> {
  const found: string[] = [];
  for (const [place, wrong] of misplaced(args)) {
    const text = await complaint(() => call(...wrong));
    if (needles.some((needle) => text.includes(needle))) found.push(`${place}: ${text.slice(0, 200)}`);
  }
  return found;
}

test.each(doors)("%s repeats no secret", async (name, ...args) => {
  expect(await repeats(publicNames[name as string] as Call, args)).toEqual([]);
});

test("nor does a generator of keys", async () => {
  const seeded = (name: unknown, seed: unknown, options: object) =>
    keygen.generateFromSeed(name as "AES-256", seed as Uint8Array, options as never);
  expect(await repeats(seeded as Call, ["AES-256", secret, { seedOrigin: "external", ...ofSeed }])).toEqual([]);
  const generate = (...args: readonly unknown[]) => keygen.generate(...(args as [never, never]));
  expect(await repeats(generate, ["RSA-2048", { ...request, signal: {} }])).toEqual([]);
  const open = (...args: readonly unknown[]) => library.openKeygen(...(args as [never]));
  expect(await repeats(open, [{ policy, environment: "test", scope: "tenant", tenant: "a" }])).toEqual([]);
});

test("a value that is as short as a name is told, since it helps", () => {
  const asked = (name: unknown) => () => library.decodeRaw(name as "AES-256", secret);
  expect(asked("AES-512")).toThrow(/got "AES-512"$/);
  expect(asked("A".repeat(33))).toThrow(/got a string of 33 characters$/);
  expect(asked('"a"\n')).toThrow(/got a string of 4 characters$/);
  expect(asked(undefined)).toThrow(/got undefined$/);
  expect(asked(12)).toThrow(/got 12$/);
  expect(asked(secret)).toThrow(/got Uint8Array$/);
  expect(asked(["AES-256"])).toThrow(/got an array$/);
});
