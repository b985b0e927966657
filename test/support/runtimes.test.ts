// A function of a portable module runs where it is sent, with the library, and what it throws comes back.
import { createHash } from "node:crypto";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { runIn } from "./runtimes.ts";
import type { Where } from "./where.ts";

const entry = fileURLToPath(new URL("./where.ts", import.meta.url));
const digest = [...createHash("sha256").digest()];
const inputs = [{ text: 'quotes " and </script>' }, "x".repeat(1 << 20)];

test.each([
  ["node", "node"],
  ["chromium", "browser"],
  ["workerd", "workerd"],
] as const)("%s", { timeout: 120_000 }, async (runtime, name) => {
  const results: Where[] = [];
  await runIn(runtime, entry, "where", inputs, (result: Where) => results.push(result));
  expect(results).toEqual(inputs.map((input) => ({ runtime: name, input, digest })));

  const told: unknown[] = [];
  const failing = runIn(runtime, entry, "where", ["throw", "never sent"], (result) => told.push(result));
  await expect(failing).rejects.toThrow("thrown as it was asked");
  expect(told).toEqual([]);
});

test("a function that is not there is an error", async () => {
  await expect(runIn("node", entry, "nowhere", [], () => {})).rejects.toThrow(TypeError);
});
