/** What the command's arguments may be, and what a wrong one is told. */
import { describe, expect, test } from "vitest";
import { readArguments, readPolicy } from "../../src/cli/arguments.ts";
import { UsageError } from "../../src/cli/exit.ts";
import { thrown } from "../support/errors.ts";

const options = {
  policy: { type: "string" },
  json: { type: "boolean" },
  digest: { type: "string", multiple: true },
} as const;
const read = (...args: string[]) => readArguments(args, "record", options);

describe("an option that is given twice", () => {
  test.each([
    ["with another value", ["r", "--policy", "nist", "--policy", "open"]],
    ["with the same value", ["r", "--policy=nist", "--policy=nist"]],
    ["without a value", ["r", "--json", "--json"]],
  ])("%s is a usage error: none of the two is taken in silence", (_, args) => {
    const error = thrown(() => read(...args));
    expect(error).toBeInstanceOf(UsageError);
    expect(error.message).toMatch(/^--(policy|json) is given more than once$/);
  });

  test("is taken where it is made for that", () => {
    expect(read("r", "--digest", "a", "--policy", "x", "--digest", "b").values).toMatchObject({
      digest: ["a", "b"],
      policy: "x",
    });
  });
});

test("a policy that cannot be read may have been meant as a profile: its names are told", () => {
  expect(readPolicy("cnsa-2")).toBe("cnsa-2");
  const error = thrown(() => readPolicy("nits"));
  expect(error).toBeInstanceOf(UsageError);
  expect(error.message).toBe(
    "the policy nits cannot be read (ENOENT); a file is wanted, or the name of a profile: nist, cnsa-2, open",
  );
});
