/** What a record says of the decision follows from what `decide` makes, and cannot be said otherwise. */
import { expect, test } from "vitest";
import { openKeygen, verifyRecord } from "#keywright";
import { policyFromProfile } from "../../src/policy/policy.ts";
import { profileNames } from "../../src/policy/profiles.ts";
import { profileDigests } from "../../src/record/decision.ts";
import { seedPolicy } from "../support/seeds.ts";

const cryptoperiods = {
  encrypt: { originatorUsageDays: 1, recipientUsageDays: 30 },
  authenticate: { originatorUsageDays: 1 },
};
const seeds = seedPolicy("open", { cryptoperiods });
const keygen = await openKeygen({
  policy: { ...seeds, export: { ...seeds.export, wrapped: ["test"] } },
  environment: "test",
});
const bare = await openKeygen({ policy: "nist", environment: "test" });
const { record } = await keygen.generate("AES-256", { purpose: "encrypt", export: "wrapped" });
const { record: unwrapped } = await keygen.generate("AES-256", { purpose: "authenticate", extractable: false });
const { record: ofProfile } = await bare.generate("AES-256", {
  purpose: "encrypt",
  classification: undefined,
} as object);

type Record = typeof record;
type Decision = Record["predicate"]["decision"];
const decided = (from: Record, decision: Partial<{ [K in keyof Decision]: unknown }>, edit: object = {}) => ({
  ...from,
  predicate: { ...from.predicate, ...edit, decision: { ...from.predicate.decision, ...decision } },
});
const broken = async (given: unknown) => (await verifyRecord(given)).broken.map(({ id }) => id);
const { obligations } = record.predicate.decision;
const period = obligations.find(({ id }) => id === "cryptoperiod");
const others = obligations.filter(({ id }) => id !== "cryptoperiod");
const plain = { source: "x", what: "x" };

test("as they were made, they hold", async () => {
  expect(period).toMatchObject({ id: "cryptoperiod" });
  expect(others.map(({ id }) => id)).toEqual(["wrap"]);
  for (const each of [record, unwrapped, ofProfile]) expect(await broken(each)).toEqual([]);
});

test("the verifier knows the profiles by id and digest", () => {
  expect(Object.keys(profileDigests)).toEqual(profileNames.map((name) => policyFromProfile(name).id));
  for (const name of profileNames) {
    const { id, digest } = policyFromProfile(name);
    expect(digest.startsWith(profileDigests[id] ?? "none"), name).toBe(true);
  }
});

test.each(profileNames)(
  "the profile %s is no policy that anybody approved, least of all for production",
  async (name) => {
    const { id, digest } = policyFromProfile(name);
    const approved = { policy: { id, version: 1, digest, approved: true }, warnings: [], obligations: [] };
    const edit = { environment: "production", classification: "any" };
    expect(await broken(decided(ofProfile, approved, edit))).toEqual(["approval"]);
    expect(await broken(decided(ofProfile, approved))).toEqual(["approval"]);
    const renamed = { ...approved, policy: { ...approved.policy, id: "acme-prod" } };
    expect(await broken(decided(ofProfile, renamed, edit))).toEqual(["approval"]);
  },
);

test("a document has an approval, whatever its id", async () => {
  const { policy } = ofProfile.predicate.decision;
  expect(await broken(decided(ofProfile, { policy: { ...policy, id: "acme-prod" } }))).toEqual(["approval"]);
  const named = await openKeygen({ policy: { ...seeds, id: "profile-nist" }, environment: "test" });
  expect(await broken((await named.generate("AES-256")).record)).toEqual([]);
});

test.each<readonly [string, readonly unknown[], string]>([
  ["a cryptoperiod without an end", [{ id: "cryptoperiod", ...plain }], "shape"],
  ["an end of something else", [{ ...plain, id: "wrap", originatorUsageEnds: "2099-01-01" }], "shape"],
  ["an end before the beginning", [{ ...period, originatorUsageEnds: "1999-01-01" }], "cryptoperiod"],
  [
    "an end on the day itself",
    [{ ...period, originatorUsageEnds: record.predicate.requestedAt.slice(0, 10) }],
    "cryptoperiod",
  ],
  ["a recipient who ends first", [{ ...period, recipientUsageEnds: "1998-01-01" }], "cryptoperiod"],
  [
    "two ends",
    [period, { ...period, originatorUsageEnds: "2030-01-01", recipientUsageEnds: "2031-01-01" }],
    "obligations",
  ],
  ["the same twice", [...others, ...others], "obligations"],
  [
    "wrapped, and never read",
    [
      { id: "wrap", ...plain },
      { id: "not-extractable", ...plain },
    ],
    "obligations",
  ],
])("%s: such obligations are found", async (_, list, id) => {
  expect(await broken(decided(record, { obligations: list }))).toEqual([id]);
});

test("a cryptoperiod without a purpose, and fresh entropy for a seed, are found", async () => {
  const { purpose: _, ...rest } = record.predicate;
  expect(await broken({ ...record, predicate: rest })).toContain("cryptoperiod");
  const seed = Uint8Array.from({ length: 32 }, (__, i) => i);
  const wish = { scheme: "keywright-hkdf-v1", seedOrigin: "drbg", path: "a" } as const;
  const { record: derived } = await keygen.generateFromSeed("AES-256", seed, wish);
  const list = [{ id: "prediction-resistance", ...plain }];
  expect(await broken(decided(derived, { obligations: list }))).toEqual(["obligations"]);
});
