/** RFC 7468 in its strict form. */
import { base64 } from "@scure/base";
import fc from "fast-check";
import { expect, test } from "vitest";
import { decodePem, encodePem, type PemLabel, pemLabels } from "../../src/encode/pem.ts";
import { thrown } from "../support/errors.ts";

const der = new Uint8Array(100).map((_, i) => (i * 7) & 0xff);
const pem = encodePem("PRIVATE KEY", der);
const [begin, first, second, third, end] = pem.split("\n") as [string, string, string, string, string];
const body = [first, second, third].join("\n");

test("lines have 64 columns, the last what is left, and the text ends with a line end", () => {
  expect([first, second, third].map(({ length }) => length)).toEqual([64, 64, 8]);
  expect(pem.endsWith("-----END PRIVATE KEY-----\n")).toBe(true);
  expect(encodePem("PUBLIC KEY", der.subarray(0, 48)).split("\n")).toHaveLength(4);
});

test("any bytes come out as they went in", () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 300 }), fc.constantFrom(...pemLabels), (bytes, label) => {
      const back = decodePem(encodePem(label, bytes), label);
      expect(back.label).toBe(label);
      expect([...back.der]).toEqual([...bytes]);
    }),
  );
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
