#!/usr/bin/env node
/** The `keywright` command. Exit codes: 0 done, 1 failed, 2 usage, 3 refused by the policy or, by acvp, not there. */
import { exitCode, explain, UsageError } from "./cli/exit.ts";
import { help, usage } from "./cli/help.ts";
import { print } from "./cli/stdout.ts";

const commands = {
  generate: async () => (await import("./cli/generate.ts")).generate,
  request: async () => (await import("./cli/request.ts")).request,
  decide: async () => (await import("./cli/decide.ts")).decide,
  verify: async () => (await import("./cli/verify.ts")).verify,
  acvp: async () => (await import("./cli/acvp.ts")).acvp,
} as const;

const isCommand = (name: string | undefined): name is keyof typeof commands =>
  name !== undefined && Object.hasOwn(commands, name);

async function main(args: readonly string[]): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined || name === "help" || name === "--help" || name === "-h") {
    await print(`${help()}\n`);
    return name === undefined ? 2 : 0;
  }
  if (!isCommand(name)) throw new UsageError(`there is no command ${JSON.stringify(name)}`);
  if (rest.includes("--help") || rest.includes("-h")) {
    await print(`${usage(name)}\n`);
    return 0;
  }
  const run = await commands[name]();
  return await run(rest);
}

// A warning that nobody reads any more ends nothing: the key is made, and the exit code says how it went.
process.stderr.on("error", () => {});

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    const [, , name] = process.argv;
    process.stderr.write(`keywright: ${explain(error, isCommand(name) ? name : undefined)}\n`);
    process.exitCode = exitCode(error);
  },
);
