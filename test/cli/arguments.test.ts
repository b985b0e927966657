/** What the command's arguments may be, and what a wrong one is told. */
import { describe, expect, test } from "vitest";
import { asksOf, readAlgorithm, readArguments, readPolicy } from "../../src/cli/arguments.ts";
import { explain, UsageError } from "../../src/cli/exit.ts";
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

describe("an algorithm that there is not", () => {
  test.each([
    ["rsa-3072", "RSA-3072"],
    ["RSA3072", "RSA-3072"],
    ["ml_kem_768", "ML-KEM-768"],
    ["ed25519", "Ed25519"],
  ])("%s differs from %s in case or punctuation only, and that is asked", (name, meant) => {
    const error = thrown(() => readAlgorithm(name));
    expect(error).toBeInstanceOf(UsageError);
    expect(error.message).toBe(`there is no algorithm "${name}": did you mean ${meant}?`);
  });

  test("what came is said before all that there is", () => {
    expect(thrown(() => readAlgorithm("DES")).message).toMatch(
      /^there is no algorithm "DES": it must be one of AES-128, /,
    );
  });
});

test("a date that is none is told by the name of its option", () => {
  for (const given of ["2035", "2035-02-30", "soon"]) {
    const error = thrown(() => asksOf({ "protect-until": given }));
    expect(error).toBeInstanceOf(UsageError);
    expect(error.message).toBe(`--protect-until must be a date such as 2035-12-31, got ${given}`);
  }
  expect(asksOf({ "protect-until": "2035-12-31" })).toEqual({ protectUntil: "2035-12-31" });
});

test("a wrong call points to the help of its command", () => {
  const error = new UsageError("no");
  expect(explain(error, "generate")).toBe("no\nkeywright generate --help says what there is");
  expect(explain(error)).toBe("no\nkeywright --help says what there is");
});
