/** What a policy document says of derivations by itself, next to the rules of its profiles. */
import { purposes } from "../algorithms/algorithm.ts";
import { askApproval, askProvider, type OwnFinding } from "./own-rules.ts";
import type { Policy } from "./policy.ts";
import type { DerivationRequest } from "./request.ts";
import type { DerivationFacts } from "./rule.ts";

export function* askDerivation(
  policy: Policy,
  request: DerivationRequest,
  facts: DerivationFacts,
): Generator<OwnFinding> {
  const { today, purpose, kdf, hash, keyBits = Number.POSITIVE_INFINITY, saltBits, iterations = 0 } = facts;
  yield* askApproval(policy, request, today);
  yield* askProvider(policy, request, today);
  const known: readonly string[] = policy.purposes ?? purposes;
  if (purpose === undefined ? policy.purposes !== undefined : !known.includes(purpose)) {
    const why = `the purpose must be one of ${known.join(", ")}, got ${purpose?.slice(0, 60) ?? "none"}`;
    yield { id: "purpose", field: "purposes", why };
  }
  const { functions, hashes, minKeyBits = 0, pbkdf2 } = policy.derivations ?? {};
  if (functions !== undefined && !functions.includes(kdf)) {
    const why = `the function must be one of ${functions.join(", ")}, got ${kdf}`;
    yield { id: "derivation-function", field: "derivations.functions", why };
  }
  const taken: readonly string[] | undefined = hashes;
  if (taken !== undefined && !taken.includes(hash)) {
    const why = `the hash must be one of ${taken.join(", ")}, got ${hash}`;
    yield { id: "derivation-hash", field: "derivations.hashes", why };
  }
  if (keyBits < minKeyBits) {
    const why = `a key that others are derived from must have at least ${minKeyBits} bits, got ${keyBits}`;
    yield { id: "derivation-key", field: "derivations.minKeyBits", why };
  }
  if (kdf !== "PBKDF2-HMAC" || pbkdf2 === undefined) return;
  const { minSaltBits = 0, minIterations = [] } = pbkdf2;
  if (saltBits < minSaltBits) {
    const why = `the salt must have at least ${minSaltBits} bits, got ${saltBits}`;
    yield { id: "pbkdf2-salt", field: "derivations.pbkdf2.minSaltBits", why };
  }
  const floor = minIterations.filter(({ from }) => from <= today).at(-1); // in order, as the policy was read
  if (floor !== undefined && iterations < floor.iterations) {
    const why = `there must be at least ${floor.iterations} iterations from ${floor.from} on, got ${iterations}`;
    yield { id: "pbkdf2-iterations", field: "derivations.pbkdf2.minIterations", why };
  }
}
