/** The numbers of the health tests (SP 800-90B, 4.4) for H = 8 bits a byte and alpha = 2^-40. Records state them. */

/** 1 + ceil(-log2(alpha) / H) = 1 + 40 / 8. */
export const REPETITION_CUTOFF = 6;
/** Window for alphabets larger than two. */
export const PROPORTION_WINDOW = 512;
/** 1 + CRITBINOM(512, 2^-8, 1 - 2^-40); `test/negative/entropy-health.test.ts` computes it exactly. */
export const PROPORTION_CUTOFF = 19;
/** Start-up samples, 4.3 item 4: tested, then discarded. */
export const STARTUP_SAMPLES = 1024;
