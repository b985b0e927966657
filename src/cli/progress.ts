/** Progress of a long search on a terminal, and Ctrl-C as a clean abort. */
import type { Progress } from "../generate/progress.ts";

export function watchProgress() {
  const controller = new AbortController();
  const interrupt = (): void => controller.abort(new Error("interrupted: no key was written"));
  const terminal = process.stderr.isTTY === true;
  let drawn = false;
  let known = false; // the work of a key with a tree is, to the end
  process.once("SIGINT", interrupt);
  return {
    signal: controller.signal,
    onProgress({ phase, candidates, doneBy }: Progress): void {
      if (!terminal) return;
      drawn = true;
      const percent = Math.round(doneBy * 100);
      const told =
        known || phase === "tree"
          ? `${percent} % done`
          : `${candidates} candidates; ${percent} % of searches are done by now`;
      if (phase === "tree") known = true;
      process.stderr.write(`\r\x1b[K${phase}: ${told}`);
    },
    end(): void {
      process.removeListener("SIGINT", interrupt);
      if (drawn) process.stderr.write("\r\x1b[K");
      drawn = false;
    },
  };
}
