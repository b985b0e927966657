/** The drawings: well-formed, and with the samples in them. */
import { describe, expect, test } from "vitest";
import { drawPanels, type Panel, tickStep } from "../../bench/plot.ts";

/** Every element closed in order, every attribute quoted, every ampersand an entity. Returns the names of the elements. */
function elementsOf(xml: string): string[] {
  const open: string[] = [];
  const seen: string[] = [];
  const token = /<(\/?)([a-z]+)((?: [a-zA-Z0-9-]+="[^"<>]*")*)(\/?)>|([^<>]+)/gy;
  while (token.lastIndex < xml.length) {
    const at = token.lastIndex;
    const found = token.exec(xml);
    if (found === null) throw new SyntaxError(`not well-formed at ${at}: ${xml.slice(at, at + 60)}`);
    const [whole, end, name = "", , empty] = found;
    if (/&(?!(?:amp|lt|gt|quot);)/.test(whole)) throw new SyntaxError(`a bare ampersand in ${whole}`);
    if (end === "/" && open.pop() !== name) throw new SyntaxError(`</${name}> closes something else`);
    if (name !== "" && end !== "/") {
      seen.push(name);
      if (empty !== "/") open.push(name);
    }
  }
  if (open.length > 0) throw new SyntaxError(`left open: ${open.join(", ")}`);
  return seen;
}

const panel: Panel = {
  title: "RSA-2048 key",
  unit: "ms",
  series: [
    { name: "ours", samples: [40, 20, 30] },
    { name: 'theirs <"&">', samples: [80, 60] },
  ],
};

describe("the drawing", () => {
  test("is well-formed, and names are escaped", () => {
    const svg = drawPanels([panel, { ...panel, title: "RSA-3072 key" }], ["an engine", "a processor & a date"]);
    const elements = elementsOf(svg.trim());
    expect(elements[0]).toBe("svg");
    expect(elements.filter((name) => name === "path")).toHaveLength(4);
    expect(elements.filter((name) => name === "circle")).toHaveLength(4);
    for (const told of [
      "RSA-2048 key",
      "theirs &lt;&quot;&amp;&quot;&gt;: mean 70 ms, n = 2",
      "a processor &amp; a date",
    ])
      expect(svg).toContain(told);
    expect(svg).not.toContain("NaN");
  });

  test("the check finds what is not well-formed", () => {
    for (const wrong of ["<svg><g></svg></g>", "<svg>", "<svg a=b/>", "<svg>a & b</svg>", "<svg>a < b</svg>"])
      expect(() => elementsOf(wrong)).toThrow(SyntaxError);
  });

  test("a curve rises once a sample, from nothing to all, and never goes back", () => {
    const svg = drawPanels([panel], []);
    const [ours = ""] = svg.match(/(?<= d=")[^"]+/g) ?? [];
    const across = [...ours.matchAll(/H([\d.]+)/g)].map(([, value]) => Number(value));
    const up = [...ours.matchAll(/V([\d.]+)/g)].map(([, value]) => Number(value));
    expect(up).toHaveLength(3);
    expect(across).toEqual([...across].sort((a, b) => a - b));
    expect(up).toEqual([...up].sort((a, b) => b - a));
  });

  test("one stray sample does not squeeze the rest", () => {
    const samples = Array.from({ length: 1000 }, (_, i) => 10 + (i % 10));
    const svg = drawPanels([{ title: "t", unit: "ms", series: [{ name: "s", samples: [...samples, 5000] }] }], []);
    expect(svg).toContain(">20</text>");
    expect(svg).not.toContain(">5000</text>");
  });

  test("nothing cannot be drawn", () => {
    expect(() => drawPanels([{ ...panel, series: [] }], [])).toThrow(RangeError);
    expect(() => drawPanels([{ ...panel, series: [{ name: "s", samples: [0] }] }], [])).toThrow(RangeError);
  });
});

test.each([
  [1, 0.1],
  [1.2, 0.2],
  [10, 1],
  [37, 5],
  [499, 50],
  [1000, 100],
  [2600, 500],
])("an axis to %d has a tick every %d", (span, step) => {
  expect(tickStep(span)).toBeCloseTo(step, 12);
});

test("an axis without length has no ticks", () => {
  for (const span of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) expect(() => tickStep(span)).toThrow(RangeError);
});
