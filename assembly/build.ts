/**
 * Compiles the core twice (plain SIMD, relaxed SIMD), refuses a build that has an import, and writes what the loaders
 * read into src/core/generated/: the bytes as base64, and the digest of each build.
 */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const generated = `${root}src/core/generated/`;
const builds = { simd: "core", relaxed: "core-relaxed" } as const;

mkdirSync(generated, { recursive: true });
const digests: string[] = [];
for (const [target, file] of Object.entries(builds)) {
  execFileSync(process.execPath, [`${root}node_modules/assemblyscript/bin/asc.js`, "--target", target], {
    cwd: root,
    stdio: "inherit",
  });
  const bytes = readFileSync(`${root}build/${file}.wasm`);
  const imports = WebAssembly.Module.imports(new WebAssembly.Module(bytes));
  if (imports.length > 0) {
    throw new Error(`the core must import nothing, but ${file}.wasm imports ${imports.map((i) => i.name).join(", ")}`);
  }
  writeFileSync(`${generated}${file}.ts`, `export const bytes = "${bytes.toString("base64")}" as string;\n`);
  const digest = createHash("sha256").update(bytes).digest("hex");
  digests.push(`  ${target}: "sha256:${digest}",`);
  console.log(`${file}.wasm  ${bytes.length} bytes  sha256:${digest}`);
}
writeFileSync(
  `${generated}digest.ts`,
  `/** SHA-256 of each build of the core, as made by assembly/build.ts. */\nexport const digests = {\n${digests.join("\n")}\n} as const;\n`,
);
