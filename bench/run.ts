/**
 * `npm run bench`: measures one subject in one runtime. Exit codes: 0 done, 1 failed or above a budget, 2 usage. Timings
 * have bars that are shown, and budgets have none: a busy machine must not fail a build, a large file must.
 */
import { writeFileSync } from "node:fs";
import { type Call, readCall, UsageError, usage } from "./arguments.ts";
import { engineOf } from "./engines.ts";
import { machine } from "./machine.ts";
import { drawPanels } from "./plot.ts";
import { describeMachine, table } from "./report.ts";
import { save } from "./results.ts";

async function measureAndTell(call: Call): Promise<number> {
  const { subject, runtime, json, save: wanted, plot } = call;
  const { rows, lines = [], panels = [], failures = [] } = await subject.run(call);
  const facts = machine();
  const engine = await engineOf(runtime);
  if (json) console.log(JSON.stringify(rows, null, 2));
  else console.log([describeMachine(facts, engine), "", table(rows), "", ...lines, ...subject.notes].join("\n"));
  if (wanted) console.error(`saved bench/results/${save(new URL("results/", import.meta.url), facts, engine, rows)}`);
  if (plot !== undefined) {
    const caption = [engine, `${facts.cpu}; ${facts.date}; commit ${facts.commit}`];
    writeFileSync(plot, drawPanels(panels, caption));
    console.error(`drew ${plot}`);
  }
  const failed = (await subject.failed?.(rows)) ?? [];
  for (const { work, median, unit } of failed) console.error(`bench: ${work} is above its budget: ${median} ${unit}`);
  for (const failure of failures) console.error(`bench: ${failure}`);
  return failed.length + failures.length === 0 ? 0 : 1;
}

try {
  const call = readCall(process.argv.slice(2));
  if (call === "help") console.log(usage);
  process.exitCode = call === "help" ? 0 : await measureAndTell(call);
} catch (error) {
  const message = error instanceof Error ? error.message : String(error);
  console.error(error instanceof UsageError ? `bench: ${message}\n\n${usage}` : `bench: ${message}`);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
