/** The public names, listed: adding one is a decision, and so is taking one away. */

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { describe, expect, test } from "vitest";
import { VERSION } from "../../src/version.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

const common = [
  "KeygenError",
  "PolicyRefusal",
  "PrivateKey",
  "PublicKey",
  "SecretKey",
  "UNSIGNED",
  "algorithmNames",
  "canSeal",
  "checkRsaKey",
  "combineKeys",
  "concatenateKeys",
  "decide",
  "decideDerivation",
  "decodeEncryptedPkcs8",
  "decodeJwk",
  "decodePem",
  "decodePkcs8",
  "decodeRaw",
  "decodeSec1",
  "decodeSpki",
  "derivationDecision",
  "derive",
  "encodeEncryptedPkcs8",
  "encodeJwk",
  "encodePem",
  "encodePkcs8",
  "encodeRaw",
  "encodeSec1",
  "encodeSpki",
  "generateSealed",
  "jwkThumbprint",
  "openComplete",
  "openKeygen",
  "openRecovery",
  "parsePolicy",
  "policyFromProfile",
  "recommend",
  "resolvePolicy",
  "seal",
  "verifyRecord",
  "webCrypto",
  "xorKeys",
];

const surface: Readonly<Record<string, readonly string[]>> = {
  index: common,
  url: common,
  verify: ["KeygenError", "UNSIGNED", "readRecord", "verifyRecord"],
  policies: [
    "KeygenError",
    "algorithmNames",
    "decide",
    "decideDerivation",
    "parsePolicy",
    "policyFromProfile",
    "profileNames",
    "profiles",
    "recommend",
    "resolvePolicy",
  ],
  testing: ["HmacDrbg", "deterministicKeygen", "openTestBench"],
};

describe("names", () => {
  test.each(Object.entries(surface))("src/%s.ts exports these and no others", async (file, names) => {
    const module = (await import(`../../src/${file}.ts`)) as object;
    expect(Object.keys(module).sort()).toEqual([...names].sort());
  });

  test("a Worker gets the same names as everybody else", () => {
    const names = (file: string): string[] =>
      [...readFileSync(`${root}src/${file}`, "utf8").matchAll(/^export .+$/gm)].map(([line]) => line);
    expect(names("index.workerd.ts")).toEqual(names("index.ts"));
    expect(names("testing.workerd.ts")).toEqual(names("testing.ts"));
  });
});

test("the version is that of the package", () => {
  const { version } = JSON.parse(readFileSync(`${root}package.json`, "utf8")) as { version: string };
  expect(VERSION).toBe(version);
});

describe("what a bundle contains", () => {
  const metaOf = async (entry: string, conditions: string[] = []) => {
    const { metafile } = await build({
      entryPoints: [`${root}${entry}`],
      absWorkingDir: root,
      bundle: true,
      splitting: true,
      format: "esm",
      outdir: "unused",
      write: false,
      metafile: true,
      conditions,
      platform: entry.startsWith("src/cli") ? "node" : "browser",
      external: ["*.wasm"],
      logLevel: "silent",
    });
    return metafile.inputs;
  };
  const inputsOf = async (entry: string, conditions: string[] = []) => Object.keys(await metaOf(entry, conditions));
  const ofTests = (file: string) => /^src\/(testing|acvp)/.test(file);

  test.each([
    ["src/index.ts", []],
    ["src/index.workerd.ts", ["workerd"]],
    ["src/url.ts", []],
    ["src/verify.ts", []],
    ["src/policies.ts", []],
    ["worker/index.ts", ["workerd"]],
    ["worker/console/main.ts", []],
    ["worker/console/generation.worker.ts", []],
  ])("%s holds nothing of the testing door, and nothing of ACVP", async (entry, conditions) => {
    const inputs = await inputsOf(entry, conditions);
    expect(inputs.length).toBeGreaterThan(3);
    expect(inputs.filter(ofTests)).toEqual([]);
  });

  test("the testing door would be seen", async () => {
    expect(await inputsOf("src/testing.ts")).toContain("src/testing/bench.ts");
    expect((await inputsOf("src/acvp/respond.ts")).filter(ofTests)).toContain("src/acvp/families.ts");
  });

  test("of the command, acvp alone has the testing door, and loads it when it is called", async () => {
    const inputs = await metaOf("src/cli.ts");
    /** What comes in without `shut`. */
    const reached = (shut: string) => {
      const seen = new Set<string>();
      const open = ["src/cli.ts"];
      for (let file = open.pop(); file !== undefined; file = open.pop()) {
        if (seen.has(file) || file === shut) continue;
        seen.add(file);
        open.push(...(inputs[file]?.imports.map(({ path }) => path) ?? []));
      }
      return [...seen];
    };
    expect(reached("src/cli/acvp.ts")).toContain("src/keygen.ts");
    expect(reached("src/cli/acvp.ts").filter(ofTests)).toEqual([]);
    expect(reached("nothing").filter(ofTests).length).toBeGreaterThan(10);
    const kinds = inputs["src/cli.ts"]?.imports
      .filter(({ path }) => path === "src/cli/acvp.ts")
      .map(({ kind }) => kind);
    expect(kinds).toEqual(["dynamic-import"]);
  });

  test.each(["src/verify.ts", "src/policies.ts"])("%s holds nothing of the core", async (entry) => {
    expect((await inputsOf(entry)).filter((file) => file.startsWith("src/core/"))).toEqual([]);
  });
});

describe("importing the library", () => {
  /** The globals that appear in a fresh process when `code` has run. */
  const appeared = (code: string): string[] => {
    const script = `const before = new Set(Reflect.ownKeys(globalThis)); ${code};
      console.log(JSON.stringify(Reflect.ownKeys(globalThis).filter((key) => !before.has(key)).map(String)))`;
    return JSON.parse(
      execFileSync(process.execPath, ["--input-type=module", "-e", script], { cwd: root, encoding: "utf8" }),
    );
  };

  test.each(Object.keys(surface))("src/%s.ts sets no global", (name) => {
    expect(appeared(`await import("./src/${name}.ts")`)).toEqual([]);
  });

  test("a global that is set would be seen", () => expect(appeared("globalThis.leak = 1")).toEqual(["leak"]));
});
