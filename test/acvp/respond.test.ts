// The responder: its envelope, what it answers against the references, and how malformed prompts fail.
import { createHash } from "node:crypto";
import { afterAll, describe, expect, test } from "vitest";
import { openTestBench } from "#keywright/testing";
import { supported, UnsupportedVectorSet } from "../../src/acvp/families.ts";
import { NotServed } from "../../src/acvp/not-served.ts";
import { respond } from "../../src/acvp/respond.ts";
import { openReference } from "../vectors/reference.ts";
import { aft, bytes, determined, promptOf, shaPrompt } from "./prompts.ts";

const [core, reference] = [await openTestBench(), await openReference()];
afterAll(() => core.close());

describe("the envelope", () => {
  const version = { acvVersion: "1.0" };
  const set = { vsId: 1564, isSample: true, ...shaPrompt };
  const digest = (text: string) => createHash("sha256").update(Buffer.from(text, "hex")).digest("hex").toUpperCase();
  const response = {
    vsId: 1564,
    algorithm: "SHA2-256",
    revision: "1.0",
    isSample: true,
    testGroups: [
      {
        tgId: 1,
        tests: [
          { tcId: 1, md: digest(bytes(70)) },
          { tcId: 2, md: digest("") },
        ],
      },
      { tgId: 2, tests: [{ tcId: 1, md: digest("") }] },
    ],
  };

  test("a vector set alone is answered alone", async () => expect(await respond(set, core)).toEqual(response));

  test("one behind the element with the version is answered behind it", async () => {
    expect(await respond([version, set], core)).toEqual([version, response]);
  });

  test("an empty mode is none, and modes do not differ by case", async () => {
    const prompt = determined.find(({ mode }) => mode === "keyVer");
    if (prompt === undefined) throw new Error("no keyVer was made up");
    const named = await respond({ ...prompt, mode: "KeyVer" }, core);
    expect(named).toMatchObject({
      mode: "KeyVer",
      testGroups: [{ tests: [{ testPassed: true }, { testPassed: false }] }],
    });
    expect(await respond({ ...set, mode: "" }, core)).toEqual({ ...response, mode: "" });
  });

  test("progress is told group by group", async () => {
    const told: string[] = [];
    await respond(set, core, { onGroup: (done, groups) => told.push(`${done} of ${groups}`) });
    expect(told).toEqual(["1 of 2", "2 of 2"]);
  });
});

const nameOf = ({ algorithm, mode }: { algorithm: string; mode?: string }) => `${algorithm} ${mode ?? ""}`.trim();

test.each(determined.map((prompt) => [nameOf(prompt), prompt] as const))(
  "%s: as the references answer",
  async (_, prompt) => {
    const failures: string[] = [];
    const response = await respond(prompt, core, { onFailure: (words) => failures.push(words) });
    expect(failures).toEqual([]);
    expect(JSON.stringify(response).length).toBeGreaterThan(JSON.stringify(prompt.testGroups).length / 100);
    expect(response).toEqual(await respond(prompt, reference));
  },
);

test("there is a prompt here for each family, or it is tested with keys of the module's own", () => {
  const named = new Set(determined.map(nameOf));
  const families = supported.map((words) => words.replace(/ \(.*$/, "")).filter((name) => !/^(SHA|HMAC)/.test(name));
  expect(families.filter((name) => !named.has(name))).toEqual(["ECDSA keyVer", "EDDSA keyVer"]);
});

test("a stated output that is wrong is judged so, and a right one too", async () => {
  for (const prompt of determined.filter(({ algorithm }) => algorithm === "KDA")) {
    const [first] = prompt.testGroups as { tests: object[] }[];
    const answered = (await respond(prompt, core)) as unknown as { testGroups: { tests: { dkm: string }[] }[] };
    const dkm = answered.testGroups[0]?.tests[0]?.dkm ?? "";
    const wrong = dkm.replace(/.$/, (digit) => (digit === "0" ? "1" : "0"));
    const tests = [dkm, wrong, dkm.slice(2)].map((text, at) => ({ ...first?.tests[0], tcId: at + 1, dkm: text }));
    const response = await respond({ ...prompt, testGroups: [{ ...first, testType: "VAL", tests }] }, core);
    expect(response).toMatchObject({
      testGroups: [{ tests: [{ testPassed: true }, { testPassed: false }, { testPassed: false }] }],
    });
  }
});

const right = aft({}, { msg: "AB", len: 8 });
const bad: readonly (readonly [string, unknown, RegExp])[] = [
  ["no object", "group", /the group must be an object/],
  ["nothing", null, /the group must be an object/],
  ["no tgId", { testType: "AFT", tests: [] }, /tgId must be a number/],
  ["no tests", { tgId: 7, testType: "AFT" }, /tests must be a list/],
  ["a case that is none", { tgId: 7, testType: "AFT", tests: [3] }, /tests\[0\] must be an object/],
  [
    "a case without tcId",
    { tgId: 7, testType: "AFT", tests: [{ msg: "", len: 0 }] },
    /number 1: tcId must be a number/,
  ],
  ["an unknown test type", { ...right, tgId: 7, testType: "XYZ" }, /tcId 1: no test of this algorithm is known as XYZ/],
  ["half a byte", { ...aft({}, { msg: "A", len: 8 }), tgId: 7 }, /tcId 1: msg must be hex, two digits a byte$/],
  ["no hex", { ...aft({}, { msg: "secret", len: 24 }), tgId: 7 }, /tcId 1: msg must be hex, two digits a byte$/],
  ["another length", { ...aft({}, { msg: "AB", len: 16 }), tgId: 7 }, /tcId 1: msg must have 16 bits, got 8/],
  ["a bad second case", { ...aft({}, { msg: "AB", len: 8 }, { msg: 5, len: 8 }), tgId: 7 }, /tcId 2: msg must be text/],
  ["an unknown chain", { ...right, tgId: 7, testType: "MCT", mctVersion: "new" }, /no MCT version is known as new/],
];

test.each(bad)("a group with %s fails and says so, and the rest is answered", async (_, group, words) => {
  const told: string[] = [];
  const prompt = { ...promptOf("SHA2-256 1.0"), testGroups: [{ ...right, tgId: 1 }, group, { ...right, tgId: 9 }] };
  const response = (await respond(prompt, core, { onFailure: (text) => told.push(text) })) as unknown as {
    testGroups: Record<string, unknown>[];
  };
  const [first, failed, last] = response.testGroups;
  expect(first).toMatchObject({ tgId: 1, tests: [{ tcId: 1 }] });
  expect(last).toMatchObject({ tgId: 9, tests: [{ tcId: 1 }] });
  expect(failed?.error).toMatch(words);
  expect(failed).not.toHaveProperty("tests");
  const known = typeof group === "object" && group !== null && "tgId" in group;
  expect(failed?.tgId).toBe(known ? 7 : undefined);
  expect(told).toEqual([`${known ? "tgId 7" : "a group without tgId"}: ${failed?.error}`]);
});

test.each([
  ["bits within a byte", promptOf("SHA2-256 1.0", aft({}, { msg: "80", len: 1 })), "variant"],
  ["an output within a byte", promptOf("SHAKE-128 1.0", aft({}, { msg: "80", len: 8, outLen: 9 })), "variant"],
  ["CMAC", promptOf("KDF 1.0", aft({ macMode: "CMAC-AES128" }, {})), "variant"],
  ["SHA-1", promptOf("PBKDF 1.0", aft({ hmacAlg: "SHA-1" }, { password: "", salt: "" })), "sha-1"],
  ["P-192", promptOf("ECDSA keyVer 1.0", aft({ curve: "P-192" }, {})), "p-192"],
] as const)("%s is told as not served", async (_, prompt, lack) => {
  const thrown: unknown[] = [];
  const response = await respond(prompt, core, { onFailure: (_words, error) => thrown.push(error) });
  expect(thrown[0]).toBeInstanceOf(NotServed);
  expect(thrown[0]).toMatchObject({ lack });
  expect(response).toMatchObject({ testGroups: [{ error: expect.stringContaining("this module does not have") }] });
});

/** What is wrong with one field of a case that is right otherwise. */
const wrong: readonly (readonly [string, object, object, RegExp])[] = [
  [
    "hmacDRBG 1.0",
    { mode: "SHA2-256", predResistance: false, returnedBitsLen: 256 },
    { otherInput: [] },
    /end with a generate/,
  ],
  [
    "PBKDF 1.0",
    { hmacAlg: "SHA2-256" },
    { password: "password", salt: "00", keyLen: 128, iterationCount: 100_000_000_000 },
    /iterationCount must be at most 10000000, got 100000000000/,
  ],
  [
    "HMAC-SHA2-256 1.0",
    { keyLen: 8, msgLen: 8, macLen: 257 },
    { key: "00", msg: "00" },
    /macLen must be from 1 to 256 bits/,
  ],
  ["ECDSA keyGen FIPS186-5", { curve: "P-256", secretGenerationMode: "guess" }, {}, /no method is known as guess/],
  ["ECDSA keyGen FIPS186-5", { curve: "B-233", secretGenerationMode: "extra bits" }, {}, /no curve is known as B-233/],
  [
    "ECDSA keyGen FIPS186-5",
    { curve: "P-256", secretGenerationMode: "extra bits" },
    { d: bytes(33) },
    /d is longer than 32/,
  ],
  ["EDDSA keyVer 1.0", { curve: "ED-1" }, { q: "00" }, /no key is known on the curve ED-1/],
  ["RSA keyGen FIPS186-5", { randPQ: "lucky", modulo: 2048 }, {}, /no method is known as lucky/],
  ["RSA keyGen FIPS186-5", { randPQ: "provable", modulo: 2048 }, { seed: "00", e: "03", bitlens: [1] }, /four numbers/],
  ["KDF 1.0", { macMode: "HMAC-SHA2-256", kdfMode: "sideways" }, {}, /no mode is known as sideways/],
  ["ML-KEM keyGen FIPS203", { parameterSet: "ML-KEM-3" }, {}, /no parameter set is known as ML-KEM-3/],
  ["ML-KEM keyGen FIPS203", { parameterSet: "ML-KEM-512" }, { d: "00", z: "00" }, /seed must have 64 bytes, got 2/],
  ["ML-KEM encapDecap FIPS203", { parameterSet: "ML-KEM-512", function: "both" }, {}, /no function of ML-KEM/],
  ...["constructor", "toString", "__proto__"].flatMap((inherited) => {
    const ec = { curve: "P-256", secretGenerationMode: inherited };
    const kdf = { macMode: "HMAC-SHA2-256", kdfMode: inherited };
    return [
      ["ECDSA keyGen FIPS186-5", ec, { d: bytes(32) }, /no method is known as/],
      ["EDDSA keyVer 1.0", { curve: inherited }, { q: "00" }, /no key is known on the curve/],
      ["RSA keyGen FIPS186-5", { randPQ: inherited, modulo: 2048 }, {}, /no method is known as/],
      ["KDF 1.0", kdf, {}, /no mode is known as/],
    ] as const;
  }),
];

test.each(wrong)("%s with %o fails its group", async (name, group, fields, words) => {
  const response = await respond(promptOf(name, aft(group, fields)), core);
  expect(response).toMatchObject({ testGroups: [{ tgId: 1, error: expect.stringMatching(words) }] });
});

test.each([
  ["nothing", null],
  ["text", "prompt"],
  ["an empty list", []],
  ["a version without a set", [{ acvVersion: "1.0" }]],
  ["a set in the place of the version", [shaPrompt, shaPrompt]],
  ["two sets", [{ acvVersion: "1.0" }, shaPrompt, shaPrompt]],
  ["a set without an algorithm", { revision: "1.0", testGroups: [] }],
  ["a set without a revision", { algorithm: "SHA2-256", testGroups: [] }],
  ["a set without groups", { algorithm: "SHA2-256", revision: "1.0" }],
])("%s is no prompt", async (_, prompt) => {
  await expect(respond(prompt, core)).rejects.toThrow(TypeError);
});

test.each(["SHA-1 1.0", "RSA sigGen FIPS186-5", "SHA2-256 9.0", "ML-DSA sigGen FIPS204"])(
  "%s is answered by nothing here, and what is, is listed",
  async (name) => {
    const failing = respond(promptOf(name), core);
    await expect(failing).rejects.toThrow(UnsupportedVectorSet);
    for (const words of ["SHA2-256 (1.0)", "ML-KEM encapDecap (FIPS203)", "KDA TwoStep"]) {
      await expect(failing).rejects.toThrow(words);
    }
  },
);
