/** The few drawn signs. Each stands beside words that say the same. */
import { draw } from "./element.ts";

const paths = {
  yes: "M4 11l5 5L18 6",
  no: "M5 5l12 12M17 5L5 17",
  caution: "M11 4v9M11 17v1",
  wait: "M5 11h1M11 11h1M17 11h1",
} as const;

export type GlyphName = keyof typeof paths;

export function glyph(name: GlyphName): SVGSVGElement {
  return draw(
    "svg",
    { class: `glyph ${name}`, viewBox: "0 0 22 22", "aria-hidden": "true", focusable: "false" },
    draw("path", { d: paths[name] }),
  );
}
