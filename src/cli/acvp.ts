/** `keywright acvp`: NIST's prompt on stdin, the module's response on stdout. */
import { UnsupportedVectorSet } from "../acvp/families.ts";
import { respond } from "../acvp/respond.ts";
import { openTestBench } from "../testing.ts";
import { parseJson, readText } from "./arguments.ts";
import { UsageError } from "./exit.ts";
import { print } from "./stdout.ts";
import { visible, visibleJson } from "./visible.ts";

const tell = (text: string) => process.stderr.write(text);

export async function acvp(args: readonly string[]): Promise<number> {
  if (args.length > 0)
    throw new UsageError(`acvp takes no arguments: the prompt comes on stdin, got ${args.join(" ")}`);
  const prompt = parseJson(readText("-", "prompt"), "on stdin", "prompt");
  const terminal = process.stderr.isTTY === true;
  const clear = terminal ? "\r\x1b[K" : "";
  const bench = await openTestBench();
  let failures = 0;
  try {
    const response = await respond(prompt, bench, {
      onGroup(done, groups) {
        if (terminal) tell(`${clear}${done} of ${groups} groups`);
      },
      onFailure(words) {
        failures++;
        tell(`${clear}keywright: ${visible(words)}\n`);
      },
    });
    tell(clear);
    await print(`${visibleJson(response)}\n`, "the response");
  } catch (error) {
    if (!(error instanceof UnsupportedVectorSet)) throw error;
    tell(`${clear}keywright: ${visible(error.message)}\n`);
    return 3;
  } finally {
    bench.close();
  }
  return failures === 0 ? 0 : 1;
}
