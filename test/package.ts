/** The package as a consumer gets it: packed, unpacked into a folder of its own, and every entry point imported there. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "keywright-package-"));
const { exports: entries, dependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
  exports: Record<string, unknown>;
  dependencies: Record<string, string>;
};

try {
  const packed = execFileSync("npm", ["pack", "--ignore-scripts", "--json", "--pack-destination", folder], {
    cwd: root,
    encoding: "utf8",
  });
  const [{ filename }] = JSON.parse(packed) as [{ filename: string }];
  const installed = join(folder, "node_modules/keywright");
  mkdirSync(installed, { recursive: true });
  execFileSync("tar", ["-xzf", join(folder, filename), "-C", installed, "--strip-components=1"]);
  for (const name of Object.keys(dependencies)) {
    mkdirSync(join(folder, "node_modules", name, ".."), { recursive: true });
    symlinkSync(join(root, "node_modules", name), join(folder, "node_modules", name));
  }
  const scripts = Object.keys(entries).filter((entry) => !/\.(json|wasm)$/.test(entry));
  const names = scripts.map((entry) => entry.replace(/^\./, "keywright"));
  for (const name of names) run(`if (Object.keys(await import(${JSON.stringify(name)})).length === 0) process.exit(1)`);
  run(`
    const { openKeygen, verifyRecord } = await import("keywright");
    const { secretKey, record } = await (await openKeygen({ policy: "nist", environment: "test" })).generate("AES-256");
    if (!(await verifyRecord(record, { secretKey })).consistent) process.exit(1)`);
  await build({
    stdin: {
      contents: names.map((name, i) => `export * as e${i} from ${JSON.stringify(name)};`).join("\n"),
      resolveDir: folder,
    },
    bundle: true,
    write: false,
    format: "esm",
    outdir: folder,
    conditions: ["workerd"],
    loader: { ".wasm": "file" },
    logLevel: "error",
  });
  execFileSync(process.execPath, [join(installed, "dist/cli.js"), "--help"], { stdio: "ignore" });
  console.log(`${names.join(", ")}: import in Node, bundle for Workers; the command runs`);
} finally {
  rmSync(folder, { recursive: true });
}

function run(code: string): void {
  execFileSync(process.execPath, ["--input-type=module", "-e", code], {
    cwd: folder,
    stdio: ["ignore", "inherit", "inherit"],
  });
}
