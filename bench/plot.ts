/**
 * Distributions of times as SVG: one panel a work, one curve an implementation. A curve is the share of samples done by a
 * time, since that is what somebody who waits asks, and it needs no choice of bins.
 */
import { figure } from "./report.ts";
import { mean, quantile } from "./statistics.ts";

export interface Series {
  readonly name: string;
  readonly samples: readonly number[];
}

export interface Panel {
  readonly title: string;
  readonly unit: string;
  readonly series: readonly Series[];
}

const WIDTH = 720;
const PANEL = 290;
const LEFT = 56;
const RIGHT = 16;
const TOP = 36;
const BOTTOM = 44;
const CAPTION = 52;
const LEGEND = 390;
/** Told apart by everyone who sees colours at all, and by dashes by those who do not. */
const inks = [
  { color: "#0b62a4", dash: "none" },
  { color: "#c2410c", dash: "7 3" },
  { color: "#4d7c0f", dash: "2 3" },
  { color: "#7e22ce", dash: "9 3 2 3" },
] as const;

function escapeXml(text: string): string {
  const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
  return text.replace(/[&<>"]/g, (character) => entities[character] ?? character);
}

/** A round step that divides `span` into four to ten parts. */
export function tickStep(span: number): number {
  if (!(span > 0 && span < Number.POSITIVE_INFINITY)) throw new RangeError(`ticks want a positive span, got ${span}`);
  const power = 10 ** Math.floor(Math.log10(span));
  const step = [0.1, 0.2, 0.5, 1].find((part) => span / (part * power) <= 10) ?? 1;
  return step * power;
}

const at = (value: number) => value.toFixed(1);

function text(x: number, y: number, content: string, rest = ""): string {
  return `<text x="${at(x)}" y="${at(y)}"${rest}>${escapeXml(content)}</text>`;
}

function drawPanel({ title, unit, series }: Panel, top: number): string[] {
  const shown = series.filter(({ samples }) => samples.length > 0);
  if (shown.length === 0) throw new RangeError(`a panel wants samples, got none for ${title}`);
  // A stray sample of a busy machine must not squeeze the rest: the axis ends where 99 of 100 of the slowest are done.
  const end = Math.max(...shown.map(({ samples }) => quantile(samples, 0.99)));
  if (!(end > 0)) throw new RangeError(`a panel wants positive samples, got ${end} for ${title}`);
  const step = tickStep(end);
  const max = Math.ceil(end / step) * step;
  const [plotTop, plotBottom] = [top + TOP, top + PANEL - BOTTOM];
  const x = (value: number) => LEFT + (Math.min(value, max) / max) * (WIDTH - LEFT - RIGHT);
  const y = (share: number) => plotBottom - share * (plotBottom - plotTop);
  const lines = [text(LEFT, top + 22, title, ' class="title"')];
  for (let tick = 0; tick <= max / step + 1e-9; tick++) {
    const value = tick * step;
    lines.push(
      `<line class="grid" x1="${at(x(value))}" y1="${at(plotTop)}" x2="${at(x(value))}" y2="${at(plotBottom)}"/>`,
    );
    lines.push(text(x(value), plotBottom + 16, String(Number(value.toPrecision(6))), ' text-anchor="middle"'));
  }
  for (const share of [0, 0.25, 0.5, 0.75, 1]) {
    lines.push(`<line class="grid" x1="${LEFT}" y1="${at(y(share))}" x2="${WIDTH - RIGHT}" y2="${at(y(share))}"/>`);
    lines.push(text(LEFT - 6, y(share) + 4, `${share * 100} %`, ' text-anchor="end"'));
  }
  lines.push(
    text((LEFT + WIDTH - RIGHT) / 2, plotBottom + 34, `keys done by this time (${unit})`, ' text-anchor="middle"'),
  );
  for (const [i, { name, samples }] of shown.entries()) {
    const { color, dash } = inks[i % inks.length] ?? inks[0];
    const sorted = [...samples].sort((a, b) => a - b);
    const steps = sorted.map((value, rank) => `H${at(x(value))}V${at(y((rank + 1) / sorted.length))}`);
    const stroke = `stroke="${color}" stroke-dasharray="${dash}"`;
    lines.push(`<path class="curve" ${stroke} d="M${at(x(0))} ${at(y(0))}${steps.join("")}H${at(x(max))}"/>`);
    const average = mean(samples);
    lines.push(`<circle cx="${at(x(average))}" cy="${at(y(0))}" r="4" fill="${color}"/>`);
    // Near the end of the axis all curves are high: below them is room.
    const legend = plotBottom - 18 * (shown.length - i);
    const [from, to] = [LEGEND, LEGEND + 24].map(at);
    lines.push(`<line class="curve" ${stroke} x1="${from}" y1="${at(legend)}" x2="${to}" y2="${at(legend)}"/>`);
    lines.push(text(LEGEND + 30, legend + 4, `${name}: mean ${figure(average)} ${unit}, n = ${samples.length}`));
  }
  return lines;
}

/** The panels, one below the other, and lines that say where the samples come from. */
export function drawPanels(panels: readonly Panel[], caption: readonly string[]): string {
  const height = panels.length * PANEL + CAPTION;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" role="img">`,
    `<title>${escapeXml(panels.map(({ title }) => title).join("; "))}</title>`,
    "<style>text{font:12px sans-serif;fill:#222}.title{font-size:15px;font-weight:bold}.grid{stroke:#ddd}.curve{fill:none;stroke-width:2}</style>",
    `<rect width="${WIDTH}" height="${height}" fill="#fff"/>`,
    ...panels.flatMap((panel, i) => drawPanel(panel, i * PANEL)),
    ...["a dot marks a mean", ...caption].map((line, i) => text(LEFT, height - 36 + 14 * i, line)),
    "</svg>",
    "",
  ].join("\n");
}
