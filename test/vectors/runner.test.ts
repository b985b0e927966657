// The command: where it looks, what it prints, and how it exits.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readerFor } from "./known-files.ts";
import { grouped, type MadeUp, primality, shaFunctional, wycheproofHmac } from "./made-up.ts";
import { run } from "./runner.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "keywright-vectors-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function put(...files: readonly Pick<MadeUp, "file" | "text">[]): void {
  for (const { file, text } of files) {
    const path = join(folder, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
}

async function command(args: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  const lines = { out: [] as string[], err: [] as string[] };
  const out = (line: string) => void lines.out.push(`${line}\n`);
  const err = (line: string) => void lines.err.push(`${line}\n`);
  const status = await run(args, { environment, cwd: folder, out, err });
  return { status, stdout: lines.out.join(""), stderr: lines.err.join("") };
}

const json = (text: string) => JSON.parse(text) as Readonly<Record<string, unknown>>;

test("the core passes a right file, and --json prints one object with nothing but the counts", async () => {
  put(shaFunctional(), wycheproofHmac());
  const { status, stdout, stderr } = await command(["--dir", folder, "--json"]);
  expect(stderr).toBe("");
  expect(json(stdout)).toEqual({
    files: [
      { file: "acvp/SHA2-256-1.0.json", cases: 5, passed: 5, failed: 0, notApplicable: [] },
      { file: "wycheproof/hmac_sha256.json", cases: 2, passed: 2, failed: 0, notApplicable: [] },
    ],
    passed: 7,
    failed: 0,
    notApplicable: 0,
  });
  expect(status).toBe(0);
});

test("the references are asked with --subject reference", async () => {
  put(primality());
  const { status, stdout } = await command(["--dir", folder, "--json", "--subject", "reference"]);
  expect(status).toBe(0);
  expect(json(stdout)).toMatchObject({
    files: [{ cases: 4, passed: 3, notApplicable: [{ reason: "negative-number", cases: 1 }] }],
    notApplicable: 1,
  });
});

test("one wrong bit fails with exit code 1, and the case is named without its bytes", async () => {
  const { file, text, answer = "" } = shaFunctional();
  const wrong = answer.replace(/.$/, (digit) => (Number.parseInt(digit, 16) ^ 1).toString(16).toUpperCase());
  put({ file, text: text.replace(answer, wrong) });
  const { status, stdout, stderr } = await command(["--dir", folder, "--json"]);
  expect(status).toBe(1);
  expect(json(stdout)).toMatchObject({ passed: 4, failed: 1 });
  expect(stderr).toContain(`${file}: tgId 1, tcId 5: md differs from byte 31 of 32 on`);
  expect(stderr).not.toMatch(/[0-9a-f]{16}/i);
});

test.each([
  ["no group", grouped("acvp/SHA2-256-1.0.json", "SHA2-256", []).text, "it yields no case"],
  ["no case", grouped("acvp/SHA2-256-1.0.json", "SHA2-256", [{ tests: [] }]).text, "it yields no case"],
  ["no byte", "", "SyntaxError"],
  ["another shape", "[]", "TypeError"],
])("a known file with %s fails", async (_name, text, words) => {
  put({ file: "acvp/SHA2-256-1.0.json", text });
  const { status, stdout, stderr } = await command(["--dir", folder, "--json"]);
  expect(status).toBe(1);
  expect(json(stdout)).toMatchObject({ passed: 0, failed: 1 });
  expect(stderr).toContain(words);
});

test.each([
  ["more", 6],
  ["fewer", 4],
])("a file that says it has %s cases than it has fails", async (_name, stated) => {
  const { file, text } = shaFunctional();
  put({ file, text: text.replace('"numberOfTests":5', `"numberOfTests":${stated}`) });
  const { status, stdout, stderr } = await command(["--dir", folder, "--json"]);
  expect(status).toBe(1);
  expect(json(stdout)).toMatchObject({ files: [{ cases: 5, passed: 5, failed: 1 }], failed: 1 });
  expect(stderr).toContain(`it says it has ${stated} cases, and has 5`);
});

test("a file that does not say its number fails", async () => {
  const { file, text } = shaFunctional();
  put({ file, text: text.replace("numberOfTests", "number") });
  expect(await command(["--dir", folder, "--json"])).toMatchObject({
    status: 1,
    stderr: expect.stringContaining("numberOfTests"),
  });
});

test("one failing file does not hide the others", async () => {
  put(shaFunctional(), { file: "acvp/SHA2-224-1.0.json", text: "{" });
  const { status, stdout } = await command(["--dir", folder, "--json"]);
  expect(status).toBe(1);
  expect(json(stdout)).toMatchObject({ files: [{ failed: 1 }, { passed: 5, failed: 0 }], passed: 5, failed: 1 });
});

test("an unknown file is listed and not run", async () => {
  put(shaFunctional(), { file: "acvp/ascon.json", text: "not even JSON" });
  const { status, stdout, stderr } = await command(["--dir", folder]);
  expect(status).toBe(0);
  expect(stderr).toBe("acvp/ascon.json: unknown, not run\n");
  expect(stdout).not.toContain("ascon");
});

test("the table has a line for each file, and the totals", async () => {
  put(shaFunctional(), primality());
  const { stdout } = await command(["--dir", folder]);
  expect(stdout).toMatch(/^file +cases +passed +failed {2}not applicable$/m);
  expect(stdout).toMatch(/^acvp\/SHA2-256-1\.0\.json +5 +5 +0$/m);
  expect(stdout).toMatch(/^wycheproof\/primality\.json +4 +3 +0 {2}1 negative-number$/m);
  expect(stdout).toMatch(/^total +9 +8 +0 {2}1$/m);
});

test("it looks in --dir, then in KEYWRIGHT_VECTORS, then in ./vectors", async () => {
  const { file, text } = shaFunctional();
  put({ file: join("vectors", file), text }, { file: join("mine", primality().file), text: primality().text });
  const mine = join(folder, "mine");
  expect((await command(["--json"])).stdout).toContain("SHA2-256");
  expect((await command(["--json"], { KEYWRIGHT_VECTORS: mine })).stdout).toContain("primality");
  expect((await command(["--json", "--dir", "vectors"], { KEYWRIGHT_VECTORS: mine })).stdout).toContain("SHA2-256");
});

test.each([
  ["no folder", () => {}],
  ["a folder without a known file", () => put({ file: "vectors/other.json", text: "{}" })],
])("%s: it says where vectors come from, and exits 3", async (_name, prepare) => {
  prepare();
  const { status, stdout, stderr } = await command([]);
  expect(status).toBe(3);
  expect(stdout).toBe("");
  expect(stderr).toContain("test/vectors/README.md");
});

test("a named folder that is not there is not replaced by another", async () => {
  put({ ...shaFunctional(), file: `vectors/${shaFunctional().file}` });
  expect(await command(["--dir", join(folder, "nowhere")])).toMatchObject({ status: 3, stdout: "" });
});

test.each([
  [["--runtime", "deno"], "--runtime must be"],
  [["--subject", "noble"], "--subject must be"],
  [["--subject", "reference", "--runtime", "workerd"], "in node alone"],
  [["--runtime", "all", "--json"], "one object for one runtime"],
  [["--fast"], "usage:"],
])("%j is a wrong call: exit code 2", async (args, words) => {
  const { status, stdout, stderr } = await command(args);
  expect(status).toBe(2);
  expect(stdout).toBe("");
  expect(stderr).toContain(words);
});

test("the process exits with the code, and only the object is on its output", async () => {
  put({ file: "acvp/SHA2-256-1.0.json", text: "{" });
  const main = fileURLToPath(new URL("./run.ts", import.meta.url));
  const args = ["--no-warnings", main, "--dir", folder, "--json"];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
  expect(status).toBe(1);
  expect(json(stdout)).toMatchObject({ passed: 0, failed: 1 });
  expect(stderr).toContain("SyntaxError");
});

test("every file that the README lists has a reader, and only those have one", async () => {
  const readme = readFileSync(new URL("./README.md", import.meta.url), "utf8");
  const files = [...readme.matchAll(/^\| `([\w.-]+\/[\w.-]+)` \|/gm)].map(([, file = ""]) => file);
  expect(files).toHaveLength(105);
  for (const file of files) expect(readerFor(file), file).toBeTypeOf("function");
  for (const file of ["README.md", "acvp/SHA2-256-1.0.json.bak", "SHA2-256-1.0.json", "cavp/x/HMAC.json"]) {
    expect(readerFor(file), file).toBeUndefined();
  }
});
