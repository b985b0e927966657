/** What a function says of the runtime that it runs in: for the test of `runtimes.ts`. */

import { openTestBench } from "#keywright/testing";
import { type RuntimeFacts, runtimeFacts } from "../../src/core/runtime.ts";

export interface Where {
  readonly runtime: RuntimeFacts["name"];
  readonly input: unknown;
  readonly digest: readonly number[];
}

export async function where(input: unknown): Promise<Where> {
  if (input === "throw") throw new RangeError("thrown as it was asked");
  const bench = await openTestBench();
  try {
    return { runtime: runtimeFacts().name, input, digest: [...bench.hash("SHA-256", new Uint8Array())] };
  } finally {
    bench.close();
  }
}
