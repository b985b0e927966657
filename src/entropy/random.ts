/**
 * Platform bytes for what is no key and has no generator at hand: bases of primality tests, salts, initialization vectors.
 * They pass the same health tests as the generator's, start-up included, so a platform that is stuck ends in an error.
 */
import type { Bytes } from "../bytes.ts";
import { STARTUP_SAMPLES } from "./cutoffs.ts";
import { HealthTests } from "./health.ts";
import { webCryptoSource } from "./web-crypto.ts";

/** `length` bytes. KeygenError "entropy-unavailable" or "entropy-failed". */
export function randomBytes(length: number): Bytes {
  const bytes = webCryptoSource.read(STARTUP_SAMPLES + length);
  try {
    new HealthTests().feed(bytes);
    return bytes.slice(STARTUP_SAMPLES);
  } finally {
    bytes.fill(0);
  }
}
