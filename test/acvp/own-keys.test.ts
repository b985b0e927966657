// Keys and choices of the module's own, where the prompt leaves them to it: checked by others.
import { checkPrimeSync, createECDH } from "node:crypto";
import { hex } from "@scure/base";
import { afterAll, expect, test } from "vitest";
import { openTestBench } from "#keywright/testing";
import { respond } from "../../src/acvp/respond.ts";
import { referencePublicKey } from "../support/okp.ts";
import { openReference } from "../vectors/reference.ts";
import { aft, bytes, promptOf } from "./prompts.ts";

const [core, reference] = [await openTestBench(), await openReference()];
afterAll(() => core.close());

type Case = Record<string, string>;

async function casesOf(prompt: object, iut = core as Parameters<typeof respond>[1]): Promise<Case[]> {
  const response = (await respond(prompt, iut)) as { testGroups: { tests?: Case[]; error?: string }[] };
  return response.testGroups.flatMap(({ tests, error }) => {
    if (tests === undefined) throw new Error(error);
    return tests;
  });
}

const number = (text: string | undefined) => BigInt(`0x${text}`);
const curves = { "P-224": "secp224r1", "P-256": "prime256v1", "P-384": "secp384r1", "P-521": "secp521r1" };

test.each(Object.entries(curves))("%s: d and its point, new each time", async (curve, name) => {
  const groups = ["extra bits", "testing candidates"].map((secretGenerationMode) =>
    aft({ curve, secretGenerationMode }, {}, {}),
  );
  const cases = await casesOf(promptOf("ECDSA keyGen FIPS186-5", ...groups));
  for (const { d = "", qx, qy } of cases) {
    const ecdh = createECDH(name);
    ecdh.setPrivateKey(d, "hex");
    expect(ecdh.getPublicKey("hex").toUpperCase()).toBe(`04${qx}${qy}`);
  }
  expect(new Set(cases.map(({ d }) => d)).size).toBe(4);
  const verdicts = await casesOf(
    promptOf(
      "ECDSA keyVer FIPS186-5",
      aft({ curve }, ...cases.map(({ qx, qy }) => ({ qx, qy })), { qx: "01", qy: "01" }),
    ),
  );
  expect(verdicts.map(({ testPassed }) => testPassed)).toEqual([true, true, true, true, false]);
});

test.each([
  ["EDDSA", "1.0", "ED-25519", "Ed25519", "d", "q"],
  ["EDDSA", "1.0", "ED-448", "Ed448", "d", "q"],
  ["XECDH", "RFC7748", "Curve25519", "X25519", "privateKey", "publicKey"],
  ["XECDH", "RFC7748", "Curve448", "X448", "privateKey", "publicKey"],
] as const)("%s %s %s: both halves, new each time", async (algorithm, revision, curve, name, privateKey, publicKey) => {
  const cases = await casesOf(promptOf(`${algorithm} keyGen ${revision}`, aft({ curve }, {}, {})));
  for (const made of cases) {
    const own = referencePublicKey(name, hex.decode((made[privateKey] ?? "").toLowerCase()));
    expect(made[publicKey]).toBe(hex.encode(own).toUpperCase());
  }
  expect(new Set(cases.map((made) => made[privateKey])).size).toBe(2);
  const publics = cases.map((made) => ({ [publicKey]: made[publicKey] }));
  const verdicts = await casesOf(promptOf(`${algorithm} keyVer ${revision}`, aft({ curve }, ...publics)));
  expect(verdicts.map(({ testPassed }) => testPassed)).toEqual([true, true]);
});

/** FIPS 186-5, A.1.1 in BigInt, and the parts that follow from p, q and e. */
function mustBeKey({ e, p, q, n, d, dmp1, dmq1, iqmp }: Case, bits: number): void {
  const [P, Q, E] = [number(p), number(q), number(e)];
  expect(checkPrimeSync(P) && checkPrimeSync(Q)).toBe(true);
  expect(number(n)).toBe(P * Q);
  expect((P * Q).toString(2)).toHaveLength(bits);
  if (d !== undefined) expect((number(d) * E) % (P - 1n)).toBe(1n);
  else {
    expect((number(dmp1) * E) % (P - 1n)).toBe(1n);
    expect((number(dmq1) * E) % (Q - 1n)).toBe(1n);
    expect((number(iqmp) * Q) % P).toBe(1n);
  }
}

test("RSA by A.1.3: a key in the format and with the exponent that are asked for", async () => {
  const group = { testType: "GDT", modulo: 2048, randPQ: "probable", infoGeneratedByServer: false };
  const prompt = promptOf(
    "RSA keyGen FIPS186-5",
    aft({ ...group, keyFormat: "crt", pubExp: "random", pMod8: 5, qMod8: 3 }, { deferred: true }),
    aft({ ...group, keyFormat: "standard", pubExp: "fixed", fixedPubExp: "100000001".padStart(10, "0") }, {}),
  );
  const [first, second] = await casesOf(prompt);
  for (const key of [first, second]) mustBeKey(key ?? {}, 2048);
  expect([number(first?.p) % 8n, number(first?.q) % 8n]).toEqual([5n, 3n]);
  expect(number(first?.e)).toBe(65537n);
  expect(number(second?.e)).toBe(0x100000001n);
  expect(second).toHaveProperty("d");
  expect(second).not.toHaveProperty("dmp1");
});

/** What comes of given seeds is compared with others by the vectors; here it is asked again of the core, or not at all. */
test.each([
  ["provable", ["seed"], undefined],
  ["provableWithProvableAux", ["seed", "bitlens"], undefined],
  ["probableWithProvableAux", ["seed", "bitlens", "xP", "xQ"], core],
  ["probableWithProbableAux", ["bitlens", "xP", "xQ", "xP1", "xP2", "xQ1", "xQ2"], reference],
] as const)("RSA, %s: what the module chose is told, and makes a key", async (randPQ, told, iut) => {
  const group = { testType: "GDT", modulo: 2048, randPQ, keyFormat: "crt", hashAlg: "SHA2-256" };
  const asked = randPQ === "probableWithProbableAux" ? { ...group, hashAlg: undefined } : group;
  const ask = JSON.parse(JSON.stringify(promptOf("RSA keyGen FIPS186-5", aft(asked, {})))) as object;
  const [made = {}] = await casesOf(ask);
  mustBeKey(made, 2048);
  expect(Object.keys(made)).toEqual(expect.arrayContaining([...told]));
  if (iut === undefined) return;
  const given = Object.fromEntries([...told, "e"].map((name) => [name, made[name]]));
  const replay = JSON.parse(JSON.stringify(promptOf("RSA keyGen FIPS186-5", aft(asked, given)))) as object;
  const [again = {}] = await casesOf(replay, iut);
  for (const name of ["p", "q", "n", "dmp1", "dmq1", "iqmp"])
    expect(number(again[name]), name).toBe(number(made[name]));
});

test("KBKDF: the module chooses the fixed data and where the counter parts it, and tells both", async () => {
  const group = { kdfMode: "counter", macMode: "HMAC-SHA2-256", counterLength: 8, keyOutLength: 256 };
  const prompt = (...tests: object[]) =>
    promptOf("KDF 1.0", aft({ ...group, counterLocation: "middle fixed data" }, ...tests));
  const [made = {}, other = {}] = await casesOf(prompt({ keyIn: bytes(32) }, { keyIn: bytes(32) }));
  expect(made.fixedData).toMatch(/^[0-9A-F]{32}$/);
  expect(made.fixedData).not.toBe(other.fixedData);
  const { fixedData, breakLocation } = made;
  expect(await casesOf(prompt({ keyIn: bytes(32), fixedData, breakLocation }), reference)).toEqual([made]);
});
