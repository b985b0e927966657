/** What could be asked for instead of a key that cannot be had: what the policy recommends for the same use. */
import { type Algorithm, isKeyPair } from "../algorithms/algorithm.ts";
import { type AlgorithmName, findAlgorithm } from "../algorithms/registry.ts";
import { KeygenError } from "../errors.ts";
import { recommend } from "./decide.ts";
import type { Policy } from "./policy.ts";
import type { PolicyRequest } from "./request.ts";

const MOST = 3;

/** The error for a key that a provider or a runtime does not have. */
export function cannotServe(
  by: "provider" | "runtime",
  why: string,
  { name: algorithm }: Algorithm,
  alternatives: readonly string[],
  cause?: unknown,
): KeygenError {
  const instead = alternatives.join(", ");
  const use = instead === "" ? "the policy allows nothing else for it" : `use ${instead}`;
  const message = `the ${by} cannot serve ${algorithm}: ${why}; ${use}`;
  return new KeygenError("algorithm-unsupported", message, { by, algorithm, instead }, { cause });
}

/** At most three, best first: with or without a public half as was asked, and for a purpose that was asked or could be. */
export function alternatives(
  policy: Policy,
  request: PolicyRequest,
  now: Date,
  isServed: (row: Algorithm) => boolean = () => true,
): readonly AlgorithmName[] {
  const asked = findAlgorithm(request.algorithm);
  const purposes: readonly string[] = request.purpose === undefined ? asked.purposes : [request.purpose];
  const fits = (name: AlgorithmName): boolean => {
    const row = findAlgorithm(name);
    const isOther = name !== asked.name && isKeyPair(row) === isKeyPair(asked);
    return isOther && row.purposes.some((purpose) => purposes.includes(purpose)) && isServed(row);
  };
  return recommend(policy, request, now).algorithms.filter(fits).slice(0, MOST);
}
