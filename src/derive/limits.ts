/**
 * The limits of key derivation as its standards state them, and our own, as data. What an organization or a date allows
 * (salts, iteration counts, strengths) is a matter of policy and not told here.
 */

/** The values that are taken, and the clause that says so. */
export interface Limit {
  readonly least: number;
  readonly most: number;
  readonly source: string;
}

const MAX_32_BITS = 2 ** 32 - 1;

/** Blocks of output, each as long as the output of the hash. */
export const blocks = {
  /** The counter is one byte. */
  hkdf: { least: 1, most: 255, source: "RFC 5869, 2.3" },
  oneStep: { least: 1, most: MAX_32_BITS, source: "SP 800-56C Rev. 2, 4.1" },
  /** In counter mode 2^r - 1 blocks, which `counterBlocks` gives. */
  counter: { least: 1, most: MAX_32_BITS, source: "SP 800-108 Rev. 1, 4.1" },
  feedback: { least: 1, most: MAX_32_BITS, source: "SP 800-108 Rev. 1, 4.2" },
  "double-pipeline": { least: 1, most: MAX_32_BITS, source: "SP 800-108 Rev. 1, 4.3" },
  pbkdf2: { least: 1, most: MAX_32_BITS, source: "RFC 8018, 5.2, step 1; SP 800-132, 5.3" },
} as const satisfies Readonly<Record<string, Limit>>;

/**
 * The same for a counter of r bits. Where a counter is optional 4.2 and 4.3 do not say that it may not wrap; a wrapped one
 * would be no counter, so it counts there too.
 */
export function counterBlocks(mode: "counter" | "feedback" | "double-pipeline", counterBits: number): Limit {
  const { least, most, source } = blocks[mode];
  return { least, most: counterBits === 0 ? most : 2 ** counterBits - 1, source };
}

/** Lengths of the counter that the modes of SP 800-108 Rev. 1 are validated with; 0 is none. */
export const counterLengths = { taken: [0, 8, 16, 24, 32], source: "SP 800-108 Rev. 1, 4" } as const;

/** c is a positive integer; the core counts in 32 bits. */
export const iterations: Limit = { least: 1, most: MAX_32_BITS, source: "RFC 8018, 5.2; SP 800-132, 5.3" };

/**
 * Bytes of what is secret. An empty key or shared secret has no strength to give. The standards say so of none; they
 * define Z and K_IN as secrets (the clauses below), and P as any octet string, so that here the rule is our own.
 */
export const secretLength = {
  z: { least: 1, most: 65_536, source: "SP 800-56C Rev. 2, 4.1 and 5.1" },
  keyIn: { least: 1, most: 65_536, source: "SP 800-108 Rev. 1, 4" },
  password: { least: 1, most: 65_536, source: "keywright; RFC 8018, 5.2 takes any" },
  key: { least: 1, most: 65_536, source: "SP 800-133 Rev. 2, 6.3" },
} as const satisfies Readonly<Record<string, Limit>>;

/** How keys may be combined. The greatest number of keys is our own. */
export const combination = {
  keys: { least: 1, most: 1024, source: "SP 800-133 Rev. 2, 6.3" },
  xor: "SP 800-133 Rev. 2, 6.3, option 2",
  extraction: "SP 800-133 Rev. 2, 6.3, option 3",
} as const;

/** Bytes of every other input, and of the output: what the core takes and gives in one call. */
export const callLength: Limit = { least: 0, most: 65_536, source: "keywright" };
