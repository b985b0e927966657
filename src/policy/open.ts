/**
 * The profile `open`: no authority's list of algorithms. It allows whatever this library makes, also what NIST has not
 * approved (secp256k1, X25519, X448, ChaCha20-Poly1305) or nobody has (X-Wing), and keeps what holds for any key: enough strength, the right
 * purpose, a generator that is as strong as the key.
 */
import { openDerivations } from "./derivation-rules.ts";
import { drbgCoversKey, purposeFits, strength112 } from "./nist.ts";
import type { Profile, Rule } from "./rule.ts";

const draftMayChange: Rule = {
  id: "draft",
  source: "RFC 2026, 2.2: an Internet-Draft may be changed or withdrawn at any time",
  state: "recommended-against",
  verified: "secondary",
  subject: "algorithm",
  holds: ({ algorithm }) => algorithm.status !== "draft",
  why: ({ algorithm }) => `${algorithm.name} is made by a draft (${algorithm.standard}), and the next one may differ`,
};

export const open: Profile = {
  id: "open",
  title: "Any algorithm of this library, with at least 112 bits of strength",
  population: "nobody",
  rules: [strength112, purposeFits, drbgCoversKey, draftMayChange],
  derivations: openDerivations,
};
