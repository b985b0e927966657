/** The policy's answer: allowed or refused, and each rule with its clause, its state and why. */
import type { AlgorithmName, Decision, Finding } from "#keywright";
import { type Child, focusOn, make } from "./element.ts";
import { capital } from "./failure.ts";
import { type GlyphName, glyph } from "./glyph.ts";

/** As much of a decision as is shown: what the library hands over, and what the edge API answers. */
interface Deciding {
  /** Of which key the policy was asked. */
  readonly algorithm: AlgorithmName;
  /** Why this browser could not make the key all the same. */
  readonly obstacle?: string | undefined;
}

export interface ShownDecision extends Pick<Decision, "allowed" | "broken" | "warnings"> {
  readonly obligations: readonly { readonly what: string; readonly source: string }[];
  readonly policy: Pick<Decision["policy"], "id" | "version" | "approved">;
}

const states: Readonly<Record<Finding["state"], string>> = {
  disallowed: "Disallowed",
  deprecated: "Deprecated",
  legacy: "Legacy use only",
  "recommended-against": "Recommended against",
};

/** How far the authors of the library checked the clause; a reader should know. */
const checked: Readonly<Record<NonNullable<Finding["verified"]>, string>> = {
  read: "clause read",
  quoted: "clause known from a public quotation",
  secondary: "clause known from a secondary source",
  memory: "clause not checked",
};

export interface DecisionView {
  readonly root: HTMLElement;
  show(decision: ShownDecision, of: Deciding): void;
  /** What was asked has changed since: what is shown says so. */
  outdate(): void;
  /** Nothing can be decided now; the sentence says why. */
  showProblem(what: string, wayOn: string): void;
  focus(): void;
}

export function decisionView(prefix: string, empty: string): DecisionView {
  const heading = make("h3", { id: `${prefix}-decision` }, "Decision");
  const body = make("div", { class: "decision-body" }, make("p", { class: "quiet" }, empty));
  const status = make("p", { class: "visually-hidden", role: "status" });
  let shown: readonly [ShownDecision, Deciding] | undefined;
  const root = make("section", { class: "decision card", "aria-labelledby": heading.id }, heading, body, status);

  const render = (state: string, spoken: string, ...children: readonly Child[]): void => {
    root.dataset.state = state;
    shown = undefined;
    body.replaceChildren(...children);
    // Said only when it changes, so that typing in a field is not talked over.
    if (status.textContent !== spoken) status.textContent = spoken;
  };
  return {
    root,
    show: (decision, of) => {
      const { state, sign, word } = verdictOf(decision, of);
      render(state, summary(decision, of), verdict(sign, word), ...decisionParts(decision, of));
      shown = [decision, of];
    },
    outdate: () => {
      if (shown === undefined) return;
      const [decision, of] = shown;
      const note = `The request has changed since. ${decision.allowed ? "Allowed" : "Refused"} was:`;
      const parts = decisionParts(decision, { algorithm: of.algorithm });
      render(
        "problem",
        "The decision is out of date.",
        verdict("caution", "Out of date"),
        make("p", {}, note),
        ...parts,
      );
    },
    showProblem: (what, wayOn) =>
      render(
        "problem",
        what,
        verdict("caution", "Not decided"),
        make("p", {}, what),
        make("p", { class: "quiet" }, wayOn),
      ),
    focus: () => focusOn(heading),
  };
}

function verdictOf({ allowed }: ShownDecision, { obstacle }: Deciding) {
  if (!allowed) return { state: "refused", sign: "no", word: "Refused" } as const;
  if (obstacle !== undefined) return { state: "problem", sign: "caution", word: "Allowed, but not possible" } as const;
  return { state: "allowed", sign: "yes", word: "Allowed" } as const;
}

function summary({ allowed, broken, warnings }: ShownDecision, { obstacle }: Deciding): string {
  const count = (n: number, what: string): string => `${n} ${what}${n === 1 ? "" : "s"}`;
  if (!allowed) return `Refused: ${count(broken.length, "broken rule")}.`;
  if (obstacle !== undefined) return `Allowed, but not possible. ${obstacle}`;
  return warnings.length === 0 ? "Allowed." : `Allowed, with ${count(warnings.length, "warning")}.`;
}

function verdict(sign: GlyphName, word: string): HTMLElement {
  return make("p", { class: "verdict" }, glyph(sign), word);
}

function decisionParts(
  { broken, warnings, obligations, policy }: ShownDecision,
  { algorithm, obstacle }: Deciding,
): Child[] {
  return [
    ...(obstacle === undefined ? [] : [make("p", {}, obstacle)]),
    make(
      "p",
      {},
      `${algorithm}, by policy `,
      make("b", {}, policy.id),
      `, version ${policy.version}`,
      policy.approved ? "" : " (not an approved document)",
    ),
    ...findings("Broken rules", broken),
    ...findings("Warnings", warnings),
    ...(obligations.length === 0
      ? []
      : [make("h4", {}, "Obligations"), make("ul", { class: "findings" }, ...obligations.map(obligation))]),
  ];
}

function obligation({ what, source }: ShownDecision["obligations"][number]): HTMLElement {
  return make("li", {}, make("p", {}, capital(what)), clause(source));
}

function clause(source: string, ...more: readonly Child[]): HTMLElement {
  return make("p", { class: "clause" }, make("cite", {}, source), ...more);
}

function findings(title: string, list: readonly Finding[]): Child[] {
  if (list.length === 0) return [];
  return [make("h4", {}, title), make("ul", { class: "findings" }, ...list.map(finding))];
}

function finding({ id, source, state, why, from, until, draft, verified }: Finding): HTMLElement {
  const draftMark = draft === true ? [make("span", { class: "pill draft" }, "Draft source")] : [];
  return make(
    "li",
    {},
    make(
      "p",
      { class: "rule" },
      make("code", {}, id),
      make("span", { class: `pill ${state}` }, states[state]),
      ...draftMark,
    ),
    make("p", {}, capital(why)),
    clause(source, ...since(from, until), ...(verified === undefined ? [] : [` · ${checked[verified]}`])),
  );
}

function since(from: string | undefined, until: string | undefined): Child[] {
  if (from === undefined && until === undefined) return [];
  const parts = [from === undefined ? "" : `from ${from}`, until === undefined ? "" : `until ${until}`];
  return [` · ${parts.filter((part) => part !== "").join(" ")}`];
}
