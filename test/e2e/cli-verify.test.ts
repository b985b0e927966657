/** `keywright verify` as a user types it: what it compares, and what it says that it did not. */
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
