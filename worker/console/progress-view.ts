/**
 * A prime search while it runs: the share of all searches that are done by now, drawn as a point that moves along its
 * curve. It is a probability and not a share of work: a search has no memory.
 */
import type { AlgorithmName, Progress } from "#keywright";
import { registry } from "../../src/algorithms/registry.ts";
import { doneBy } from "../../src/generate/progress.ts";
import { draw, make } from "./element.ts";

const WIDTH = 600;
const HEIGHT = 150;
/** The curve is drawn until this share of searches is done; one that takes longer stays at its end. */
const DRAWN_UNTIL = 0.995;
const POINTS = 80;
/** What is spoken: not every step, but each of these shares and each new phase. */
const SPOKEN_STEP = 0.25;

const phases: Readonly<Record<Progress["phase"], string>> = {
  p: "Looking for the first prime",
  q: "Looking for the second prime",
  derive: "Deriving the private exponent",
  pairwise: "Testing the pair",
};

export interface ProgressView {
  readonly root: HTMLElement;
  start(algorithm: AlgorithmName): void;
  show(progress: Progress): void;
  end(): void;
}

export function progressView(cancel: HTMLButtonElement): ProgressView {
  const phase = make("p", { class: "phase" });
  const odds = make("p", { class: "odds" });
  const count = make("p", { class: "quiet tabular" });
  const spoken = make("p", { class: "visually-hidden", role: "status" });
  const plot = make("div", { class: "plot" });
  const note = make(
    "p",
    { class: "quiet" },
    "That is a probability, not a share of work: each candidate is as likely as the one before.",
  );
  const root = make(
    "section",
    { class: "progress card", "aria-label": "Search" },
    phase,
    odds,
    plot,
    count,
    note,
    cancel,
    spoken,
  );
  let curve: Curve | undefined;
  let startedAt = 0;
  let said = "";
  root.hidden = true;

  const say = (text: string): void => {
    if (said !== text) spoken.textContent = text;
    said = text;
  };
  return {
    root,
    start: (algorithm) => {
      const row = registry[algorithm];
      curve = row.kind === "rsa" ? drawCurve(row.modulusBits / 2) : undefined;
      startedAt = performance.now();
      phase.textContent = `Making ${algorithm}`;
      odds.textContent = "";
      count.textContent = "";
      note.hidden = curve === undefined;
      plot.replaceChildren(...(curve === undefined ? [] : [curve.root]));
      root.hidden = false;
      say(`Making ${algorithm}.`);
    },
    show: ({ phase: name, candidates, doneBy: share }) => {
      const seconds = Math.floor((performance.now() - startedAt) / 1000);
      phase.textContent = phases[name];
      odds.replaceChildren(make("b", {}, `${Math.floor(share * 100)} %`), " of searches are done by now");
      count.textContent = `${candidates} candidates · ${seconds} s`;
      curve?.moveTo(candidates, share);
      const step = Math.floor(share / SPOKEN_STEP) * SPOKEN_STEP * 100;
      say(`${phases[name]}.${step > 0 ? ` At least ${step} % of searches are done by now.` : ""}`);
    },
    end: () => {
      root.hidden = true;
      said = "";
      spoken.textContent = "";
    },
  };
}

interface Curve {
  readonly root: SVGSVGElement;
  moveTo(candidates: number, share: number): void;
}

/** The number of candidates by which `share` of searches are done. */
function candidatesFor(share: number, bits: number): number {
  let candidates = 2;
  while (doneBy(candidates, bits) < share) candidates *= 1.02;
  return Math.ceil(candidates);
}

function drawCurve(bits: number): Curve {
  const last = candidatesFor(DRAWN_UNTIL, bits);
  const at = (candidates: number, share: number): string =>
    `${((Math.min(candidates, last) / last) * WIDTH).toFixed(1)} ${((1 - share) * HEIGHT).toFixed(1)}`;
  const along = (until: number): string => {
    const steps = Array.from({ length: POINTS + 1 }, (_, i) => (until * i) / POINTS);
    return steps.map((candidates) => at(candidates, doneBy(candidates, bits))).join(" L");
  };
  const passed = draw("path", { class: "passed" });
  const point = draw("circle", { class: "point", r: 7, cx: 0, cy: HEIGHT });
  const half = candidatesFor(0.5, bits);
  const root = draw(
    "svg",
    { viewBox: `-10 -14 ${WIDTH + 20} ${HEIGHT + 40}`, "aria-hidden": "true", focusable: "false" },
    passed,
    draw("path", { class: "axis", d: `M0 ${HEIGHT}H${WIDTH}` }),
    draw("path", { class: "grid", d: `M${at(half, 0.5)}V${HEIGHT}` }),
    draw("path", { class: "curve", d: `M${along(last)}` }),
    draw(
      "text",
      { x: Number(at(half, 0).split(" ")[0]), y: HEIGHT + 18, "text-anchor": "middle" },
      `half are done by ${half}`,
    ),
    draw("text", { x: WIDTH, y: HEIGHT + 18, "text-anchor": "end" }, `${last} candidates`),
    point,
  );
  return {
    root,
    moveTo: (candidates, share) => {
      const reached = Math.min(candidates, last);
      const [x, y] = at(candidates, share).split(" ");
      point.setAttribute("cx", x ?? "0");
      point.setAttribute("cy", y ?? "0");
      passed.setAttribute("d", `M0 ${HEIGHT} L${along(reached)} V${HEIGHT}Z`);
    },
  };
}
