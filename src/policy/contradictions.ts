/**
 * Policies whose form is right and whose fields cannot all be meant. What is asked here is found when the policy is read, so
 * that nobody learns of it from a refused key; other ways to refuse everything, by dates above all, are not looked for.
 */
import { strengthOfHash } from "../algorithms/hash-strength.ts";
import { type AlgorithmName, algorithmNames, registry } from "../algorithms/registry.ts";
import { addMonths } from "./dates.ts";
import { profiles } from "./profiles.ts";
import type { Facts, Profile, Rule } from "./rule.ts";
import type { Environment, PolicyDocument } from "./schema.ts";

export interface Contradiction {
  /** Where in the document: `classifications.secret.algorithms`. */
  readonly path: string;
  /** What was wanted there, and what came. */
  readonly text: string;
}

export function* findContradictions(policy: PolicyDocument): Generator<Contradiction> {
  yield* datesDisagree(policy);
  yield* coreNotAccepted(policy);
  yield* originsAgain(policy);
  yield* platformNotAccepted(policy);
  yield* exportBeyondEnvironments(policy);
  yield* unreachable(policy);
  yield* disallowedForEver(policy);
  yield* generatorDisagrees(policy);
  yield* hashesDisallowed(policy);
  yield* periodsDisagree(policy);
  yield* floorsOutOfOrder(policy);
}

/** The last floor that has begun is the one that holds, so they stand in order of time. */
function* floorsOutOfOrder({ derivations }: PolicyDocument): Generator<Contradiction> {
  const floors = derivations?.pbkdf2?.minIterations ?? [];
  for (const [i, { from }] of floors.entries()) {
    const before = floors[i - 1]?.from ?? "";
    if (from > before) continue;
    yield {
      path: `derivations.pbkdf2.minIterations[${i}].from`,
      text: `wanted a date after that of the entry before (${before}), got ${from}`,
    };
  }
}

function* datesDisagree({ approvedOn, reviewBy }: PolicyDocument): Generator<Contradiction> {
  const latest = addMonths(approvedOn, 12);
  if (reviewBy < approvedOn) {
    yield { path: "reviewBy", text: `wanted a date not before approvedOn (${approvedOn}), got ${reviewBy}` };
  } else if (reviewBy > latest) {
    yield { path: "reviewBy", text: `wanted a date at most 12 months after approvedOn (${latest}), got ${reviewBy}` };
  }
}

function* again(path: string, field: string, names: readonly string[]): Generator<Contradiction> {
  for (const [i, name] of names.entries()) {
    if (names.indexOf(name) < i)
      yield { path: `${path}[${i}].${field}`, text: `wanted each ${field} once, got ${name} again` };
  }
}

function* coreNotAccepted({ environments, providers }: PolicyDocument): Generator<Contradiction> {
  const { accepted } = providers.core;
  const path = "providers.core.accepted";
  const isProduction = environments.includes("production");
  if (accepted === "any") {
    if (isProduction)
      yield { path, text: 'wanted acceptances by digest, since the policy serves production, got "any"' };
    return;
  }
  if (isProduction && accepted.length === 0) {
    yield { path, text: "wanted at least one acceptance, since the policy serves production, got none" };
  }
  // The two builds of one source may be the same bytes; one acceptance a build is then no duplicate.
  const named = accepted.map(({ digest, build }) => `${digest} for ${build}`);
  yield* again(path, "digest", named);
}

/** The first entry of an origin would be the one that counts. */
function* originsAgain({ seeds }: PolicyDocument): Generator<Contradiction> {
  const named = seeds.allowed ? seeds.origins.map(({ origin }) => origin) : [];
  yield* again("seeds.origins", "origin", named);
}

function* platformNotAccepted({ environments, providers }: PolicyDocument): Generator<Contradiction> {
  const { accepted } = providers.platform ?? { accepted: [] };
  const path = "providers.platform.accepted";
  if (accepted === "any") {
    const text = 'wanted acceptances by runtime, since the policy serves production, got "any"';
    if (environments.includes("production")) yield { path, text };
    return;
  }
  const named = accepted.map(({ runtime }) => runtime);
  yield* again(path, "runtime", named);
}

function* exportBeyondEnvironments(policy: PolicyDocument): Generator<Contradiction> {
  for (const form of ["plaintext", "wrapped", "extractable"] as const) {
    for (const environment of policy.export[form]) {
      if (policy.environments.includes(environment)) continue;
      const served: readonly Environment[] = policy.environments;
      yield {
        path: `export.${form}`,
        text: `wanted environments that the policy serves (${served.join(", ")}), got ${environment}`,
      };
    }
  }
}

/** Floors that nothing listed reaches, and listed algorithms that no floor lets through. */
function* unreachable({ algorithms, classifications }: PolicyDocument): Generator<Contradiction> {
  const reaches = (name: AlgorithmName, bits: number) => registry[name].strengthBits >= bits;
  const listed = algorithms ?? algorithmNames;
  for (const [name, { minStrengthBits: bits, algorithms: own }] of Object.entries(classifications)) {
    const path = `classifications.${name}`;
    for (const algorithm of own ?? []) {
      if (!listed.includes(algorithm)) {
        yield { path: `${path}.algorithms`, text: `wanted algorithms that the policy lists, got ${algorithm}` };
      } else if (!reaches(algorithm, bits)) {
        yield {
          path: `${path}.algorithms`,
          text: `wanted algorithms of at least ${bits} bits (minStrengthBits), got ${algorithm} of ${registry[algorithm].strengthBits}`,
        };
      }
    }
    if (own === undefined && !listed.some((algorithm) => reaches(algorithm, bits))) {
      yield { path: `${path}.minStrengthBits`, text: `wanted a strength that a listed algorithm reaches, got ${bits}` };
    }
  }
  const floors = Object.values(classifications);
  for (const algorithm of algorithms ?? []) {
    const isUsable = floors.some(
      ({ minStrengthBits, algorithms: own }) =>
        reaches(algorithm, minStrengthBits) && (own?.includes(algorithm) ?? true),
    );
    if (!isUsable)
      yield { path: "algorithms", text: `wanted algorithms that a classification lets through, got ${algorithm}` };
  }
}

function isForEver(rule: Rule): boolean {
  return (
    rule.state === "disallowed" &&
    rule.subject === "algorithm" &&
    rule.draft === undefined &&
    rule.from === undefined &&
    rule.until === undefined
  );
}

/** A rule on algorithms alone looks at nothing else, so these may be anything. */
function factsOf(name: AlgorithmName): Facts {
  const generator = { mechanism: "HMAC_DRBG", hash: "SHA-512", strengthBits: 256 };
  return {
    algorithm: registry[name],
    generator,
    purpose: undefined,
    protectUntil: "",
    usedUntil: "",
    processedUntil: "",
    today: "",
    cryptoperiod: undefined,
  };
}

/** An algorithm that an extended profile disallows without date can never be allowed: listing it is a mistake. */
function* disallowedForEver(policy: PolicyDocument): Generator<Contradiction> {
  const lists: (readonly [string, readonly AlgorithmName[]])[] = [["algorithms", policy.algorithms ?? []]];
  for (const [name, { algorithms }] of Object.entries(policy.classifications)) {
    lists.push([`classifications.${name}.algorithms`, algorithms ?? []]);
  }
  for (const [path, names] of lists) {
    for (const name of names) {
      for (const profile of policy.extends) {
        const rule = profiles[profile].rules.find((each) => isForEver(each) && !each.holds(factsOf(name)));
        if (rule !== undefined) {
          yield {
            path,
            text: `wanted algorithms that ${profile} allows, got ${name}: ${rule.why(factsOf(name))} (${rule.source})`,
          };
        }
      }
    }
  }
  const names = (policy.algorithms ?? algorithmNames).filter((name) =>
    policy.extends.every((profile) =>
      profiles[profile].rules.every((rule) => !isForEver(rule) || rule.holds(factsOf(name))),
    ),
  );
  const { purposes } = policy;
  if (names.length === 0)
    yield {
      path: "extends",
      text: `wanted profiles that together allow an algorithm, got ${policy.extends.join(", ")}`,
    };
  else if (
    purposes !== undefined &&
    !names.some((name) => registry[name].purposes.some((each) => purposes.includes(each)))
  )
    yield { path: "purposes", text: `wanted one that an allowed algorithm serves, got ${purposes.join(", ")}` };
}

/** A generator whose hash has less strength than is demanded. */
function* generatorDisagrees({ generator }: PolicyDocument): Generator<Contradiction> {
  const { hashes = [], minStrengthBits } = generator;
  for (const hash of hashes) {
    const most = strengthOfHash(hash);
    if (most < minStrengthBits) {
      const text = `wanted hashes that give a generator ${minStrengthBits} bits (minStrengthBits), got ${hash}, which gives ${most}`;
      yield { path: "generator.hashes", text };
    }
  }
}

/** Hashes that an extended profile refuses without date. */
function* hashesDisallowed({ extends: names, generator, derivations }: PolicyDocument): Generator<Contradiction> {
  for (const profile of names) {
    const { rules, derivations: more }: Profile = profiles[profile];
    const fields = [
      ["generator", generator, rules.find(({ id }) => id === "drbg-hash")],
      ["derivations", derivations, more.find(({ id }) => id === "derivation-hash")],
    ] as const;
    for (const [field, { hashes = [] } = {}, rule] of fields) {
      for (const hash of hashes) {
        const facts = { hash, generator: { mechanism: "HMAC_DRBG", hash } };
        if (rule?.holds(facts as never) !== false) continue; // such a rule looks at the hash alone
        yield { path: `${field}.hashes`, text: `wanted hashes that ${profile} allows, got ${hash} (${rule.source})` };
      }
    }
  }
}

function* periodsDisagree({ cryptoperiods }: PolicyDocument): Generator<Contradiction> {
  for (const [purpose, period] of Object.entries(cryptoperiods ?? {})) {
    const { originatorUsageDays: originator, recipientUsageDays: recipient } = period ?? { originatorUsageDays: 0 };
    if (recipient === undefined || recipient >= originator) continue;
    yield {
      path: `cryptoperiods.${purpose}.recipientUsageDays`,
      text: `wanted at least originatorUsageDays (${originator}), got ${recipient}`,
    };
  }
}
