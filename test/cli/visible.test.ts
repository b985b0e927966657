/** Text of others on a terminal: seen as it is, never obeyed. */
import { expect, test } from "vitest";
import { KeygenError } from "#keywright";
import { explain, ServiceProblem, UsageError } from "../../src/cli/exit.ts";
import { visible, visibleJson } from "../../src/cli/visible.ts";

const evil = "a\x1b[2K\rb\nc\x07d\x9be\u202ef\u2028g\x7f";
const seen = "a\\x1b[2K\\x0db\\x0ac\\x07d\\x9be\\u202ef\\u2028g\\x7f";

test("what would not be seen is written as an escape, everything else as it is", () => {
  expect(visible(evil)).toBe(seen);
  expect(visible("Größe 2^16 \\ \u{1f511}")).toBe("Größe 2^16 \\ \u{1f511}");
});

test("JSON keeps its value and its lines", () => {
  const value = { [evil]: [evil, "\\", 1] };
  const json = visibleJson(value);
  expect(JSON.parse(json)).toEqual(value);
  expect(json.split("\n")).toHaveLength(7);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
  expect(json).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u202e]/);
});

test("errors have the lines of this command and no others", () => {
  const rule = { id: evil, source: evil, why: evil };
  const problem = new ServiceProblem(403, { detail: evil, broken: [rule, rule, null, 3] });
  expect(problem.refused).toBe(true);
  const line = `  ${seen} (${seen}): ${seen}`;
  expect(explain(problem)).toBe([`the service answered 403: ${seen}`, line, line].join("\n"));
  expect(explain(new KeygenError("record-invalid", evil))).toBe(`${seen} [record-invalid]`);
  expect(explain(new Error(evil))).toBe(seen);
  expect(explain(evil)).toBe(seen);
  expect(explain(new UsageError(evil))).toBe(`${seen}\nkeywright --help says what there is`);
});
