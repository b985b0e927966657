/** The event loop gets its turn in whichever way the runtime offers: a timer that was set before a pause runs during it. */
import { afterEach, expect, test, vi } from "vitest";
import { pause } from "../../src/core/pause.ts";

afterEach(() => vi.unstubAllGlobals());

const postTask = (task: () => void) => new Promise<void>((done) => setTimeout(() => done(task()), 0));
const ways = ["scheduler", "setImmediate", "MessageChannel"] as const;

test.each([0, 1, 2, 3])("without the first %i ways", async (missing) => {
  if (missing > 0) vi.stubGlobal("scheduler", undefined);
  else vi.stubGlobal("scheduler", { postTask });
  for (const name of ways.slice(1, missing)) vi.stubGlobal(name, undefined);
  let turns = 0;
  const timer = setInterval(() => turns++, 0);
  const until = performance.now() + 5000; // a busy machine may take long over a timer
  while (turns === 0 && performance.now() < until) await pause();
  clearInterval(timer);
  expect(turns).toBeGreaterThan(0);
});
