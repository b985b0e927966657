/**
 * A key that is being made, with the steps that are told. Of a prime search: the share of all searches that are done by now, drawn as a point that
 * moves along its curve. It is a probability and not a share of work: a search has no memory. Of SLH-DSA, the share of work.
 */
import type { AlgorithmName, Progress, Provider } from "#keywright";
import { registry } from "../../src/algorithms/registry.ts";
import { make } from "./element.ts";
import { type Curve, drawCurve } from "./progress-curve.ts";

/** What is spoken: not every step, but each of these shares and each new phase. */
const SPOKEN_STEP = 0.25;

const phases: Readonly<Record<Progress["phase"], string>> = {
  p: "Looking for the first prime",
  q: "Looking for the second prime",
  derive: "Deriving the private exponent",
  tree: "Building the tree of the public key",
  pairwise: "Testing the pair",
};

export interface ProgressView {
  readonly root: HTMLElement;
  /** A platform tells nothing on its way. */
  start(algorithm: AlgorithmName, provider: Provider): void;
  readonly show: (progress: Progress) => void;
  end(): void;
  /** On Cancel. */
  focus(): void;
}

export function progressView(onCancel: () => void): ProgressView {
  const phase = make("p", { class: "phase" });
  const odds = make("p", { class: "odds" });
  const plot = make("div", { class: "plot" });
  const count = make("p", { class: "quiet tabular" });
  const note = make(
    "p",
    { class: "quiet" },
    "A probability, not a share of work: no candidate is likelier than the last.",
  );
  const cancel = make("button", { type: "button", onclick: onCancel }, "Cancel");
  const spoken = make("p", { class: "visually-hidden", role: "status" });
  const root = make(
    "section",
    { class: "progress card", "aria-label": "Making the key" },
    phase,
    odds,
    plot,
    count,
    note,
    cancel,
  );
  let curve: Curve | undefined;
  let startedAt = 0;
  root.hidden = true;

  // A screen reader speaks what changes here, so only a change is written.
  const say = (text: string): void => {
    if (spoken.textContent !== text) spoken.textContent = text;
  };
  return {
    root: make("div", {}, root, spoken),
    start: (algorithm, provider) => {
      const row = registry[algorithm];
      curve = row.kind === "rsa" && provider === "core" ? drawCurve(row.modulusBits / 2) : undefined;
      startedAt = performance.now();
      phase.textContent = `Making ${algorithm}`;
      odds.textContent = "";
      count.textContent = "";
      note.hidden = curve === undefined;
      plot.replaceChildren(...(curve === undefined ? [] : [curve.root]));
      root.hidden = false;
      cancel.focus();
      say(`Making ${algorithm}.`);
    },
    show: (progress) => {
      const { candidates, doneBy } = progress;
      const seconds = Math.floor((performance.now() - startedAt) / 1000);
      phase.textContent = phases[progress.phase];
      const said = curve === undefined ? " done" : " of searches are done by now";
      odds.replaceChildren(make("b", {}, `${Math.floor(doneBy * 100)} %`), said);
      count.textContent = `${candidates} ${curve === undefined ? "leaves of the tree" : "candidates"} · ${seconds} s`;
      curve?.moveTo(candidates);
      say(spokenOf(progress, said));
    },
    focus: () => cancel.focus(),
    end: () => {
      root.hidden = true;
      say("");
    },
  };
}

function spokenOf({ phase, doneBy }: Progress, said: string): string {
  const step = Math.floor(doneBy / SPOKEN_STEP) * SPOKEN_STEP * 100;
  return `${phases[phase]}.${step > 0 ? ` At least ${step} %${said}.` : ""}`;
}
