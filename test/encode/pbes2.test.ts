/** Password-protected keys: what is written OpenSSL opens, what OpenSSL writes is opened, and nothing else is. */
import { createPrivateKey } from "node:crypto";
import { expect, test } from "vitest";
import { decodeEncryptedPkcs8, encodeEncryptedPkcs8 } from "../../src/encode/pbes2.ts";
import { decodePem, encodePem } from "../../src/encode/pem.ts";
import { decodePkcs8, encodePkcs8 } from "../../src/encode/pkcs8.ts";
import { nodePair, pkcs8Of } from "../support/pair-keys.ts";
import { nodePkcs8, nodeRsa } from "../support/rsa-keys.ts";

const password = "correct horse ☃";
const few = { iterations: 1000 };
const p256 = decodePkcs8(pkcs8Of(nodePair("P-256")));

const encrypted = (cipher: string) =>
  Uint8Array.from(nodePair("P-256").privateKey.export({ format: "der", type: "pkcs8", cipher, passphrase: password }));

const rejection = async (promise: Promise<unknown>): Promise<{ code?: string; message: string }> =>
  promise.then(
    () => {
      throw new Error("nothing was thrown");
    },
    (error) => error,
  );

test.each(["RSA-2048", "P-521", "Ed25519", "X448", "ML-KEM-768", "ML-DSA-65", "SLH-DSA-SHA2-128f"] as const)(
  "%s: OpenSSL opens what is written, and it comes back here",
  async (name) => {
    const plain = name === "RSA-2048" ? nodePkcs8(2048) : pkcs8Of(nodePair(name));
    const key = decodePkcs8(plain);
    const der = await encodeEncryptedPkcs8(key, password, few);
    const pem = encodePem("ENCRYPTED PRIVATE KEY", der);
    const opened = createPrivateKey({ key: pem, passphrase: password });
    const original = name === "RSA-2048" ? nodeRsa(2048).privateKey : nodePair(name).privateKey;
    expect(opened.equals(original)).toBe(true);
    const back = await decodeEncryptedPkcs8(decodePem(pem, "ENCRYPTED PRIVATE KEY").der, password);
    expect(back.algorithm).toBe(name);
    expect(encodePkcs8(back)).toEqual(encodePkcs8(key));
  },
);

test.each(["aes-256-cbc", "aes-128-cbc"])("what OpenSSL writes with %s is opened", async (cipher) => {
  const key = await decodeEncryptedPkcs8(encrypted(cipher), password);
  expect(encodePkcs8(key)).toEqual(pkcs8Of(nodePair("P-256")));
});

test("the default count opens in OpenSSL too, and salt and iv are new each time", async () => {
  const [first, second] = [await encodeEncryptedPkcs8(p256, password), await encodeEncryptedPkcs8(p256, password)];
  expect(Buffer.compare(first, second)).not.toBe(0);
  expect(Buffer.from(first).includes(Buffer.from([0x02, 0x03, 0x09, 0x27, 0xc0]))).toBe(true); // 600,000
  const key = Buffer.from(first);
  expect(createPrivateKey({ key, format: "der", type: "pkcs8", passphrase: password }).type).toBe("private");
});

test("bytes may be a password", async () => {
  const der = await encodeEncryptedPkcs8(p256, new TextEncoder().encode(password), few);
  expect((await decodeEncryptedPkcs8(der, password)).algorithm).toBe("P-256");
});

test("a wrong password is refused, also where the padding happens to fit", async () => {
  const der = await encodeEncryptedPkcs8(p256, password, few);
  for (let i = 0; i < 400; i++) {
    const error = await rejection(decodeEncryptedPkcs8(der, `wrong ${i}`));
    expect(error).toMatchObject({ code: "encoding-invalid" });
    expect(error.message).toBe("the password does not open this key, or the file is damaged");
  }
});

test("schemes that are not read are named", async () => {
  const cases: [Promise<unknown>, string][] = [
    [decodeEncryptedPkcs8(encrypted("aes-192-cbc"), password), "wanted AES-128-CBC or AES-256-CBC"],
    [decodeEncryptedPkcs8(encrypted("des-ede3-cbc"), password), "wanted AES-128-CBC or AES-256-CBC"],
  ];
  for (const [opening, message] of cases) {
    const error = await rejection(opening);
    expect(error).toMatchObject({ code: "algorithm-unsupported" });
    expect(error.message).toContain(message);
  }
});

test("every truncation and every changed byte of the frame is refused or opens the same key", async () => {
  const der = await encodeEncryptedPkcs8(p256, password, few);
  const frame = der.length - 144;
  expect(frame).toBeGreaterThan(80);
  for (let length = 0; length < der.length; length += 3) {
    expect((await rejection(decodeEncryptedPkcs8(der.subarray(0, length), password))).code).toBe("encoding-invalid");
  }
  for (let at = 0; at < frame; at++) {
    const changed = Uint8Array.from(der);
    changed[at] = (changed[at] ?? 0) ^ 0x41;
    const error = await rejection(decodeEncryptedPkcs8(changed, password));
    // A changed iv changes the first block only: what is inside is then refused for itself.
    expect(error.code).toMatch(/^(encoding-invalid|algorithm-unsupported|key-invalid)$/);
  }
});

test("wrong calls", async () => {
  for (const [calling, message] of [
    [encodeEncryptedPkcs8(p256, ""), "the password must not be empty"],
    [encodeEncryptedPkcs8(p256, 7 as unknown as string), "the password must be a string or a Uint8Array, got number"],
    [encodeEncryptedPkcs8(p256, password, { iterations: 999 }), "iterations must be an integer from 1000 to"],
    [decodeEncryptedPkcs8("x" as unknown as Uint8Array, password), "must be a Uint8Array, got string"],
  ] as const) {
    expect((await rejection(calling)).message).toContain(message);
  }
});

test("a key that is not extractable is not written under a password either", async () => {
  const key = decodePkcs8(pkcs8Of(nodePair("P-256")), { extractable: false });
  expect(await rejection(encodeEncryptedPkcs8(key, password, few))).toMatchObject({ code: "export-refused" });
});

test("the file may be overwritten as soon as it was handed over", async () => {
  const der = await encodeEncryptedPkcs8(p256, password, few);
  const opening = decodeEncryptedPkcs8(der, password);
  der.fill(0);
  expect(encodePkcs8(await opening)).toEqual(encodePkcs8(p256));
});

test.each(["\ud800", "secret\udfff", "\udc00\ud83d"])(
  "a text that is not well-formed is no password: %j",
  async (text) => {
    const wanted = "the password must be well-formed text";
    expect(await rejection(encodeEncryptedPkcs8(p256, text, few))).toBeInstanceOf(RangeError);
    expect((await rejection(encodeEncryptedPkcs8(p256, text, few))).message).toContain(wanted);
    const der = await encodeEncryptedPkcs8(p256, "secret 🔑", few); // a pair is one character
    expect((await rejection(decodeEncryptedPkcs8(der, text))).message).toContain(wanted);
  },
);
