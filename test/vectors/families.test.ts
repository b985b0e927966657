// Each family of vectors, on small files made up here: right answers pass, and each kind of answer, once changed, fails.
import { createPrivateKey, generateKeyPairSync } from "node:crypto";
import { base64, hex } from "@scure/base";
import { describe, expect, test } from "vitest";
import {
  builtFiles,
  detKeygen,
  grouped,
  type MadeUp,
  primality,
  rsaKnownAnswer,
  shaFunctional,
  shaLarge,
  trace,
  wycheproofHmac,
} from "./made-up.ts";
import { detKeygenEc, EC_SEED, ecKeyVer } from "./made-up-ec.ts";
import { derivationFiles, wycheproofHkdf } from "./made-up-kdf.ts";
import { latticeFiles, shortSeed } from "./made-up-lattice.ts";
import { okpFiles, okpKeyVer } from "./made-up-okp.ts";
import { slhDsaFile } from "./made-up-slh-dsa.ts";
import { rsaFromPkcs8 } from "./readers/pkcs8.ts";
import { openReference } from "./reference.ts";
import { audited, type FileReport, reasons } from "./report.ts";
import { runFile } from "./run-file.ts";

const run = ({ file, text }: Pick<MadeUp, "file" | "text">, quick = false) =>
  runFile(openReference, { file, text, quick });
const excused = ({ notApplicable }: FileReport) => notApplicable.reduce((sum, { cases }) => sum + cases, 0);

/** Changes one digit in the middle of the answer. */
function spoil({ text, answer = "" }: MadeUp): string {
  const at = text.lastIndexOf(answer) + (answer.length >> 1);
  const digit = text[at] === "0" ? "1" : "0";
  return text.slice(0, at) + digit + text.slice(at + 1);
}

const slhDsa = slhDsaFile("SLH-DSA-SHA2-128f", 16);
const files = [...builtFiles(), ...derivationFiles(), ...okpFiles(), ...latticeFiles(), slhDsa];

describe.each(files.map((made) => [made.file, made] as const))("%s", (_, made) => {
  test("right answers pass", async () => {
    const report = await run(made);
    expect(report.failures).toEqual([]);
    expect(report.passed + excused(report)).toBe(made.cases);
    expect(report.passed).toBeGreaterThan(0);
    expect(report.problem).toBeUndefined();
  });

  test("a changed answer fails", async () => {
    expect(made.answer?.length).toBeGreaterThan(8);
    const report = await run({ ...made, text: spoil(made) });
    expect(report.failed).toBeGreaterThan(0);
    expect(report.passed + report.failed + excused(report)).toBe(made.cases);
    expect(JSON.stringify(report)).not.toMatch(/[0-9a-f]{24}/i); // no long hex in what is told
  });
});

test("a wrong tag that is said to be valid fails, and so does a right one that is said to be invalid", async () => {
  const made = wycheproofHmac();
  const swapped = made.text.replace('"valid"', '"?"').replace('"invalid"', '"valid"').replace('"?"', '"invalid"');
  expect(await run({ ...made, text: swapped })).toMatchObject({ passed: 0, failed: 2 });
});

test("an output of HKDF that is said to be too long must be refused, and one that is said to be valid must not", async () => {
  const made = wycheproofHkdf();
  const swapped = made.text.replace('"valid"', '"?"').replace('"invalid"', '"valid"').replace('"?"', '"invalid"');
  expect(await run({ ...made, text: swapped })).toMatchObject({ passed: 0, failed: 2 });
});

test("a derivation that is said to be wrong must be, and the other way round", async () => {
  const made = derivationFiles().find(({ text }) => text.includes('"VAL"'));
  if (made === undefined) throw new Error("no file with decisions was made up");
  const swapped = made.text.replaceAll("false", "?").replaceAll("true", "false").replaceAll("?", "true");
  expect(await run({ ...made, text: swapped })).toMatchObject({ passed: 0, failed: 2 });
});

test("a composite that is said to be prime fails", async () => {
  const made = primality();
  expect(await run({ ...made, text: made.text.replace('"invalid"', '"valid"') })).toMatchObject({ failed: 1 });
});

test("an RSA pair that is said to be invalid must be refused, and the other way round", async () => {
  const made = rsaKnownAnswer();
  expect(await run(made)).toMatchObject({ cases: 4, passed: 4, failed: 0 });
  const swapped = made.text.replaceAll("false", "?").replaceAll("true", "false").replaceAll("?", "true");
  expect(await run({ ...made, text: swapped })).toMatchObject({ cases: 4, passed: 0, failed: 4 });
});

test.each(okpKeyVer())(
  "$file: what is said to be no public key must be refused, and the other way round",
  async (made) => {
    expect(await run(made)).toMatchObject({ cases: 2, passed: 2, failed: 0 });
    const swapped = made.text.replaceAll("false", "?").replaceAll("true", "false").replaceAll("?", "true");
    expect(await run({ ...made, text: swapped })).toMatchObject({ cases: 2, passed: 0, failed: 2 });
  },
);

test("a seed that is said to be invalid must be refused, and one that is said to be valid must give its keys", async () => {
  expect(await run(shortSeed("invalid"))).toMatchObject({ cases: 1, passed: 1, failed: 0 });
  expect(await run(shortSeed("valid"))).toMatchObject({ cases: 1, passed: 0, failed: 1 });
  const good = latticeFiles().find(({ file }) => file.includes("mlkem_512"));
  if (good === undefined) throw new Error("no file of ML-KEM was made up");
  expect(await run({ ...good, text: good.text.replace('"valid"', '"invalid"') })).toMatchObject({ failed: 1 });
});

test("a trace must hold two primes, the last line and one before it", async () => {
  const { file, text } = trace();
  const [first = "", second = "", prime = ""] = text.split("\n");
  expect(await run({ file, text: text.replace(first, prime) })).toMatchObject({ failed: 2 }); // a third prime, and the end
  expect(await run({ file, text: `${text}${second}\n` })).toMatchObject({ failed: 2 }); // it goes on, and ends without
  expect(await run({ file, text: text.replace(prime, second) })).toMatchObject({ failed: 1 });
});

test("det-keygen compares every number of the key", async () => {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 1024 });
  const der = new Uint8Array(privateKey.export({ format: "der", type: "pkcs8" }));
  const parts = rsaFromPkcs8(der);
  const reference = await openReference();
  const answering = (key: typeof parts) =>
    runFile(async () => ({ ...reference, detKeygenRsa: async () => key }), { ...detKeygen(der, 1024), quick: false });
  expect(await answering(parts)).toMatchObject({ cases: 1, passed: 1, failed: 0 });
  for (const name of ["n", "e", "d", "p", "q", "dp", "dq", "qi"] as const) {
    const changed = parts[name].map((byte, at) => (at === parts[name].length - 1 ? byte ^ 1 : byte));
    const report = await answering({ ...parts, [name]: changed });
    expect(report).toMatchObject({ passed: 0, failed: 1 });
    expect(report.failures[0]?.why).toContain(name);
  }
});

test("the PKCS#8 reader finds the numbers that Node exports as JWK, and takes nothing else", () => {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 1024 });
  const der = new Uint8Array(privateKey.export({ format: "der", type: "pkcs8" }));
  const jwk: Readonly<Record<string, unknown>> = {
    ...createPrivateKey(privateKey.export({ format: "pem", type: "pkcs8" })).export({ format: "jwk" }),
  };
  for (const [name, value] of Object.entries(rsaFromPkcs8(der))) {
    expect(BigInt(`0x${hex.encode(value)}`)).toBe(
      BigInt(`0x${Buffer.from(String(jwk[name]), "base64url").toString("hex")}`),
    );
  }
  const ec = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey.export({ format: "der", type: "pkcs8" });
  expect(() => rsaFromPkcs8(new Uint8Array(ec))).toThrow(/RSA/);
  expect(() => rsaFromPkcs8(der.subarray(0, -1))).toThrow(RangeError);
  expect(() => rsaFromPkcs8(new Uint8Array([...der, 0]))).toThrow(RangeError);
});

test("a point that is said to be invalid must be refused, and the other way round", async () => {
  const made = ecKeyVer();
  const swapped = made.text.replaceAll("false", "?").replaceAll("true", "false").replaceAll("?", "true");
  expect(await run(made)).toMatchObject({ cases: 4, passed: 4, failed: 0 });
  expect(await run({ ...made, text: swapped })).toMatchObject({ cases: 4, passed: 0, failed: 4 });
});

test("det-keygen compares d and the point of an ECC key", async () => {
  const made = detKeygenEc();
  expect(await run(made)).toMatchObject({ cases: 1, passed: 1, failed: 0 });
  const reference = await openReference();
  const { d, point } = reference.detKeygenEc("P-384", EC_SEED);
  for (const changed of [
    { d: point, point },
    { d, point: point.toReversed() },
  ]) {
    const report = await runFile(async () => ({ ...reference, detKeygenEc: () => changed }), { ...made, quick: false });
    expect(report).toMatchObject({ passed: 0, failed: 1 });
  }
});

const plain = [{ tests: [{ tcId: 1 }] }];
const one = (group: object) => [{ tgId: 1, testType: "AFT", ...group, tests: [{ tcId: 1 }] }];
const oneStepCase = (auxFunction: string) => {
  const kdfParameter = { auxFunction, l: 256, fixedInfoPattern: "l" };
  const group = { testType: "AFT", tests: [{ tcId: 1, kdfParameter }] };
  return grouped("acvp/KDA-OneStep-Sp800-56Cr2.json", "KDA", [group]);
};
const excuses = [
  [grouped("acvp/SHA-1-1.0.json", "SHA-1", plain), "sha-1"],
  [grouped("acvp/HMAC-SHA-1-1.0.json", "HMAC-SHA-1", plain), "sha-1"],
  [grouped("acvp/KDF-1.0.json", "KDF", one({ macMode: "HMAC-SHA-1" })), "sha-1"],
  [grouped("acvp/KDF-1.0.json", "KDF", one({ macMode: "CMAC-AES128" })), "not-built-yet"],
  [oneStepCase("KMAC-128"), "not-built-yet"],
  [oneStepCase("HMAC-SHA-1"), "sha-1"],
  [grouped("acvp/PBKDF-1.0.json", "PBKDF", one({ hmacAlg: "SHA-1" })), "sha-1"],
  [grouped("cavp/HMAC.json", "HMAC", one({ L: 20 })), "sha-1"],
  [grouped("cavp/HMAC_DRBG-no_reseed.json", "HMAC_DRBG", one({ hash: "SHA-1" })), "sha-1"],
  [grouped("cavp/KBKDF-counter.json", "KDF", one({ PRF: "HMAC_SHA1" })), "sha-1"],
  [grouped("wycheproof/hkdf_sha1.json", "HKDF-SHA-1", plain), "sha-1"],
  [grouped("wycheproof/pbkdf2_hmacsha1.json", "PBKDF2-HMACSHA1", plain), "sha-1"],
  [grouped("cavp/ECDSA-PKV.json", "ECDSA", one({ curve: "P-192" })), "p-192"],
  [
    grouped("acvp/ECDSA-KeyGen-FIPS186-5.json", "ECDSA", one({ curve: "P-192", secretGenerationMode: "extra bits" })),
    "p-192",
  ],
  [grouped("acvp/safePrimes-keyGen-1.0.json", "safePrimes", one({ safePrimeGroup: "ffdhe2048" })), "ffc"],
  [grouped("acvp/ACVP-AES-KW-1.0.json", "ACVP-AES-KW", one({ kwCipher: "inverse" })), "inverse-cipher"],
  [grouped("acvp/ACVP-AES-KW-1.0.json", "ACVP-AES-KW", one({ kwCipher: "cipher" })), "not-built-yet"],
] as const;

test.each(excuses)("%o is excused as %s", async (made, reason) => {
  expect(await run(made)).toMatchObject({ cases: 1, passed: 0, failed: 0, notApplicable: [{ reason, cases: 1 }] });
});

test("a message that ends within a byte is not built yet", async () => {
  const test = { tcId: 1, msg: "80", len: 1, md: "00" };
  const made = grouped("acvp/SHA2-256-1.0.json", "SHA2-256", [{ testType: "AFT", tests: [test] }]);
  expect(await run(made)).toMatchObject({ notApplicable: [{ reason: "not-built-yet", cases: 1 }] });
});

test("a negative number has its own reason, and with it the list of reasons is complete", async () => {
  const { notApplicable } = await run(primality());
  expect(notApplicable).toEqual([{ reason: "negative-number", cases: 1 }]);
  const seen = new Set<string>([...excuses.map(([, reason]) => reason), "negative-number", "slow"]);
  expect([...seen].sort()).toEqual([...reasons].sort());
});

test("only --quick leaves out what is slow", async () => {
  const line = `${"f".repeat(384)}\n`;
  const slowTrace = { file: "c2sp/rsa.bench.3072.txt", text: line };
  const pkcs8 = generateKeyPairSync("rsa", { modulusLength: 1024 }).privateKey.export({ format: "der", type: "pkcs8" });
  const slowSet = slhDsaFile("SLH-DSA-SHA2-128s", 16);
  for (const made of [slowTrace, shaLarge(), slowSet, detKeygen(new Uint8Array(pkcs8), 8192)]) {
    expect(await run(made, true)).toMatchObject({ failed: 0, notApplicable: [{ reason: "slow", cases: 1 }] });
  }
  expect(await run(slowTrace)).toMatchObject({ failed: 1, notApplicable: [] }); // one line, and no prime
});

test("a case that cannot be read fails alone", async () => {
  const made = shaFunctional();
  const report = await run({ ...made, text: made.text.replace('"md"', '"mdx"') });
  expect(report).toMatchObject({ cases: 5, passed: 4, failed: 1 });
  expect(report.failures).toEqual([{ group: "tgId 1", id: "tcId 1", why: "TypeError: md must be there" }]);
});

test("an unknown test type or hash fails, and is never excused", async () => {
  const types = grouped("acvp/SHA2-256-1.0.json", "SHA2-256", one({ testType: "XYZ" }));
  const hashes = grouped("acvp/HMAC-SHA2-256-1.0.json", "HMAC-SHA2-257", one({}));
  for (const made of [types, hashes])
    expect(await run(made)).toMatchObject({ passed: 0, failed: 1, notApplicable: [] });
});

test("a subject that does not open fails the file", async () => {
  const report = await runFile(() => Promise.reject(new Error("no core")), { ...primality(), quick: false });
  expect(report).toMatchObject({ passed: 0, failed: 1, problem: "Error: no core" });
});

test("a report whose counts do not add up has one failure more", () => {
  const report = {
    file: "x",
    cases: 3,
    passed: 1,
    failed: 0,
    notApplicable: [{ reason: "slow", cases: 1 }],
    failures: [],
  } as const;
  expect(audited(report)).toMatchObject({ failed: 1, problem: "it has 3 cases, and 2 were told" });
  const right = { ...report, cases: 2 };
  expect(audited(right)).toBe(right);
});

test("base64 of a key is text that the runner never repeats", async () => {
  const pkcs8 = generateKeyPairSync("rsa", { modulusLength: 1024 }).privateKey.export({ format: "der", type: "pkcs8" });
  const made = detKeygen(new Uint8Array(pkcs8), 2048);
  const report = await run(made);
  expect(report.failed).toBe(1);
  expect(JSON.stringify(report)).not.toContain(base64.encode(new Uint8Array(pkcs8)).slice(40, 64));
});
