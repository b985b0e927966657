/**
 * Compiles the core twice (plain SIMD, relaxed SIMD), refuses a build that has an import, and writes what the loaders
 * read into src/core/generated/: the bytes as base64, and the digest of each build. With `--if-stale` it does nothing
 * when all that is newer than the sources. Speaks on stderr, since commands run it on their way.
 */
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { globSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const root = fileURLToPath(new URL("..", import.meta.url));
const generated = `${root}src/core/generated/`;
const builds = { simd: "core", relaxed: "core-relaxed" } as const;

/** When the file was written, in milliseconds; never, if it is not there. */
function written(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Number.NEGATIVE_INFINITY;
}

function isCurrent(): boolean {
  const sources = ["assembly/**/*.ts", "asconfig.json", "package-lock.json"].flatMap((glob) => globSync(glob, { cwd: root }));
  const files = Object.values(builds).flatMap((file) => [`${root}build/${file}.wasm`, `${generated}${file}.ts`]);
  const oldest = Math.min(...[...files, `${generated}digest.ts`].map(written));
  return sources.every((source) => written(`${root}${source}`) < oldest);
}

if (process.argv.includes("--if-stale") && isCurrent()) process.exit(0);

/** Compiles one build, writes its bytes, and returns the line of its digest. */
async function compile([target, file]: readonly [string, string]): Promise<string> {
  const compiler = `${root}node_modules/assemblyscript/bin/asc.js`;
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [compiler, "--target", target], { cwd: root });
  process.stderr.write(stdout + stderr);
  const bytes = readFileSync(`${root}build/${file}.wasm`);
  const imports = WebAssembly.Module.imports(new WebAssembly.Module(bytes));
  if (imports.length > 0) {
    throw new Error(`the core must import nothing, but ${file}.wasm imports ${imports.map((i) => i.name).join(", ")}`);
  }
  writeFileSync(`${generated}${file}.ts`, `export const bytes = "${bytes.toString("base64")}" as string;\n`);
  const digest = createHash("sha256").update(bytes).digest("hex");
  console.error(`${file}.wasm  ${bytes.length} bytes  sha256:${digest}`);
  return `  ${target}: "sha256:${digest}",`;
}

mkdirSync(generated, { recursive: true });
// Beside each other, as each takes half a minute; if one fails, the other is not left behind.
const compiled = await Promise.allSettled(Object.entries(builds).map(compile));
const digests = compiled.map((outcome) => {
  if (outcome.status === "rejected") throw outcome.reason;
  return outcome.value;
});
writeFileSync(
  `${generated}digest.ts`,
  `/** SHA-256 of each build of the core, as made by assembly/build.ts. */\nexport const digests = {\n${digests.join("\n")}\n} as const;\n`,
);
