/** `keywright verify` as a user types it: what it compares, and what it says that it did not. */
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { commandFolder, root } from "./command.ts";

const { keywright, remove } = commandFolder();
beforeAll(async () => {
  const { code, stderr } = await keywright(["generate", "AES-256", "--policy", "nist", "--out", "k"]);
  expect(code, stderr).toBe(0);
});
afterAll(remove);

const verify = (...more: string[]) =>
  keywright(["verify", "k.record.json", "--secret-key", "k", "--allow-unsigned", ...more]);

describe("--policy", () => {
  test("takes the name of a profile, as generate does", async () => {
    expect(await verify("--policy", "nist")).toMatchObject({ code: 0 });
    expect(await verify("--policy", "open")).toMatchObject({
      code: 1,
      stdout: expect.stringContaining("policy: the decision was made under policy"),
    });
  });

  test("takes a document", async () => {
    expect(await verify("--policy", join(root, "worker/policies/production.json"))).toMatchObject({
      code: 1,
      stdout: expect.stringContaining("policy: the decision was made under policy"),
    });
  });

  test("names the profiles where it is neither", async () => {
    const { code, stderr } = await verify("--policy", "nits");
    expect(code).toBe(2);
    expect(stderr).toContain(
      "the policy nits cannot be read (ENOENT); a file is wanted, or the name of a profile: nist,",
    );
  });

  test("is taken once", async () => {
    expect(await verify("--policy", "open", "--policy", "nist")).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("--policy is given more than once"),
    });
  });
});

describe("--core-digest", () => {
  test("takes what sha256sum prints of the cores, as README has it", async () => {
    const sums = execFileSync("sha256sum", ["core-relaxed.wasm", "core.wasm"], {
      cwd: join(root, "build"),
      encoding: "utf8",
    });
    const digits = sums
      .trim()
      .split("\n")
      .map((line) => line.slice(0, 64));
    expect(await verify(...digits.flatMap((one) => ["--core-digest", one]))).toMatchObject({ code: 0 });
    expect(await verify("--core-digest", "0".repeat(64))).toMatchObject({
      code: 1,
      stdout: expect.stringContaining("is not among the 1"),
    });
  });

  test.each(["core.wasm", "sha256:12", `${"0".repeat(64)}  core.wasm`])("%j is a usage error", async (digest) => {
    const { code, stderr } = await keywright(["verify", "k", "--core-digest", digest]); // k is no record
    expect(code).toBe(2);
    expect(stderr).toContain("--core-digest must be sha256: and 64 hex digits");
    expect(stderr).toContain("keywright verify --help");
  });
});

test("without a key it says that none was compared", async () => {
  const told = "no key was compared with the record: --public-key or --secret-key does that";
  const { code, stderr } = await keywright(["verify", "k.record.json", "--allow-unsigned"]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: `keywright: ${told}\n` });
  expect((await verify()).stderr).toBe("");
});
