/** The policy's answer: allowed or refused, and each rule with its clause, its state and why. */
import type { Decision, Finding } from "#keywright";
import { type Child, focusOn, make } from "./element.ts";
import { type GlyphName, glyph } from "./glyph.ts";

/** As much of a decision as is shown: what the library hands over, and what the edge API answers. */
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
  show(decision: ShownDecision): void;
  /** Nothing can be decided now; the sentence says why. */
  showProblem(what: string, wayOn: string): void;
  focus(): void;
}

export function decisionView(prefix: string, empty: string): DecisionView {
  const heading = make("h3", { id: `${prefix}-decision` }, "Decision");
  const body = make("div", { class: "decision-body" }, make("p", { class: "quiet" }, empty));
  const status = make("p", { class: "visually-hidden", role: "status" });
  const root = make("section", { class: "decision card", "aria-labelledby": heading.id }, heading, body, status);

  const render = (state: string, spoken: string, ...children: readonly Child[]): void => {
    root.dataset.state = state;
    body.replaceChildren(...children);
    // Said only when it changes, so that typing in a field is not talked over.
    if (status.textContent !== spoken) status.textContent = spoken;
  };
  return {
    root,
    show: (decision) => render(decision.allowed ? "allowed" : "refused", summary(decision), ...decisionParts(decision)),
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

function summary({ allowed, broken, warnings }: ShownDecision): string {
  const count = (n: number, what: string): string => `${n} ${what}${n === 1 ? "" : "s"}`;
  if (!allowed) return `Refused: ${count(broken.length, "broken rule")}.`;
  return warnings.length === 0 ? "Allowed." : `Allowed, with ${count(warnings.length, "warning")}.`;
}

function verdict(sign: GlyphName, word: string): HTMLElement {
  return make("p", { class: "verdict" }, glyph(sign), word);
}

function decisionParts({ allowed, broken, warnings, obligations, policy }: ShownDecision): Child[] {
  return [
    verdict(allowed ? "yes" : "no", allowed ? "Allowed" : "Refused"),
    make(
      "p",
      {},
      "by policy ",
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
  return make("li", {}, make("p", {}, sentenceCase(what)), clause(source));
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
    make("p", {}, sentenceCase(why)),
    clause(source, ...since(from, until), ...(verified === undefined ? [] : [` · ${checked[verified]}`])),
  );
}

function since(from: string | undefined, until: string | undefined): Child[] {
  if (from === undefined && until === undefined) return [];
  const parts = [from === undefined ? "" : `from ${from}`, until === undefined ? "" : `until ${until}`];
  return [` · ${parts.filter((part) => part !== "").join(" ")}`];
}

function sentenceCase(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
