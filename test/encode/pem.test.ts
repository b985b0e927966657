/** RFC 7468 in its strict form. */
import { generateKeyPairSync } from "node:crypto";
import { base64 } from "@scure/base";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodePem, encodePem, type PemLabel, pemLabels } from "../../src/encode/pem.ts";
import { thrown } from "../support/errors.ts";

/** The least that each label holds, with `bytes` (up to 90) as its key. */
const holding: Readonly<Record<PemLabel, (bytes: Uint8Array) => Uint8Array>> = {
  "PUBLIC KEY": (bytes) => tlv(0x30, tlv(0x30), tlv(0x03, Uint8Array.of(0), bytes)),
  "PRIVATE KEY": (bytes) => tlv(0x30, tlv(0x02, Uint8Array.of(0)), tlv(0x30), tlv(0x04, bytes)),
  "ENCRYPTED PRIVATE KEY": (bytes) => tlv(0x30, tlv(0x30), tlv(0x04, bytes)),
  "EC PRIVATE KEY": (bytes) => tlv(0x30, tlv(0x02, Uint8Array.of(1)), tlv(0x04, bytes)),
};
function tlv(tag: number, ...contents: readonly Uint8Array[]): Uint8Array {
  const content = contents.flatMap((one) => [...one]);
  return Uint8Array.of(tag, content.length, ...content);
}

const der = holding["PRIVATE KEY"](new Uint8Array(91).map((_, i) => (i * 7) & 0xff)); // 100 bytes
const pem = encodePem("PRIVATE KEY", der);
const [begin, first, second, third, end] = pem.split("\n") as [string, string, string, string, string];
const body = [first, second, third].join("\n");

test("lines have 64 columns, the last what is left, and the text ends with a line end", () => {
  expect([first, second, third].map(({ length }) => length)).toEqual([64, 64, 8]);
  expect(pem.endsWith("-----END PRIVATE KEY-----\n")).toBe(true);
  expect(encodePem("PUBLIC KEY", holding["PUBLIC KEY"](new Uint8Array(41))).split("\n")).toHaveLength(4); // 48 bytes
});

test("any bytes come out as they went in", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 90 }), fc.constantFrom(...pemLabels), (bytes, label) => {
      const whole = holding[label](bytes);
      const back = decodePem(encodePem(label, whole), label);
      expect(back.label).toBe(label);
      expect([...back.der]).toEqual([...whole]);
    }),
  );
});

describe("a label that the DER does not fit is refused: one wrong word would publish a private key", () => {
  const mixed = pemLabels.flatMap((label) =>
    pemLabels.filter((one) => one !== label).map((of) => [label, of] as const),
  );

  test.each(mixed)("%s with the DER of %s", (label, of) => {
    const bytes = holding[of](new Uint8Array(60).fill(0xa5));
    const error = thrown(() => encodePem(label, bytes));
    expect(error).toBeInstanceOf(RangeError);
    expect(error.message).toBe(`the DER of encodePem must be that of ${label}, but it is that of ${of}`);
  });

  test("keys of OpenSSL have the labels that it gives them, and no other", () => {
    const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const spki = publicKey.export({ format: "der", type: "spki" });
    const pkcs8 = privateKey.export({ format: "der", type: "pkcs8" });
    const sec1 = privateKey.export({ format: "der", type: "sec1" });
    const encrypted = privateKey.export({ format: "der", type: "pkcs8", cipher: "aes-256-cbc", passphrase: "word" });
    const pkcs1 = generateKeyPairSync("rsa", { modulusLength: 1024 }).privateKey.export({
      format: "der",
      type: "pkcs1",
    });
    const taken = (bytes: Uint8Array) => pemLabels.filter((label) => isTaken(label, bytes));
    expect([spki, pkcs8, encrypted, sec1, pkcs1].map(taken)).toEqual([...pemLabels.map((label) => [label]), []]);
  });

  test.each([
    ["nothing", Uint8Array.of()],
    ["another version", tlv(0x30, tlv(0x02, Uint8Array.of(2)), tlv(0x30), tlv(0x04))],
    ["a second value after the first", Uint8Array.of(...holding["PUBLIC KEY"](der.subarray(0, 40)), ...der)],
    ["a second value within the first", tlv(0x30, tlv(0x30), tlv(0x03, Uint8Array.of(0)), der)],
    ["half a key", der.subarray(0, 99)],
  ])("%s has no label", (_, bytes) => {
    expect(pemLabels.filter((label) => isTaken(label, bytes))).toEqual([]);
    expect(thrown(() => encodePem("PRIVATE KEY", bytes)).message).toMatch(/but none of the labels fits it$/);
  });

  function isTaken(label: PemLabel, bytes: Uint8Array): boolean {
    try {
      return encodePem(label, bytes) !== "";
    } catch {
      return false;
    }
  }
});

test.each([
  ["CR LF", pem.replaceAll("\n", "\r\n")],
  ["CR", pem.replaceAll("\n", "\r")],
  ["no line end at the end", pem.trimEnd()],
])("%s is read", (_, text) => {
  expect(decodePem(text).der).toEqual(der);
});

const wrap = (label: string, inner = body) => `-----BEGIN ${label}-----\n${inner}\n-----END ${label}-----\n`;

test.each([
  ["", "line 1 must be -----BEGIN PUBLIC KEY or PRIVATE KEY or ENCRYPTED PRIVATE KEY or EC PRIVATE KEY-----"],
  ["hello", "line 1 must be -----BEGIN"],
  [` ${pem}`, "line 1 must be -----BEGIN"],
  [`Key of Bob\n${pem}`, "line 1 must be -----BEGIN"],
  [`\n${pem}`, "line 1 must be -----BEGIN"],
  [`${end}\n${body}\n${end}\n`, "line 1 must be -----BEGIN"],
  [begin, "the last line must be -----END PRIVATE KEY-----"],
  [`${begin}\n${body}\n`, "the last line must be -----END PRIVATE KEY-----"],
  [`${pem}\n`, "the last line must be -----END PRIVATE KEY-----, with nothing after it"],
  [pem + pem, "one block is read at a time, but line 5 ends it: take the others out"],
  [`${begin}\n${body}\n-----END PUBLIC KEY-----\n`, "the last line must be -----END PRIVATE KEY-----"],
  [`${begin}\n${end}\n`, "there is nothing between the BEGIN and the END line"],
  [`${begin}\n\n${end}\n`, "line 2 must have 1 to 64 characters, got 0"],
  [wrap("PRIVATE KEY", `${first}${second}\n${third}`), "line 2 must have 64 characters, got 128"],
  [wrap("PRIVATE KEY", `${first.slice(0, 60)}\n${second}\n${third}`), "line 2 must have 64 characters, got 60"],
  [wrap("PRIVATE KEY", `${first}\n${second}\n${third} `), "the lines between BEGIN and END must be base64"],
  [wrap("PRIVATE KEY", `${first}\n\n${second}\n${third}`), "line 3 must have 64 characters, got 0"],
  [wrap("PRIVATE KEY", "Proc-Type: 4,ENCRYPTED"), "the lines between BEGIN and END must be base64"],
  [wrap("PRIVATE KEY", "AAAA="), "the lines between BEGIN and END must be base64"],
  [wrap("PRIVATE KEY", "AB=="), "the lines between BEGIN and END must be base64"],
  [wrap("PRIVATE KEY", "AA"), "the lines between BEGIN and END must be base64"],
  [wrap("PRIVATE KEY", "-_8="), "the lines between BEGIN and END must be base64"],
  [
    wrap("CERTIFICATE"),
    'the label must be PUBLIC KEY or PRIVATE KEY or ENCRYPTED PRIVATE KEY or EC PRIVATE KEY, got "CERTIFICATE" (take the key out of it: openssl x509',
  ],
  [
    wrap("CERTIFICATE REQUEST"),
    'the label must be PUBLIC KEY or PRIVATE KEY or ENCRYPTED PRIVATE KEY or EC PRIVATE KEY, got "CERTIFICATE REQUEST" (take the key out of it: openssl req',
  ],
  [
    wrap("RSA PRIVATE KEY"),
    'the label must be PUBLIC KEY or PRIVATE KEY or ENCRYPTED PRIVATE KEY or EC PRIVATE KEY, got "RSA PRIVATE KEY" (this is PKCS #1; convert it: openssl pkey',
  ],
  [
    wrap("RSA PUBLIC KEY"),
    'the label must be PUBLIC KEY or PRIVATE KEY or ENCRYPTED PRIVATE KEY or EC PRIVATE KEY, got "RSA PUBLIC KEY" (this is PKCS #1',
  ],
  [
    wrap("EC PARAMETERS"),
    'the label must be PUBLIC KEY or PRIVATE KEY or ENCRYPTED PRIVATE KEY or EC PRIVATE KEY, got "EC PARAMETERS" (remove this block',
  ],
  [
    wrap("DSA PRIVATE KEY"),
    'the label must be PUBLIC KEY or PRIVATE KEY or ENCRYPTED PRIVATE KEY or EC PRIVATE KEY, got "DSA PRIVATE KEY"',
  ],
  [
    wrap("OPENSSH PRIVATE KEY"),
    'the label must be PUBLIC KEY or PRIVATE KEY or ENCRYPTED PRIVATE KEY or EC PRIVATE KEY, got "OPENSSH PRIVATE KEY" (convert a copy of it',
  ],
  [
    wrap("PGP MESSAGE"),
    'the label must be PUBLIC KEY or PRIVATE KEY or ENCRYPTED PRIVATE KEY or EC PRIVATE KEY, got "PGP MESSAGE"',
  ],
])("PEM %# is refused: it is not as it should be", (text, message) => {
  const error = thrown(() => decodePem(text));
  expect(error).toMatchObject({ name: "KeygenError", code: "encoding-invalid" });
  expect(error.message).toContain(`PEM: ${message}`);
  expect(error.cause).toBeUndefined();
  for (const line of [first, second, third]) expect(error.message).not.toContain(line);
});

test("another label than the one asked for is refused", () => {
  expect(thrown(() => decodePem(pem, "PUBLIC KEY")).message).toBe(
    'PEM: the label must be PUBLIC KEY, got "PRIVATE KEY"',
  );
});

test("a long run of characters is refused at once", () => {
  const started = performance.now();
  for (const text of [
    `-----BEGIN ${"A ".repeat(50_000)}`,
    `-----BEGIN ${"A-".repeat(50_000)}-----`,
    "-".repeat(200_000),
  ]) {
    expect(thrown(() => decodePem(text))).toMatchObject({ code: "encoding-invalid" });
  }
  expect(performance.now() - started).toBeLessThan(2000);
});

test("wrong calls", () => {
  expect(() => encodePem("CERTIFICATE" as PemLabel, der)).toThrow(
    'the label of encodePem must be one of PUBLIC KEY, PRIVATE KEY, ENCRYPTED PRIVATE KEY, EC PRIVATE KEY, got "CERTIFICATE"',
  );
  expect(() => encodePem("PUBLIC KEY", "text" as unknown as Uint8Array)).toThrow(
    "the DER of encodePem must be a Uint8Array, got string",
  );
  expect(() => decodePem(der as unknown as string)).toThrow("the text of decodePem must be a string, got Uint8Array");
  expect(() => decodePem(pem, "KEY" as PemLabel)).toThrow(RangeError);
  expect(base64.decode(first + second + third)).toEqual(der);
});

test.each([
  ["no end", `-----BEGIN ${"A".repeat(50_000)}!`],
  ["words", `-----BEGIN ${"AB ".repeat(20_000)}!`],
  ["numbers", `-----BEGIN X${"#".repeat(50_000)}----`],
  ["a last line", `${begin}\n${body}\n-----END ${"A".repeat(50_000)}!`],
])("a long hostile line is refused as fast as a short one: %s", (_, text) => {
  expect(thrown(() => decodePem(text))).toMatchObject({ code: "encoding-invalid" });
});
