/** The algorithm of a request body, known or refused with the list of those that are. */
import { type AlgorithmName, algorithmNames } from "#keywright";
import { registry } from "../../src/algorithms/registry.ts";
import { badField } from "../problem.ts";

/** Throws for an option that the algorithm does not have. */
export function refuseOptionsOfRsa(name: AlgorithmName, options: { method?: unknown; publicExponent?: unknown }): void {
  if (name.startsWith("RSA")) return;
  for (const field of ["method", "publicExponent"] as const) {
    if (options[field] !== undefined) throw badField(`/${field}`, `is an option of RSA keys, got it for ${name}`);
  }
}

/** Keys leave this service as JWK, inside a JWE; not every curve has a name there (RFC 7518, 6.2.1.1). */
export function refuseWithoutJwk(name: AlgorithmName): void {
  const formats: readonly string[] = registry[name].formats;
  if (!formats.includes("jwk"))
    throw badField("/algorithm", `${name} has no form as JWK, in which this service answers`);
}

export function knownAlgorithm(name: string): AlgorithmName {
  const known = algorithmNames.find((candidate) => candidate === name);
  if (known === undefined) throw badField("/algorithm", `must be one of ${algorithmNames.join(", ")}`);
  return known;
}
