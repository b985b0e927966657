/**
 * `npm test`: the suite in Node, workerd and Chromium; with `--e2e`, page, API and command line on a served Worker.
 * Ends with one plain line of counts over all of them.
 */
import { startVitest } from "vitest/node";
import { findBrowser } from "./browser.ts";

process.env.CHROMIUM_PATH = await findBrowser();
process.env.WRANGLER_SEND_METRICS = "false";
process.env.CLOUDFLARE_CF_FETCH_ENABLED = "false";
const args = process.argv.slice(2);
const endToEnd = args.includes("--e2e");

const vitest = await startVitest(
  "test",
  args.filter((arg) => !arg.startsWith("--")),
  { run: true, watch: false, project: endToEnd ? ["e2e"] : ["node", "workerd", "chromium"] },
);
await vitest.close();

let passed = 0;
let failed = 0;
let skipped = 0;
for (const file of vitest.state.getTestModules()) {
  if (file.errors().length > 0) failed++;
  for (const test of file.children.allTests()) {
    const { state } = test.result();
    if (state === "passed") passed++;
    else if (state === "failed") failed++;
    else skipped++;
  }
}
failed += vitest.state.getUnhandledErrors().length;
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`);
// A skipped test is a check that is switched off, and no test at all proves nothing.
process.exit(failed > 0 || skipped > 0 || passed === 0 ? 1 : 0);
