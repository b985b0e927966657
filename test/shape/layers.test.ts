/** The floors of the house: a file imports from floors below its own, or from its own folder; never up, never across. */
import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Library rooms by floor, lowest first; a file belongs to the longest prefix that matches. */
const library: readonly (readonly string[])[] = [
  ["src/errors.ts", "src/bytes.ts", "src/canonical.ts", "src/version.ts", "src/core/generated/"],
  ["src/core/", "src/entropy/"],
  ["src/drbg/"],
  ["src/algorithms/"],
  ["src/derive/"],
  ["src/policy/", "src/encode/", "src/generate/"],
  ["src/record/", "src/seal/"],
  ["src/platform/"],
  ["src/options.ts"],
  ["src/seed-options.ts", "src/testify.ts"],
  ["src/desk.ts"],
  ["src/finish.ts"],
  ["src/make-key.ts", "src/from-platform.ts"],
  ["src/bulk.ts"],
  ["src/keygen.ts"],
  ["src/generate-sealed.ts", "src/derivation.ts", "src/combine-keys.ts"],
  ["src/names.ts", "src/testing/"],
  ["src/acvp/"],
  [
    "src/index.ts",
    "src/index.workerd.ts",
    "src/url.ts",
    "src/verify.ts",
    "src/policies.ts",
    "src/testing.ts",
    "src/testing.workerd.ts",
  ],
  ["src/cli/"],
  ["src/cli.ts", "worker/"],
];

/** The core's floors, lowest first. */
const core: readonly (readonly string[])[] = [
  ["assembly/abi.ts", "assembly/base/"],
  ["assembly/hash/", "assembly/nat/"],
  ["assembly/mac/", "assembly/fma/", "assembly/exact/", "assembly/ec/", "assembly/edwards/", "assembly/lattice/"],
  ["assembly/drbg/", "assembly/kdf/", "assembly/lanes/"],
  ["assembly/prime/", "assembly/slh/"],
  ["assembly/key/"],
  ["assembly/self-test/"],
  ["assembly/index.ts"],
];

interface Room {
  readonly floor: number;
  readonly name: string;
}

function roomOf(house: readonly (readonly string[])[], file: string): Room | undefined {
  return house
    .flatMap((rooms, floor) => rooms.map((name) => ({ floor, name })))
    .filter(({ name }) => (name.endsWith("/") ? file.startsWith(name) : file === name))
    .sort((a, b) => b.name.length - a.name.length)[0];
}

/** Every relative module that a file imports or re-exports, statically or not, as a path from the root. */
function importsOf(file: string): string[] {
  const text = readFileSync(join(root, file), "utf8");
  const specifiers = [...text.matchAll(/(?:from|import)\s*\(?\s*"(\.[^"]+)"/g)].map(([, specifier]) => specifier ?? "");
  return specifiers.map((specifier) => {
    const path = normalize(join(dirname(file), specifier));
    return existsSync(join(root, `${path}.ts`)) ? `${path}.ts` : path;
  });
}

/** What `file` imports although its floor does not allow it. */
function trespasses(house: readonly (readonly string[])[], file: string, imports: readonly string[]): string[] {
  const own = roomOf(house, file);
  if (own === undefined) return [`${file} has no floor`];
  return imports.flatMap((target) => {
    const other = roomOf(house, target);
    if (other === undefined)
      return target.endsWith(".ts") && !target.startsWith("build/")
        ? [`${file} imports ${target}, which has no floor`]
        : [];
    const allowed = other.floor < own.floor || other.name === own.name;
    return allowed ? [] : [`${file} (floor ${own.floor}) imports ${target} (floor ${other.floor})`];
  });
}

describe.each([
  ["the library and its doors", library, ["src/**/*.ts", "worker/*.ts", "worker/routes/*.ts"]],
  ["the core", core, ["assembly/**/*.ts"]],
] as const)("%s", (_, house, patterns) => {
  const files = patterns
    .flatMap((pattern) => globSync(pattern, { cwd: root }))
    .filter((file) => !file.endsWith(".d.ts") && file !== "assembly/build.ts");

  test("imports go downwards only", () => {
    expect(files.length).toBeGreaterThan(5);
    expect(files.flatMap((file) => trespasses(house, file, importsOf(file)))).toEqual([]);
  });
});

test("an import upwards and an import across are seen", () => {
  expect(trespasses(library, "src/core/core.ts", ["src/keygen.ts"])).toHaveLength(1);
  expect(trespasses(library, "src/core/core.ts", ["src/entropy/source.ts"])).toHaveLength(1);
  expect(trespasses(library, "src/keygen.ts", ["src/core/core.ts"])).toEqual([]);
});

test("source files stay under 300 lines", () => {
  const files = ["src/**/*.ts", "worker/**/*.ts", "assembly/**/*.ts", "test/**/*.ts", "bench/**/*.ts"].flatMap(
    (pattern) => globSync(pattern, { cwd: root }),
  );
  const long = files
    .filter((file) => !/generated\/|node_modules\//.test(file) && !file.endsWith(".d.ts"))
    .map((file) => [file, readFileSync(join(root, file), "utf8").split("\n").length] as const)
    .filter(([, lines]) => lines > 300);
  expect(long).toEqual([]);
});
