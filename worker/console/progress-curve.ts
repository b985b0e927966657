/** The share of prime searches that are done after so many candidates, drawn, with a point for the search under way. */
import { DEFAULT_RSA_METHOD } from "../../src/algorithms/rsa-methods.ts";
import { doneBy } from "../../src/generate/progress.ts";
import { draw, make } from "./element.ts";

const WIDTH = 600;
const HEIGHT = 150;
/** The curve is drawn until this share of searches is done; one that takes longer stays at its end. */
const DRAWN_UNTIL = 0.995;
const POINTS = 80;

export interface Curve {
  readonly root: HTMLElement;
  moveTo(candidates: number): void;
}

/** The number of candidates by which `share` of searches are done. */
function candidatesFor(share: number, bits: number): number {
  let candidates = 2;
  while (doneBy(candidates, bits, DEFAULT_RSA_METHOD) < share) candidates *= 1.02;
  return Math.ceil(candidates);
}

function tenth(number: number): number {
  return Math.round(number * 10) / 10;
}

/** For primes of `bits` bits. */
export function drawCurve(bits: number): Curve {
  const last = candidatesFor(DRAWN_UNTIL, bits);
  const x = (candidates: number): number => tenth((candidates / last) * WIDTH);
  const y = (candidates: number): number => tenth((1 - doneBy(candidates, bits, DEFAULT_RSA_METHOD)) * HEIGHT);
  const lineTo = (end: number): string => {
    const steps = Array.from({ length: POINTS + 1 }, (_, i) => (end * i) / POINTS);
    return steps.map((candidates) => `${x(candidates)} ${y(candidates)}`).join(" L");
  };
  const half = candidatesFor(0.5, bits);
  const passed = draw("path", { class: "passed" });
  const point = draw("circle", { class: "point", r: 7, cx: 0, cy: HEIGHT });
  const drawing = draw(
    "svg",
    { viewBox: `-10 -14 ${WIDTH + 20} ${HEIGHT + 20}`, focusable: "false" },
    passed,
    draw("path", { class: "axis", d: `M0 ${HEIGHT}H${WIDTH}` }),
    draw("path", { class: "grid", d: `M${x(half)} ${y(half)}V${HEIGHT}` }),
    draw("path", { class: "curve", d: `M${lineTo(last)}` }),
    point,
  );
  // Not in the drawing: it shrinks with the window, and they would with it.
  const labels = make(
    "p",
    { class: "scale" },
    make("span", {}, `┊ half are done by ${half}`),
    make("span", {}, `${last} candidates`),
  );
  const root = make("div", { "aria-hidden": "true" }, drawing, labels);
  return {
    root,
    moveTo: (candidates) => {
      const reached = Math.min(candidates, last);
      point.setAttribute("cx", String(x(reached)));
      point.setAttribute("cy", String(y(reached)));
      passed.setAttribute("d", `M0 ${HEIGHT} L${lineTo(reached)} V${HEIGHT}Z`);
    },
  };
}
