/**
 * HMAC_DRBG, the bare mechanism: one request of 64 KiB (the most that SP 800-90A Rev. 1, Table 2 allows) or 32 bytes from
 * an instance that is seeded and tested, without additional input, bytes in the caller's hands at the end.
 */
import { loadCore } from "#keywright/load";
import { openCore } from "../src/core/core.ts";
import { HmacDrbg } from "../src/drbg/hmac-drbg.ts";
import { type HarnessOptions, type Implementation, type Kind, type Measured, measure, type Work } from "./harness.ts";
import { type DrbgHash, type Generate, nativeDrbg, nobleDrbg, packageDrbg } from "./rivals/drbg.ts";

interface DrbgWork {
  readonly hash: DrbgHash;
  readonly length: number;
  readonly unit: "us" | "ms";
}

const table: Readonly<Record<string, DrbgWork>> = {
  "HMAC_DRBG SHA-256, 64 KiB": { hash: "SHA-256", length: 65_536, unit: "ms" },
  "HMAC_DRBG SHA-512, 64 KiB": { hash: "SHA-512", length: 65_536, unit: "ms" },
  "HMAC_DRBG SHA-256, 32 bytes": { hash: "SHA-256", length: 32, unit: "us" },
};

export const works = Object.keys(table);

/** Any 48 bytes will do: the seed decides what comes, not how fast. */
const seed = Uint8Array.from({ length: 48 }, (_, i) => i);

async function keywrightDrbg(hash: DrbgHash): Promise<Generate> {
  const core = openCore(await loadCore());
  const drbg = HmacDrbg.instantiate(core, { hash, strengthBits: 256, entropy: seed, reseedInterval: 2 ** 48 });
  return (length) => drbg.generate(length);
}

/** A wrong answer may be as fast as it likes: from one seed, all must draw the same bytes before any is timed. */
export function mustAgree(generators: readonly (readonly [string, Generate])[], length: number): void {
  const answers = generators.map(
    ([name, generate]) => [name, [...Array.from(generate(length)), ...Array.from(generate(length))].join()] as const,
  );
  const [first] = answers;
  for (const [name, answer] of answers) {
    if (answer !== first?.[1]) throw new Error(`${name} and ${first?.[0]} draw different bytes from one seed`);
  }
}

async function prepare(work: string): Promise<Work> {
  const row = table[work];
  if (row === undefined) throw new RangeError(`work must be one of ${works.join("; ")}, got ${work}`);
  const { hash, length, unit } = row;
  const native = nativeDrbg(hash, seed);
  const generators: (readonly [string, Kind, Generate])[] = [
    ["keywright", "keywright", await keywrightDrbg(hash)],
    ...(native === undefined ? [] : ([["node:crypto createHmac", "native", native]] as const)),
    ["@noble/hashes hmac", "javascript", nobleDrbg(hash, seed)],
    ["hmac-drbg", "javascript", packageDrbg(hash, seed)],
  ];
  mustAgree(
    generators.map(([name, , generate]) => [name, generate] as const),
    100,
  );
  const implementations: Implementation[] = generators.map(([name, kind, generate]) => ({
    name,
    kind,
    run: () => generate(length),
  }));
  return { work, unit, implementations };
}

/** Runs in the runtime that is measured. */
export async function measureDrbg({
  work,
  options = {},
}: {
  work: string;
  options?: HarnessOptions;
}): Promise<Measured> {
  return measure(await prepare(work), options);
}
