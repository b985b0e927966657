/** Strict DER: what X.690, clause 10, forbids is refused, at the byte where it is. */
import { generateKeyPairSync } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { encodeDer, integer, openDer, readInteger, sequence } from "../../src/encode/der.ts";
import { decodePkcs8, encodePkcs8 } from "../../src/encode/pkcs8.ts";
import { decodeSpki, encodeSpki } from "../../src/encode/spki.ts";
import { KeygenError } from "../../src/errors.ts";
import { thrown, thrownCode } from "../support/errors.ts";
import { nodePkcs8, nodeSpki } from "../support/rsa-keys.ts";

// Where the fields of a 2048-bit SubjectPublicKeyInfo are: 30 82 xx xx, 30 0d, 06 09 oid, 05 00, 03 82 xx xx 00, 30 82 xx xx, 02 82 …
const spki = nodeSpki(2048);
const pkcs8 = nodePkcs8(2048);

function edited(source: Uint8Array, at: number, remove: number, ...insert: readonly number[]): Uint8Array {
  return Uint8Array.from([...source.subarray(0, at), ...insert, ...source.subarray(at + remove)]);
}

/** The same, with the length in bytes 2 and 3 of the outermost SEQUENCE put right. */
function spliced(source: Uint8Array, at: number, remove: number, ...insert: readonly number[]): Uint8Array {
  const out = edited(source, at, remove, ...insert);
  new DataView(out.buffer).setUint16(2, out.length - 4);
  return out;
}

test("the fields are where these tests expect them", () => {
  expect([...spki.subarray(0, 7)]).toEqual([0x30, 0x82, 0x01, 0x22, 0x30, 0x0d, 0x06]);
  expect([...spki.subarray(17, 25)]).toEqual([0x05, 0x00, 0x03, 0x82, 0x01, 0x0f, 0x00, 0x30]);
  expect([...pkcs8.subarray(0, 9)]).toEqual([0x30, 0x82, ...pkcs8.subarray(2, 4), 0x02, 0x01, 0x00, 0x30, 0x0d]);
});

const bad: readonly (readonly [what: string, der: Uint8Array, message: string])[] = [
  ["nothing", new Uint8Array(0), "DER at byte 0: wanted SEQUENCE (SubjectPublicKeyInfo), but the encoding ends here"],
  ["a SET", edited(spki, 0, 1, 0x31), "DER at byte 0: wanted SEQUENCE (SubjectPublicKeyInfo)"],
  ["the indefinite length", edited(spki, 1, 3, 0x80), "DER at byte 1: wanted a definite length"],
  [
    "a length of four bytes",
    edited(spki, 1, 3, 0x84, 0, 0, 1, 0x22),
    "DER at byte 1: wanted a length of at most three bytes",
  ],
  [
    "a length with a leading zero",
    edited(spki, 1, 3, 0x83, 0, 1, 0x22),
    "DER at byte 1: wanted a length in its shortest form",
  ],
  [
    "a short length in the long form",
    spliced(spki, 5, 1, 0x81, 0x0d),
    "DER at byte 5: wanted a length in its shortest form",
  ],
  [
    "a length beyond the end",
    edited(spki, 2, 2, 0x02, 0x22),
    "DER at byte 0: wanted SEQUENCE (SubjectPublicKeyInfo) that ends within",
  ],
  ["a length of 16 MiB", edited(spki, 1, 3, 0x83, 0xff, 0xff, 0xff), "DER at byte 0: wanted SEQUENCE"],
  [
    "a byte after the end",
    edited(spki, spki.length, 0, 0),
    `DER at byte ${spki.length}: wanted the end of SubjectPublicKeyInfo`,
  ],
  [
    "no parameters",
    spliced(spki, 4, 15, 0x30, 0x0b, ...spki.subarray(6, 17)),
    "DER at byte 17: wanted NULL (parameters), but the encoding ends here",
  ],
  ["parameters that are not NULL", edited(spki, 17, 1, 0x04), "DER at byte 17: wanted NULL (parameters)"],
  [
    "NULL with content",
    spliced(spki, 4, 15, 0x30, 0x0e, ...spki.subarray(6, 17), 0x05, 0x01, 0x00),
    "DER at byte 19: wanted the end of parameters",
  ],
  ["unused bits", edited(spki, 23, 1, 0x01), "DER at byte 23: wanted no unused bits in subjectPublicKey"],
  [
    "an empty INTEGER",
    encodeBits(0x30, 0x05, 0x02, 0x00, 0x02, 0x01, 0x03),
    "wanted INTEGER (modulus) of at least one byte",
  ],
  [
    "a negative INTEGER",
    encodeBits(0x30, 0x06, 0x02, 0x01, 0x80, 0x02, 0x01, 0x03),
    "wanted INTEGER (modulus) that is not negative",
  ],
  [
    "a padded INTEGER",
    encodeBits(0x30, 0x07, 0x02, 0x02, 0x00, 0x7f, 0x02, 0x01, 0x03),
    "wanted INTEGER (modulus) in its shortest form",
  ],
  [
    "a third number",
    encodeBits(0x30, 0x09, 0x02, 0x01, 0x05, 0x02, 0x01, 0x03, 0x02, 0x01, 0x03),
    "wanted the end of RSAPublicKey",
  ],
  [
    "one number only",
    encodeBits(0x30, 0x03, 0x02, 0x01, 0x05),
    "wanted INTEGER (publicExponent), but the encoding ends here",
  ],
];

/** A SubjectPublicKeyInfo around the bytes of an RSAPublicKey. */
function encodeBits(...key: readonly number[]): Uint8Array {
  return Uint8Array.from([0x30, 15 + 3 + key.length, ...spki.subarray(4, 19), 0x03, key.length + 1, 0x00, ...key]);
}

test.each(bad)("SPKI with %s is refused", (_, der, message) => {
  const error = thrown(() => decodeSpki(der));
  expect(error).toMatchObject({ name: "KeygenError", code: "encoding-invalid" });
  expect(error.message).toContain(message);
});

test.each([
  ["version 1", edited(pkcs8, 6, 1, 1), "DER at byte 4: wanted version 0, the version of a PrivateKeyInfo"],
  [
    "attributes",
    spliced(pkcs8, pkcs8.length, 0, 0xa0, 0x00),
    `DER at byte ${pkcs8.length}: wanted the end of PrivateKeyInfo (attributes are not read)`,
  ],
  [
    "more than two primes",
    edited(pkcs8, 32, 1, 1),
    "DER at byte 30: wanted version 0, the version of an RSAPrivateKey with two primes",
  ],
  [
    "no octets",
    Uint8Array.of(0x30, 18, ...pkcs8.subarray(4, 22)),
    "wanted OCTET STRING (privateKey), but the encoding ends here",
  ],
  ["the PKCS #1 form alone", pkcs8.slice(26), "wanted SEQUENCE (AlgorithmIdentifier)"],
])("PKCS #8 with %s is refused", (_, der, message) => {
  const error = thrown(() => decodePkcs8(der));
  expect(error).toMatchObject({ name: "KeygenError", code: "encoding-invalid" });
  expect(error.message).toContain(message);
});

test("keys that are not read are named, not just refused", () => {
  const pairs = [
    ["an RSASSA-PSS key", generateKeyPairSync("rsa-pss", { modulusLength: 2048 })],
    ["a DSA key", generateKeyPairSync("dsa", { modulusLength: 2048, divisorLength: 256 })],
    ["an EC key on another curve", generateKeyPairSync("ec", { namedCurve: "brainpoolP256r1" })],
  ] as const;
  for (const [name, { publicKey, privateKey }] of pairs) {
    for (const error of [
      thrown(() => decodeSpki(publicKey.export({ format: "der", type: "spki" }))),
      thrown(() => decodePkcs8(privateKey.export({ format: "der", type: "pkcs8" }))),
    ]) {
      expect(error).toMatchObject({ code: "algorithm-unsupported" });
      expect(error.message).toContain(`wanted a key of the catalogue, got ${name}`);
    }
  }
});

test("an identifier that nothing here has is another algorithm, as is one that is not in its shortest form", () => {
  const ed25519 = Uint8Array.from(generateKeyPairSync("ed25519").publicKey.export({ format: "der", type: "spki" }));
  expect(decodeSpki(ed25519).algorithm).toBe("Ed25519"); // 30 2a 30 05 06 03 2b 65 70
  const padded = edited(edited(edited(edited(ed25519, 8, 0, 0x80), 5, 1, 4), 3, 1, 6), 1, 1, 0x2b);
  for (const der of [edited(ed25519, 8, 1, 0x7f), edited(ed25519, 8, 1, 0xf0), padded]) {
    expect(thrown(() => decodeSpki(der)).message).toContain("wanted a key of the catalogue, got another algorithm");
  }
});

test("RSA keys outside the registry and outside FIPS 186-5 are refused with the reason", () => {
  const small = generateKeyPairSync("rsa", { modulusLength: 1024 });
  const odd = generateKeyPairSync("rsa", { modulusLength: 2056 });
  const cube = generateKeyPairSync("rsa", { modulusLength: 2048, publicExponent: 3 });
  for (const [pair, code, message] of [
    [small, "algorithm-unsupported", "an RSA modulus of 1024 bits is not one of RSA-2048, RSA-3072, RSA-4096"],
    [odd, "algorithm-unsupported", "an RSA modulus of 2056 bits is not one of"],
    [cube, "key-invalid", "the public exponent must be odd, above 2^16 and below 2^256 (FIPS 186-5, A.1.1)"],
  ] as const) {
    const der = pair.privateKey.export({ format: "der", type: "pkcs8" });
    const error = thrown(() => decodePkcs8(der));
    expect(error).toMatchObject({ code });
    expect(error.message).toContain(message);
    expect(thrownCode(() => decodeSpki(pair.publicKey.export({ format: "der", type: "spki" })))).toBe(code);
  }
});

const everyFlip = Array.from({ length: 255 }, (_, i) => i + 1);
const someFlips = [0x01, 0x02, 0x04, 0x08, 0x10, 0x20, 0x40, 0x80, 0xff];

/** The offsets of bytes in numbers, but for the first two and the last of each. */
function insideNumbers(der: Uint8Array): ReadonlySet<number> {
  const inside = new Set<number>();
  for (let at = 24; at < der.length; at++) {
    // A long INTEGER: 02 82 and two bytes of length, or 02 81 and one.
    const size = (der[at + 1] ?? 0) - 0x80;
    if (der[at] !== 0x02 || (size !== 1 && size !== 2)) continue;
    const length = size === 1 ? (der[at + 2] ?? 0) : (der[at + 2] ?? 0) * 256 + (der[at + 3] ?? 0);
    const start = at + 2 + size;
    for (let i = start + 2; i < start + length - 1; i++) inside.add(i);
    at = start + length - 1;
  }
  return inside;
}

/** Decodes, and if that succeeds encodes again: anything but the same bytes or a KeygenError is a defect. */
function survives(der: Uint8Array, decodeAndEncode: (der: Uint8Array) => Uint8Array): "same" | "refused" {
  let again: Uint8Array;
  try {
    again = decodeAndEncode(der);
  } catch (error) {
    if (error instanceof KeygenError && /^(encoding-invalid|algorithm-unsupported|key-invalid)$/.test(error.code))
      return "refused";
    throw error;
  }
  if (Buffer.compare(again, der) !== 0)
    throw new Error(`decoded, but encoded to other bytes: ${Buffer.from(der).toString("hex")}`);
  return "same";
}

describe.each([
  ["SPKI", spki, (der: Uint8Array) => encodeSpki(decodeSpki(der))],
  ["PKCS #8", pkcs8, (der: Uint8Array) => encodePkcs8(decodePkcs8(der))],
] as const)("%s of 2048 bits", (name, der, again) => {
  test("every truncation is refused", () => {
    for (let length = 0; length < der.length; length++) {
      expect(survives(der.subarray(0, length), again)).toBe("refused");
    }
  });

  test("every single byte, changed, is refused or decodes to itself", () => {
    const inside = insideNumbers(der);
    const seen = { same: 0, refused: 0 };
    const copy = Uint8Array.from(der);
    for (let at = 0; at < der.length; at++) {
      // Inside a number no byte is of structure, so there some values stand for all; elsewhere all are tried.
      const flips = name === "PKCS #8" && inside.has(at) ? someFlips : everyFlip;
      for (const flip of flips) {
        copy[at] = (der[at] ?? 0) ^ flip;
        seen[survives(copy, again)]++;
      }
      copy[at] = der[at] ?? 0;
    }
    expect(seen.refused).toBeGreaterThan((der.length - inside.size - 20) * 255);
    expect(seen.same).toBeGreaterThan(inside.size * someFlips.length);
  });

  test("every single byte removed or doubled is refused or decodes to itself", () => {
    for (let at = 0; at < der.length; at++) {
      survives(edited(der, at, 1), again);
      survives(edited(der, at, 0, der[at] ?? 0), again);
    }
  });

  test("random edits are refused or decode to themselves", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(der.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 }), (edits) => {
        const copy = Uint8Array.from(der);
        for (const [at, byte] of edits) copy[at] = byte;
        survives(copy, again);
      }),
    );
  });
});

test("random bytes are refused", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
      expect(survives(bytes, (der) => encodeSpki(decodeSpki(der)))).toBe("refused");
      expect(survives(bytes, (der) => encodePkcs8(decodePkcs8(der)))).toBe("refused");
    }),
  );
});

test("integers of every length around the ends of the length forms are written as OpenSSL reads them, and come back", () => {
  for (const length of [0, 1, 2, 126, 127, 128, 129, 254, 255, 256, 257, 65534, 65535, 65536, 65537]) {
    for (const first of [0x01, 0x7f, 0x80, 0xff]) {
      const number = new Uint8Array(length).fill(0xa5);
      if (length > 0) number[0] = first;
      const der = encodeDer(integer(Uint8Array.from([0, 0, ...number])));
      const reader = openDer(der);
      expect(Buffer.compare(readInteger(reader, "number"), number)).toBe(0);
      expect(reader.at).toBe(der.length);
    }
  }
});

test("a nested encoding is as long as it says", () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 4 }), (numbers) => {
      const node = sequence(...numbers.map(integer), sequence(...numbers.map(integer)));
      expect(encodeDer(node)).toHaveLength(node.length);
    }),
  );
});

test("an error never tells a byte of the input, only offsets and what was wanted", () => {
  const secret = Uint8Array.from(pkcs8);
  for (let at = 0; at < secret.length; at += 3) {
    const error = thrown(() => decodePkcs8(edited(secret, at, 1, (secret[at] ?? 0) ^ 0x55, 0x99)));
    expect(error.message).toMatch(
      /^(DER at byte \d+: wanted [A-Za-z0-9 (),#.]+|an RSA modulus of \d+ bits .*|.*FIPS 186-5, A\.1\.1\))/,
    );
    expect(error.message).not.toMatch(/\bgot (0x|\d)/);
    expect(error.cause).toBeUndefined();
  }
});
