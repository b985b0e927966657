/** The record as plain facts, as JSON, and as something to check. */
import type { CoreRecord, KeyRecord, PlatformRecord } from "#keywright";
import { UNSIGNED } from "#keywright/verify";
import { type Child, make } from "./element.ts";
import { capital } from "./failure.ts";
import { textField } from "./field.ts";
import { glyph } from "./glyph.ts";
import type { HeldKey } from "./held-key.ts";
import type { Checked } from "./messages.ts";
import { copyButton, downloadButton } from "./take.ts";

type Fact = readonly [name: string, ...value: Child[]];

export function recordView(prefix: string, held: HeldKey): HTMLElement {
  const { record } = held;
  const { predicate } = record;
  return make(
    "section",
    { class: "card record", "aria-labelledby": `${prefix}-record` },
    make("h3", { id: `${prefix}-record` }, "Record"),
    make("p", {}, "What is stated of how this key was made."),
    make(
      "div",
      { class: "sheets" },
      facts("The key", keyFacts(record)),
      facts("The generator", generatorFacts(record)),
      facts("The module", moduleFacts(record)),
      facts("The decision", decisionFacts(record)),
    ),
    make(
      "div",
      { class: "claims" },
      list("Claimed", predicate.claims.claimed),
      list("Not claimed", predicate.claims.notClaimed),
    ),
    checkView(prefix, held),
  );
}

function facts(title: string, rows: readonly Fact[]): HTMLElement {
  const body = rows.map(([name, ...value]) =>
    make("tr", {}, make("th", { scope: "row" }, name), make("td", {}, ...value)),
  );
  return make("table", { class: "facts" }, make("caption", {}, title), make("tbody", {}, ...body));
}

function list(title: string, items: readonly string[]): HTMLElement {
  return make(
    "div",
    {},
    make("h4", {}, title),
    make("ul", { class: "plain" }, ...items.map((item) => make("li", {}, item))),
  );
}

function code(text: string): HTMLElement {
  return make("code", { class: "break" }, text);
}

type Parameters = KeyRecord["predicate"]["algorithm"]["parameters"];
type RsaParameters = Extract<Parameters, { readonly errorBound: string }>;

function primalityOf({ millerRabinRounds: rounds, lucas, errorBound }: RsaParameters): string {
  if (rounds === undefined) return `error ${errorBound}`;
  const test = `${rounds} rounds of Miller-Rabin with random bases${lucas === true ? ", then the Lucas test" : ""}`;
  return `${test}; error of the rounds at most ${errorBound}`;
}

function keyFacts({ subject, predicate }: KeyRecord): Fact[] {
  const { algorithm, pairwise, environment, tenant, scope, purpose, classification, protectUntil } = predicate;
  const { parameters } = algorithm;
  const [{ digest }] = subject;
  const named: Fact =
    "sha256" in digest
      ? ["SHA-256 of the public key", code(digest.sha256)]
      : "keywrightKcv1" in digest
        ? ["Key check value", code(digest.keywrightKcv1)]
        : ["SHA-256 of the key id", code(digest.keywrightKeyId)];
  const rsa: Fact[] =
    "modulusBits" in parameters
      ? [
          ["Method", parameters.method],
          ["Primality", primalityOf(parameters)],
          ["Public exponent", String(parameters.publicExponent)],
        ]
      : [];
  const tested = pairwise.map((each): Fact => {
    const what = each.result === "passed" ? each.test : each.reason;
    return ["Pairwise test", `${each.result}, by the ${each.by}: ${what}`];
  });
  return [
    ["Algorithm", algorithm.name],
    ["Standard", algorithm.standard],
    ["Strength", `${algorithm.strengthBits} bits`],
    sizeOf(parameters),
    ...rsa,
    ...tested,
    named,
    ["Made for", `${environment}, tenant ${tenant}, ${scope} scope`],
    ...stated("Purpose", purpose),
    ...stated("Classification", classification),
    ...stated("Protect until", protectUntil),
    ["Made at", make("time", { datetime: predicate.generatedAt }, predicate.generatedAt)],
  ];
}

function sizeOf(parameters: Parameters): Fact {
  if ("keyBits" in parameters) return ["Size", `${parameters.keyBits} bits`];
  if ("modulusBits" in parameters) return ["Size", `${parameters.modulusBits} bits of modulus`];
  if ("curve" in parameters) return ["Curve", parameters.curve];
  return ["Parameter set", `${parameters.parameterSet}, security category ${parameters.category}`];
}

function stated(name: string, value: string | undefined): Fact[] {
  return value === undefined ? [] : [[name, value]];
}

function generatorFacts({ predicate: { rng, deterministic } }: KeyRecord): Fact[] {
  if (rng.mechanism === "unknown") {
    return [
      ["Mechanism", `the platform's own, behind ${rng.source}: it does not say which`],
      ["Who asserts it", `the ${rng.assertedBy}; not assessed under SP 800-90B`],
      ...stated("Jurisdiction", rng.jurisdiction),
    ];
  }
  const { entropy, health } = rng;
  return [
    ["Mechanism", `${rng.mechanism} over ${rng.hash}, ${rng.standard}`],
    ["Strength", `${rng.strengthBits} bits`],
    ["Entropy", `${entropy.bits} bits from ${entropy.source}`],
    ["Who asserts it", `the ${entropy.assertedBy}; not assessed under SP 800-90B`],
    [
      "Health tests",
      `${health.result}: repetition count (cutoff ${health.repetitionCutoff}), adaptive proportion (${health.proportionCutoff} of ${health.proportionWindow}), ${health.startUpSamples} start-up samples; ${health.standard}`,
    ],
    ["Reseed counter", `${rng.reseedCounter} of at most ${rng.reseedInterval}`],
    ...stated("Jurisdiction", rng.jurisdiction),
    ...(deterministic ? stated("Deterministic", "yes: the entropy was scripted; for tests only") : []),
  ];
}

const digestBasis: Readonly<Record<CoreRecord["predicate"]["module"]["digestBy"], string>> = {
  computed: "computed by the process over the bytes that it ran",
  build: "asserted by the build",
  caller: "asserted by the caller",
  "subresource-integrity": "checked by the browser's subresource integrity",
};

const kernels: Readonly<Record<CoreRecord["predicate"]["module"]["kernel"], string>> = {
  integer: "integers",
  fma: "fused multiplications",
  double: "doubles that are never rounded",
};

function moduleFacts({ predicate }: KeyRecord): Fact[] {
  const { selfTests } = predicate;
  const { runtime } = predicate.module;
  const core = predicate.provider === "core" ? predicate.module : predicate.module.checkedBy;
  const named = `${core.package} ${core.version}, ${core.build} build, powers by ${kernels[core.kernel]}`;
  const made: Fact[] = predicate.provider === "core" ? [["Module", named]] : platformFacts(predicate, named);
  return [
    ...made,
    ["Digest", code(core.digest)],
    ["Digest by", digestBasis[core.digestBy]],
    ["Runtime", runtime.version === undefined ? runtime.name : `${runtime.name}: ${runtime.version}`],
    ["Self-tests passed", selfTests.join(", ")],
  ];
}

const checks = { full: "both halves, by every criterion", public: "what is public of it" } as const;

function platformFacts({ module: { library }, checked }: PlatformRecord["predicate"], core: string): Fact[] {
  const named = library === null ? "not named by the runtime" : `${library.name} ${library.version}`;
  return [
    ["Made by", "the runtime's own Web Cryptography"],
    ["Library", named],
    ["Checked", `${checks[checked]}, by ${core}`],
  ];
}

function decisionFacts({ predicate: { decision } }: KeyRecord): Fact[] {
  const { policy, warnings } = decision;
  return [
    [
      "Allowed by",
      `policy ${policy.id}, version ${policy.version}${policy.approved ? "" : ": not an approved document"}`,
    ],
    ["Policy digest", code(policy.digest)],
    ["Warnings", warnings.length === 0 ? "none" : warnings.map(({ id, source }) => `${id} (${source})`).join("; ")],
  ];
}

function checkView(prefix: string, { record, check }: HeldKey): HTMLElement {
  const original = JSON.stringify(record, undefined, 2);
  const keyId = record.subject[0].name;
  const json = textField(
    { id: `${prefix}-record-json`, label: "The record as JSON", hint: "Change anything in it and check again." },
    { rows: "14", spellcheck: "false", class: "mono" },
  );
  const outcome = make("div", { class: "outcome", role: "status" });
  json.control.value = original;
  const restore = (): void => {
    json.control.value = original;
    outcome.replaceChildren();
  };
  const run = (): void => {
    check(json.control.value).then(
      (checked) => outcome.replaceChildren(...outcomeOf(checked)),
      (error: unknown) => outcome.replaceChildren(error instanceof Error ? error.message : String(error)),
    );
  };
  return make(
    "div",
    { class: "check" },
    make("h4", {}, "Check it"),
    make("p", {}, "Whether the record is whole, agrees with itself, and speaks of this key, core and policy."),
    make(
      "div",
      { class: "actions" },
      make("button", { type: "button", class: "small", onclick: run }, "Check the record"),
      copyButton("Copy", () => json.control.value),
      downloadButton("Download", () => ({ name: `${keyId}.record.json`, bytes: `${json.control.value}\n` })),
    ),
    outcome,
    make(
      "details",
      {},
      make("summary", {}, "JSON"),
      json.root,
      make(
        "div",
        { class: "actions" },
        make("button", { type: "button", class: "small", onclick: restore }, "Restore"),
      ),
    ),
  );
}

/** What cannot be read as a record was not compared with anything. */
function isRead({ broken }: Checked["verification"]): boolean {
  return !broken.some(({ id }) => id === "json" || id === "shape");
}

function outcomeOf({ verification, against }: Checked): Child[] {
  const compared = isRead(verification)
    ? [make("p", { class: "quiet" }, `Compared with ${["itself", ...against].join(", ")}.`)]
    : [];
  if (verification.consistent) {
    return [make("p", { class: "verdict small-verdict" }, glyph("caution"), capital(UNSIGNED)), ...compared];
  }
  const broken = verification.broken.map(({ id, why }) => make("li", {}, make("code", {}, id), ` ${why}`));
  return [
    make(
      "p",
      { class: "verdict small-verdict" },
      glyph("no"),
      isRead(verification) ? "Not consistent" : "Not a readable record",
    ),
    make("ul", { class: "plain" }, ...broken),
    ...compared,
  ];
}
