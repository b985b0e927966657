/** RFC 8785, against the examples that it prints and against properties that any canonical form has. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canonicalJson } from "../src/canonical.ts";
import { thrown } from "./support/errors.ts";

test("the example of RFC 8785, 3.2.2", () => {
  const value = {
    // biome-ignore lint/correctness/noPrecisionLoss: the example has it, to show that it is lost
    numbers: [333333333.33333329, 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
    string: "\u20ac$\u000f\u000aA'\u0042\u0022\u005c\\\"/",
    literals: [null, true, false],
  };
  expect(canonicalJson(value)).toBe(
    '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
  );
});

test("the order of RFC 8785, 3.2.3: by UTF-16 code units, not by code points", () => {
  const names = ["\u20ac", "\r", "\ufb33", "1", "\u{1f600}", "\u0080", "\u00f6"];
  const sorted = ["\r", "1", "\u0080", "\u00f6", "\u20ac", "\u{1f600}", "\ufb33"];
  const value = Object.fromEntries(names.map((name) => [name, 0]));
  expect(Object.keys(JSON.parse(canonicalJson(value)) as object).sort()).toEqual(sorted.toSorted());
  expect(canonicalJson(value)).toBe(`{${sorted.map((name) => `${JSON.stringify(name)}:0`).join(",")}}`);
});

// Bits of the double and its text, from RFC 8785, Appendix B.
test.each([
  ["0000000000000000", "0"],
  ["8000000000000000", "0"],
  ["0000000000000001", "5e-324"],
  ["8000000000000001", "-5e-324"],
  ["7fefffffffffffff", "1.7976931348623157e+308"],
  ["4340000000000000", "9007199254740992"],
  ["4430000000000000", "295147905179352830000"],
  ["44b52d02c7e14af5", "9.999999999999997e+22"],
  ["44b52d02c7e14af6", "1e+23"],
  ["444b1ae4d6e2ef50", "1e+21"],
  ["3eb0c6f7a0b5ed8c", "9.999999999999997e-7"],
  ["3eb0c6f7a0b5ed8d", "0.000001"],
  ["41b3de4355555555", "333333333.3333333"],
  ["becbf647612f3696", "-0.0000033333333333333333"],
])("the double %s is written %s", (bits, text) => {
  const view = new DataView(new ArrayBuffer(8));
  view.setBigUint64(0, BigInt(`0x${bits}`));
  expect(canonicalJson(view.getFloat64(0))).toBe(text);
});

const cyclic: { self?: unknown } = {};
cyclic.self = cyclic;
const sparse: unknown[] = [1];
sparse.length = 2;

test.each([
  ["undefined", undefined, "$ must be a JSON value, got undefined"],
  ["undefined inside", { a: { b: [1, undefined] } }, "$.a.b[1] must be a JSON value, got undefined"],
  ["a hole", sparse, "$[1] must be a JSON value, got undefined"],
  ["NaN", { a: Number.NaN }, "$.a must be a finite number, got NaN"],
  ["Infinity", [-Infinity], "$[0] must be a finite number, got -Infinity"],
  ["a bigint", 1n, "$ must be a JSON value, got bigint"],
  ["a function", { toJSON: () => 1 }, "$.toJSON must be a JSON value, got function"],
  ["a symbol", Symbol("a"), "$ must be a JSON value, got symbol"],
  ["a Date", new Date(0), "$ must be a JSON value, got an object of a class"],
  ["bytes", { key: new Uint8Array(2) }, "$.key must be a JSON value, got an object of a class"],
  ["a Map", new Map(), "$ must be a JSON value, got an object of a class"],
  ["a lone high surrogate", "\ud83d", "$ must be well-formed Unicode, got a lone surrogate"],
  ["a lone low surrogate in a name", { "\ude00": 1 }, "$ must be well-formed Unicode, got a lone surrogate"],
  ["a cycle", cyclic, "JSON must be at most 64 levels deep"],
])("%s is refused with its place", (_, value, message) => {
  const error = thrown(() => canonicalJson(value));
  expect(error).toBeInstanceOf(TypeError);
  expect(error.message).toContain(message);
});

function shuffled(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shuffled);
  if (typeof value !== "object" || value === null) return value;
  // fromEntries and not a loop of assignments: a member may be called __proto__
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, inner]) => [name, shuffled(inner)]),
  );
}

describe("properties", () => {
  const json = fc.jsonValue({ maxDepth: 5 }).map((value) => JSON.parse(JSON.stringify(value)) as unknown);
  const wellFormed = json.filter((value) => !/\\ud[89a-f]/i.test(JSON.stringify(value)));

  test("it reads back as the same value, and writing that again changes nothing", () => {
    fc.assert(
      fc.property(wellFormed, (value) => {
        const text = canonicalJson(value);
        expect(JSON.parse(text)).toEqual(value);
        expect(canonicalJson(JSON.parse(text))).toBe(text);
      }),
    );
  });

  test("the order in which members were made does not show", () => {
    fc.assert(
      fc.property(wellFormed, (value) => {
        expect(canonicalJson(shuffled(value))).toBe(canonicalJson(value));
      }),
    );
  });
});
