/** The algorithm of a request body, known or refused with the list of those that are. */
import { type AlgorithmName, algorithmNames, type Provider } from "#keywright";
import { registry } from "../../src/algorithms/registry.ts";
import { type RsaMethodName, rsaMethods } from "../../src/algorithms/rsa-methods.ts";
import { badField } from "../problem.ts";

const ofRsa = ["method", "lucas", "publicExponent"] as const;

interface RsaOptions {
  readonly method?: RsaMethodName;
  readonly lucas?: boolean;
  readonly publicExponent?: number;
  readonly provider?: Provider;
}

/** Throws for an option that the algorithm does not have, and for options that cannot both be meant. */
export function refuseOptionsOfRsa(name: AlgorithmName, options: RsaOptions): void {
  const { method, lucas, provider } = options;
  if (lucas === true && method !== undefined && rsaMethods[method].proved) {
    throw badField("/lucas", `wants primes that are probably prime, ${method} proves them`);
  }
  if (!name.startsWith("RSA")) {
    for (const field of ofRsa) {
      if (options[field] !== undefined) throw badField(`/${field}`, `is an option of RSA keys, got it for ${name}`);
    }
  }
  if (provider !== "platform") return;
  for (const field of ["method", "lucas"] as const) {
    if (options[field] === undefined) continue;
    throw badField(`/${field}`, "is an option of the core: a platform does not say how it makes primes");
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
