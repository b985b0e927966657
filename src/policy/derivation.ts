/**
 * The decision on a derivation: pure, as that on a key, by the rules that profiles have for derivations and by what the
 * document says of them. It asks for lengths, counts and names, and for no secret.
 */
import { splitDerivation } from "../derive/names.ts";
import type { Decision } from "./decide.ts";
import { checkCall, findBroken } from "./findings.ts";
import { askDerivation } from "./own-derivations.ts";
import type { Policy } from "./policy.ts";
import { checkDerivationRequest, type DerivationRequest } from "./request.ts";
import { hashNames } from "./schema.ts";

/** What the policy says of such a derivation on the day of `now`. Nothing is owed for one, so it has no obligations. */
export function decideDerivation(policy: Policy, request: DerivationRequest, now: Date): Decision {
  const today = checkCall(policy, now);
  checkDerivationRequest(request);
  const { purpose, keyBits, iterations, saltBits, outputBits, derivation } = request;
  const named = splitDerivation(derivation, hashNames);
  const facts = {
    ...named,
    derivation,
    purpose,
    keyBits,
    iterations,
    saltBits,
    outputBits,
    today,
  };
  const own = askDerivation(policy, request, facts);
  const { broken, warnings } = findBroken(policy, own, ({ derivations }) => derivations, facts);
  const { id, version, digest, approval } = policy;
  return {
    allowed: broken.length === 0,
    broken,
    warnings,
    obligations: [],
    policy: { id, version, digest, approved: approval !== undefined },
  };
}
