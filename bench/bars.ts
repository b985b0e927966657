/**
 * What must be reached, as data, shown beside the figures. Budgets fail a build; bars on timings do not, since a busy
 * machine must not.
 */
import type { Runtime } from "../test/support/runtimes.ts";
import budgets from "./budgets.json" with { type: "json" };
import type { Row } from "./row.ts";

export interface Bar {
  readonly work: string;
  readonly runtimes: readonly Runtime[];
  readonly of: "ratioToBestJs" | "ratioToNative" | "median";
  readonly atMost: number;
}

const everywhere: readonly Runtime[] = ["node", "chromium", "workerd"];

/** Ours / native, of the post-quantum keys: they were set against the OpenSSL of Node. */
const pqcBars: readonly (readonly [work: string, atMost: number])[] = [
  ["ML-KEM-512 key", 1],
  ["ML-KEM-768 key", 0.6],
  ["ML-KEM-1024 key", 0.6],
  ["ML-DSA-44 key", 1],
  ["ML-DSA-65 key", 0.5],
  ["ML-DSA-87 key", 0.5],
  ...["SHA2-192", "SHA2-256", "SHAKE-128", "SHAKE-192", "SHAKE-256"].flatMap((set) =>
    ["s", "f"].map((speed) => [`SLH-DSA-${set}${speed} key`, 1] as const),
  ),
  // Set on a CPU without SHA extensions, which the core cannot use and the native one does.
  ["SLH-DSA-SHA2-128s key", 0.25],
  ["SLH-DSA-SHA2-128f key", 0.25],
];

export const bars: readonly Bar[] = [
  { work: "HMAC_DRBG SHA-256, 64 KiB", runtimes: ["node"], of: "ratioToBestJs", atMost: 0.1 },
  { work: "HMAC_DRBG SHA-512, 64 KiB", runtimes: ["node"], of: "ratioToBestJs", atMost: 0.07 },
  { work: "HMAC_DRBG SHA-256, 32 bytes", runtimes: ["node"], of: "ratioToBestJs", atMost: 0.2 },
  // On a CPU without SHA extensions; see the notes of the subject.
  { work: "PBKDF2-SHA-256, 100,000", runtimes: ["node"], of: "ratioToNative", atMost: 1.2 },
  { work: "PBKDF2-SHA-512, 100,000", runtimes: ["node"], of: "ratioToNative", atMost: 1.2 },
  { work: "openKeygen", runtimes: everywhere, of: "median", atMost: 10 },
  { work: "openKeygen, again", runtimes: everywhere, of: "median", atMost: 10 },
  ...["RSA-2048 key", "RSA-3072 key", "RSA-4096 key"].flatMap((work) => [
    { work, runtimes: ["chromium"] as const, of: "ratioToNative" as const, atMost: 0.45 },
    { work, runtimes: ["node", "workerd"] as const, of: "ratioToNative" as const, atMost: 0.5 },
  ]),
  ...["RSA-2048", "RSA-3072", "RSA-4096"].map((name) => ({
    work: `${name} key, without FMA`,
    runtimes: everywhere,
    of: "ratioToNative" as const,
    atMost: 1.7,
  })),
  // Held against generate(), as our own library cannot be its rival.
  { work: "RSA-2048 generateFromSeed()", runtimes: everywhere, of: "ratioToBestJs", atMost: 1.5 },
  ...pqcBars.map(([work, atMost]) => ({ work, runtimes: ["node"] as const, of: "ratioToNative" as const, atMost })),
  // P-256: the bar is meant for processors without SHA extensions.
  { work: "P-256 key", runtimes: everywhere, of: "ratioToNative", atMost: 0.6 },
  ...["P-384 key", "P-521 key"].map((work) => ({
    work,
    runtimes: everywhere,
    of: "ratioToNative" as const,
    atMost: 0.25,
  })),
  ...["Ed25519 key", "X25519 key"].map((work) => ({
    work,
    runtimes: everywhere,
    of: "ratioToNative" as const,
    atMost: 0.5,
  })),
  ...["P-224 key", "secp256k1 key", "Ed448 key", "X448 key"].map((work) => ({
    work,
    runtimes: ["node"] as const,
    of: "ratioToNative" as const,
    atMost: 1,
  })),
  // In bulk against one by one: 1.5 times as many keys.
  ...["AES-256", "Ed25519", "P-256", "ML-KEM-768"].map((name) => ({
    work: `${name}, key and record`,
    runtimes: everywhere,
    of: "ratioToBestJs" as const,
    atMost: 0.667,
  })),
  ...Object.entries(budgets).map(([work, atMost]) => ({ work, runtimes: everywhere, of: "median" as const, atMost })),
];

/** The bar on our own row, if there is one for this work in this runtime. */
export function barOf(row: Row): Bar | undefined {
  if (row.implementation !== "keywright") return undefined;
  return bars.find(({ work, runtimes }) => work === row.work && runtimes.includes(row.runtime));
}

/** A value that is missing meets no bar. */
export function meets(row: Row, { of, atMost }: Bar): boolean {
  const value = row[of];
  return value !== null && value <= atMost;
}
