/** The JavaScript libraries beside us, if they are installed: they are dependencies of bench/compare only. */
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type Runtime, runIn } from "../../test/support/runtimes.ts";
import type { Library } from "../compare/rsa.ts";
import type { Timing } from "../harness.ts";
import type { RsaBits } from "./key.ts";

const folder = new URL("../compare/", import.meta.url);

/** How many keys of each: they are six to forty times slower than the platform, so few show it. */
const defaultKeys: Readonly<Record<Library, Readonly<Record<RsaBits, number>>>> = {
  "micro-rsa-dsa-dh": { 2048: 20, 3072: 8, 4096: 4 },
  "node-forge": { 2048: 8, 3072: 3, 4096: 1 },
};

const libraries = Object.keys(defaultKeys) as Library[];

export interface Libraries {
  readonly timings: Readonly<Partial<Record<RsaBits, readonly Timing[]>>>;
  readonly lines: readonly string[];
}

export async function measureLibraries(
  runtime: Runtime,
  sizes: readonly RsaBits[],
  rounds: number | undefined,
  installed: URL = new URL("node_modules/", folder),
): Promise<Libraries> {
  const absent = libraries.filter((library) => !existsSync(new URL(`${library}/package.json`, installed)));
  if (absent.length > 0) {
    const line = `${absent.join(" and ")} not installed, so nothing is compared with JavaScript: npm ci --prefix bench/compare`;
    return { timings: {}, lines: [line] };
  }
  const timings: Partial<Record<RsaBits, Timing[]>> = {};
  for (const bits of sizes) {
    timings[bits] = [];
    for (const library of libraries) {
      const samples: number[] = [];
      const most = defaultKeys[library][bits];
      const keys = Math.min(rounds ?? most, most);
      const calls = Array.from({ length: keys }, () => ({ library, bits }));
      const file = fileURLToPath(new URL("rsa.ts", folder));
      await runIn<(typeof calls)[number], number>(runtime, file, "measureLibrary", calls, (took) => samples.push(took));
      timings[bits].push({ implementation: library, kind: "javascript", samples });
    }
  }
  return { timings, lines: ["the libraries ran after the keys, not in turns with them, and made fewer"] };
}
