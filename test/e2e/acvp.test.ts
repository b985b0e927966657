// `keywright acvp` as a lab runs it: a prompt on stdin, a response on stdout, and how it exits.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import { aft, promptOf, shaPrompt } from "../acvp/prompts.ts";
import { root } from "./command.ts";

function acvp(input: string, ...args: readonly string[]) {
  const cli = join(root, "src/cli.ts");
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, "acvp", ...args], { input, encoding: "utf8" });
  return { status, stdout, stderr };
}

test("a prompt of the server is answered", () => {
  const { status, stdout, stderr } = acvp(JSON.stringify([{ acvVersion: "1.0" }, { vsId: 3, ...shaPrompt }]));
  expect(stderr).toBe("");
  expect(JSON.parse(stdout)).toMatchObject([
    { acvVersion: "1.0" },
    {
      vsId: 3,
      testGroups: [
        { tgId: 1, tests: [{ tcId: 1 }, { tcId: 2 }] },
        { tgId: 2, tests: [{ tcId: 1 }] },
      ],
    },
  ]);
  expect(status).toBe(0);
});

test("a group that cannot be answered is told, and makes the exit code 1", () => {
  const curve = (name: string) => aft({ curve: name, secretGenerationMode: "extra bits" }, {});
  const { status, stdout, stderr } = acvp(
    JSON.stringify(promptOf("ECDSA keyGen FIPS186-5", curve("K-233"), curve("P-256"))),
  );
  expect(stderr).toBe("keywright: tgId 1: tcId 1: no curve is known as K-233\n");
  expect(JSON.parse(stdout)).toMatchObject({
    testGroups: [
      { error: "tcId 1: no curve is known as K-233" },
      { tests: [{ d: expect.stringMatching(/^[0-9A-F]{64}$/) }] },
    ],
  });
  expect(status).toBe(1);
});

test.each([
  ["no JSON", "{", [], 2, /the prompt on stdin is not JSON/],
  ["no vector set", "[1]", [], 2, /the first element must be an object/],
  ["an argument", "{}", ["prompt.json"], 2, /the prompt comes on stdin/],
  [
    "no algorithm of ours",
    JSON.stringify(promptOf("ACVP-TDES-ECB 1.0")),
    [],
    3,
    /is not one of SHA2-224 \(1\.0\); .*SLH-DSA keyGen/,
  ],
] as const)("%s: exit code and reason", (_, input, args, code, words) => {
  const { status, stdout, stderr } = acvp(input, ...args);
  expect(stderr).toMatch(words);
  expect(stdout).toBe("");
  expect(status).toBe(code);
});
