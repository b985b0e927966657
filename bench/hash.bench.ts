/**
 * Hashes and HMAC: a whole message of 64 KiB, which is throughput, or of 64 bytes, which is the cost of a call; from bytes in
 * JavaScript to a digest in the caller's hands.
 */
import { loadCore } from "#keywright/load";
import { type Core, openCore } from "../src/core/core.ts";
import { hash } from "../src/core/hash.ts";
import { hmac } from "../src/core/hmac.ts";
import { shake } from "../src/core/shake.ts";
import { type HarnessOptions, type Implementation, type Kind, type Measured, measure, type Work } from "./harness.ts";
import {
  type BenchHash,
  type BenchXof,
  type HashInput,
  isXof,
  nativeHash,
  nobleHash,
  type Rival,
  XOF_LENGTH,
} from "./rivals/hash.ts";

export interface HashWork extends HashInput {
  readonly name: BenchHash | BenchXof;
}

const bytes = (length: number) => Uint8Array.from({ length }, (_, i) => i);
const key = bytes(32);
const lengths = { "64 KiB": 65_536, "64 bytes": 64 } as const;

const rows: readonly (readonly [what: string, Omit<HashWork, "message">])[] = [
  ...(["SHA-256", "SHA-512", "SHA3-256", "SHA3-512", "SHAKE128", "SHAKE256"] as const).map(
    (name) => [name, { name }] as const,
  ),
  ...(["SHA-256", "SHA-512"] as const).map((name) => [`HMAC-${name}`, { name, key }] as const),
];

const table: Readonly<Record<string, HashWork>> = Object.fromEntries(
  Object.entries(lengths).flatMap(([size, length]) =>
    rows.map(([what, row]) => [`${what}, ${size}`, { ...row, message: bytes(length) }]),
  ),
);

export const works = Object.keys(table);

function ours(core: Core, { name, message, key }: HashWork): Rival {
  const digest = () => {
    if (isXof(name)) return shake(core, name, XOF_LENGTH, message);
    return key === undefined ? hash(core, name, message) : hmac(core, name, key, message);
  };
  return { name: "keywright", digest };
}

/** A wrong answer may be as fast as it likes: all must come to the same digest before any is timed. */
export async function mustHashTheSame(rivals: readonly Rival[]): Promise<void> {
  const answers: (readonly [string, string])[] = [];
  for (const { name, digest } of rivals) answers.push([name, Array.from(await digest()).join()]);
  const [first] = answers;
  for (const [name, answer] of answers) {
    if (answer !== first?.[1]) throw new Error(`${name} and ${first?.[0]} come to different digests of one message`);
  }
}

/** Another library in JavaScript that takes part, or undefined if it cannot do the work here. */
export type Guest = (work: HashWork) => Promise<Rival | undefined>;

async function prepare(work: string, guest: Guest): Promise<Work> {
  const row = table[work];
  if (row === undefined) throw new RangeError(`work must be one of ${works.join("; ")}, got ${work}`);
  const native = await nativeHash(row.name, row);
  const other = await guest(row);
  const all: (readonly [Rival, Kind])[] = [
    [ours(openCore(await loadCore()), row), "keywright"],
    ...(native === undefined ? [] : [[native, "native"] as const]),
    [nobleHash(row.name, row), "javascript"],
    ...(other === undefined ? [] : [[other, "javascript"] as const]),
  ];
  await mustHashTheSame(all.map(([rival]) => rival));
  const implementations: Implementation[] = all.map(([{ name, digest }, kind]) => ({ name, kind, run: digest }));
  return { work, unit: "us", implementations };
}

interface Call {
  readonly work: string;
  readonly options?: HarnessOptions;
}

export async function measureHashWith({ work, options = {} }: Call, guest: Guest): Promise<Measured> {
  return measure(await prepare(work, guest), options);
}

/** Runs in the runtime that is measured. */
export function measureHash(call: Call): Promise<Measured> {
  return measureHashWith(call, async () => undefined);
}
