/** `npm run vectors`. Exit codes: 0 all passed, 1 something failed, 2 usage, 3 no vectors. */
import { run } from "./runner.ts";

process.exitCode = await run(process.argv.slice(2), {
  environment: process.env,
  cwd: process.cwd(),
  out: (line) => process.stdout.write(`${line}\n`),
  err: (line) => process.stderr.write(`${line}\n`),
});
