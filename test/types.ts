/**
 * Checks the types of every folder. TypeScript 7 refuses AssemblyScript's own declarations (TS2316), so the core has
 * TypeScript 6. Both have a command `tsc`: which of them is in the path is not said, so each is called by its file.
 */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const typescript = { 6: "node_modules/typescript-6/lib/tsc.js", 7: "node_modules/typescript/bin/tsc" } as const;
const projects = ["src", "src/tsconfig.cli.json", "worker", "worker/console", "test", "test/worker", "bench"];

function run(script: string, args: readonly string[], output: "inherit" | "ignore" = "inherit"): boolean {
  const { status } = spawnSync(process.execPath, [script, ...args], {
    cwd: root,
    stdio: ["ignore", output, "inherit"],
  });
  if (status !== 0) console.error(`${script} ${args.join(" ")}: exit code ${status}`);
  return status === 0;
}

const declared = ["types", "worker/worker-configuration.d.ts", "--env-interface", "CloudflareEnv"];
const outcomes = [
  run("node_modules/wrangler/bin/wrangler.js", declared, "ignore"),
  run(typescript[6], ["-p", "assembly"]),
  ...projects.map((project) => run(typescript[7], ["-p", project, "--noEmit"])),
];
process.exitCode = outcomes.every(Boolean) ? 0 : 1;
