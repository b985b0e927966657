/** The declarations that the package ships compile for a consumer whose `lib` knows neither `Symbol.dispose` nor Node. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));
mkdirSync(join(root, "build"), { recursive: true });
const folder = mkdtempSync(join(root, "build", "declarations-")); // inside, so that the declarations find their packages
afterAll(() => rmSync(folder, { recursive: true }));

/** What the compiler says; nothing if it is content. */
function compile(args: readonly string[]): string {
  try {
    return execFileSync(process.execPath, [join(root, "node_modules/typescript/bin/tsc"), ...args], {
      cwd: folder,
      encoding: "utf8",
    });
  } catch (error) {
    return (error as { stdout: string }).stdout; // tsc prints what is wrong there
  }
}

test("lib es2022 and dom are enough, declarations checked too", () => {
  expect(compile(["-p", join(root, "src"), "--emitDeclarationOnly", "--noCheck", "--outDir", folder])).toBe("");
  const consumer = join(folder, "consumer.ts");
  writeFileSync(
    consumer,
    [
      'import { openKeygen } from "./index.js";',
      'import { verifyRecord } from "./verify.js";',
      'const keygen = await openKeygen({ policy: "nist", environment: "test" });',
      'const { record, secretKey } = await keygen.generate("AES-256");',
      "export const { consistent } = await verifyRecord(record, { secretKey });",
      "secretKey[Symbol.dispose]();",
    ].join("\n"),
  );
  const strict = ["--strict", "--noEmit", "--skipLibCheck", "false"];
  const target = ["--target", "es2022", "--lib", "es2022,dom", "--module", "nodenext", "--ignoreConfig"];
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  expect(compile([...target, ...strict, consumer])).toBe("");
}, 120_000);
