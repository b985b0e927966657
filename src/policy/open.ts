/**
 * The profile `open`: no authority's list of algorithms. It allows whatever this library makes, also what NIST has not
 * approved (secp256k1, X25519, X448, ChaCha20-Poly1305), and keeps what holds for any key: enough strength, the right
 * purpose, a generator that is as strong as the key.
 */
import { openDerivations } from "./derivation-rules.ts";
import { drbgCoversKey, purposeFits, strength112 } from "./nist.ts";
import type { Profile } from "./rule.ts";

export const open: Profile = {
  id: "open",
  title: "Any algorithm of this library, with at least 112 bits of strength",
  population: "nobody is bound; for keys that no authority's list covers",
  rules: [strength112, purposeFits, drbgCoversKey],
  derivations: openDerivations,
};
