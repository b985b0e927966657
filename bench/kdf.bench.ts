/**
 * Key derivation: PBKDF2 with 100,000 iterations, one block of output and four, in steps as the user awaits it; and HKDF,
 * whose cost is that of the call. From inputs in JavaScript to bytes in the caller's hands, self-tests done before.
 */
import { loadCore } from "#keywright/load";
import { type Core, openCore } from "../src/core/core.ts";
import { hkdf } from "../src/derive/hkdf.ts";
import { pbkdf2 } from "../src/derive/pbkdf2.ts";
import { type HarnessOptions, type Implementation, type Kind, type Measured, measure, type Work } from "./harness.ts";
import {
  type KdfHash,
  type KdfInput,
  nativeHkdf,
  nativePbkdf2,
  nobleHkdf,
  noblePbkdf2,
  type Rival,
} from "./rivals/kdf.ts";

interface KdfWork {
  readonly hash: KdfHash;
  readonly length: number;
  readonly unit: "us" | "ms";
  /** HKDF has none. */
  readonly iterations?: number;
}

const table: Readonly<Record<string, KdfWork>> = {
  "PBKDF2-SHA-256, 100,000": { hash: "SHA-256", length: 32, unit: "ms", iterations: 100_000 },
  "PBKDF2-SHA-512, 100,000": { hash: "SHA-512", length: 64, unit: "ms", iterations: 100_000 },
  "PBKDF2-SHA-256, 100,000, 128 bytes": { hash: "SHA-256", length: 128, unit: "ms", iterations: 100_000 },
  "HKDF-SHA-256, 32 bytes": { hash: "SHA-256", length: 32, unit: "us" },
};

/** So many tell whether all compute the same; what is timed has more. */
const AGREED_ITERATIONS = 1000;

export const works = Object.keys(table);

const run = (length: number) => Uint8Array.from({ length }, (_, i) => i);
const input: KdfInput = { secret: run(32), salt: run(16), info: run(20) };

type Entrant = Rival & { readonly kind: Kind };

function entrants(core: Core, { hash, length, iterations }: KdfWork): Entrant[] {
  const { secret, salt, info } = input;
  if (iterations === undefined) {
    const derive = () => hkdf(core, { hash, ikm: secret, salt, info, length });
    return [
      { name: "keywright", kind: "keywright", derive },
      { ...nativeHkdf(hash, input, length), kind: "native" },
      { ...nobleHkdf(hash, input, length), kind: "javascript" },
    ];
  }
  const derive = () => pbkdf2(core, { hash, password: secret, salt, iterations, length });
  return [
    { name: "keywright", kind: "keywright", derive },
    { ...nativePbkdf2(hash, input, iterations, length), kind: "native" },
    { ...noblePbkdf2(hash, input, iterations, length), kind: "javascript" },
  ];
}

/** A wrong answer may be as fast as it likes: all must derive the same bytes before any is timed. */
export async function mustDeriveTheSame(rivals: readonly Rival[]): Promise<void> {
  const answers: (readonly [string, string])[] = [];
  for (const { name, derive } of rivals) answers.push([name, Array.from(await derive()).join()]);
  const [first] = answers;
  for (const [name, answer] of answers) {
    if (answer !== first?.[1]) throw new Error(`${name} and ${first?.[0]} derive different bytes from the same input`);
  }
}

async function prepare(work: string): Promise<Work> {
  const row = table[work];
  if (row === undefined) throw new RangeError(`work must be one of ${works.join("; ")}, got ${work}`);
  const core = openCore(await loadCore());
  const all = entrants(core, row);
  const few = row.iterations === undefined ? row : { ...row, iterations: AGREED_ITERATIONS };
  await mustDeriveTheSame(entrants(core, few));
  const implementations: Implementation[] = all.map(({ name, kind, derive }) => ({ name, kind, run: derive }));
  return { work, unit: row.unit, implementations };
}

/** Runs in the runtime that is measured. */
export async function measureKdf({
  work,
  options = {},
}: {
  work: string;
  options?: HarnessOptions;
}): Promise<Measured> {
  return measure(await prepare(work), options);
}
