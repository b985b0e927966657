/** The algorithm of a request body, known or refused with the list of those that are. */
import { type AlgorithmName, algorithmNames } from "#keywright";
import { badField } from "../problem.ts";

export function knownAlgorithm(name: string): AlgorithmName {
  const known = algorithmNames.find((candidate) => candidate === name);
  if (known === undefined) throw badField("/algorithm", `must be one of ${algorithmNames.join(", ")}`);
  return known;
}
