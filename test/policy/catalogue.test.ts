/** The rules on kinds of keys, asked of every row of the catalogue; and what they come to on a day. */
import { expect, test } from "vitest";
import { type CatalogueName, catalogue } from "../../src/algorithms/registry.ts";
import { profileNames, profiles } from "../../src/policy/profiles.ts";
import type { Facts, Rule } from "../../src/policy/rule.ts";
import { catalogueRules } from "./catalogue-rules.ts";
import { request } from "./support.ts";

const names = Object.keys(catalogue) as CatalogueName[];
const rules = new Map(
  profileNames.flatMap((profile) =>
    profiles[profile].rules.map((rule): readonly [string, Rule] => [`${profile}/${rule.id}`, rule]),
  ),
);

function factsOf(name: CatalogueName, asked: Partial<Facts> = {}): Facts {
  const algorithm = catalogue[name];
  const day = "2026-11-22";
  const facts = {
    algorithm,
    generator: request.generator,
    purpose: algorithm.purposes[0],
    protectUntil: day,
    usedUntil: day,
    processedUntil: day,
    today: day,
  };
  return { ...facts, cryptoperiod: undefined, ...asked };
}

test.each(catalogueRules)("$id speaks against these rows and no others", ({ id, rows, purpose }) => {
  const rule = rules.get(id);
  const asked = purpose === undefined ? {} : { purpose };
  const against = names.filter((name) => rule?.holds(factsOf(name, asked)) === false);
  expect(against).toEqual([...rows].sort((a, b) => names.indexOf(a) - names.indexOf(b)));
  for (const name of against) expect(rule?.why(factsOf(name, asked))).not.toMatch(/undefined|NaN|\.$/);
});

/** What is refused, and what only warns, of a key that must protect until `day`. */
function findings(profile: keyof typeof profiles, name: CatalogueName, day: string): string[] {
  const facts = factsOf(name, { today: day, protectUntil: day });
  return profiles[profile].rules
    .filter(({ from, until }) => (from === undefined || from <= day) && (until === undefined || day <= until))
    .filter((rule) => !rule.holds(facts))
    .map(({ id, state, draft }) => (draft === undefined && state === "disallowed" ? `refused: ${id}` : id));
}

test.each<[CatalogueName, string, string[]]>([
  ["P-224", "2030-12-31", []],
  ["P-224", "2031-01-01", ["refused: strength-128", "processing-112", "draft-ec-112-2031"]],
  ["P-256", "2035-12-31", []],
  ["P-256", "2036-01-01", ["draft-ec-2036"]],
  ["Ed25519", "2026-11-22", []],
  ["Ed448", "2036-01-01", ["draft-ec-2036"]],
  ["X25519", "2026-11-22", ["refused: key-agreement-curve"]],
  ["secp256k1", "2026-11-22", ["refused: curve-approved"]],
  ["ML-KEM-512", "2050-01-01", []],
  ["ML-DSA-44", "2050-01-01", []],
  ["SLH-DSA-SHAKE-128s", "2050-01-01", []],
])("nist on %s, %s", (name, day, expected) => expect(findings("nist", name, day)).toEqual(expected));

test.each<[CatalogueName, string, string[]]>([
  ["P-384", "2026-12-31", []],
  ["P-384", "2027-01-01", ["ec-acquisitions-2027"]],
  ["P-384", "2030-01-01", ["ec-acquisitions-2027", "ec-signing-2030"]],
  ["P-384", "2032-01-01", ["refused: ec-mandated-2032"]],
  ["P-256", "2026-11-22", ["refused: ec-p-384"]],
  ["Ed25519", "2026-11-22", ["refused: ec-p-384"]],
  ["ML-KEM-1024", "2050-01-01", []],
  ["ML-DSA-87", "2050-01-01", []],
  ["ML-DSA-65", "2026-11-22", ["refused: ml-dsa-87"]],
  ["SLH-DSA-SHA2-256s", "2026-11-22", ["refused: slh-dsa"]],
])("cnsa-2 on %s, %s", (name, day, expected) => expect(findings("cnsa-2", name, day)).toEqual(expected));

test("a generator weaker than the key is refused, whatever the key", () => {
  for (const name of names) {
    const weaker = { ...request.generator, strengthBits: catalogue[name].drbgBits - 1 };
    for (const profile of profileNames) {
      const rule = rules.get(`${profile}/drbg-covers-key`);
      expect(rule?.holds(factsOf(name, { generator: weaker }))).toBe(false);
      expect(rule?.holds(factsOf(name))).toBe(true);
    }
  }
});
