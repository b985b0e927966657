/**
 * The generators of this isolate, one for each environment, tenant and scope. They are opened while a request is
 * handled, since Workers draw no randomness before; an opening that failed is not kept.
 */
import { type AlgorithmName, type Keygen, openKeygen, webCrypto } from "#keywright";
import { registry } from "../src/algorithms/registry.ts";
import type { Config } from "./config.ts";
import { Problem } from "./problem.ts";

const opened = new Map<string, Promise<Keygen>>();

export function generatorFor(
  { environment, tenant, policy, jurisdiction }: Config,
  scope: "tenant" | "system",
): Promise<Keygen> {
  const owner = JSON.stringify([environment, tenant, scope]);
  let keygen = opened.get(owner);
  if (keygen === undefined) {
    keygen = openKeygen({
      policy,
      environment,
      tenant,
      scope,
      platform: webCrypto,
      ...(jurisdiction === undefined ? {} : { jurisdiction }),
    });
    opened.set(owner, keygen);
    keygen.catch(() => opened.delete(owner));
  }
  return keygen;
}

/** A generator that closed itself is dropped, so that the next request opens a new one. */
export function dropGenerator({ environment, tenant }: Config, scope: "tenant" | "system"): void {
  opened.delete(JSON.stringify([environment, tenant, scope]));
}

/** How many searches may wait for each other in one isolate before callers are sent away. */
const MAX_SEARCHES = 8;
const searches = new Set<{ readonly name: AlgorithmName }>();

/** A search for the longest modulus on a small machine: an estimate, since nobody knows when a search ends. */
const LONGEST_SECONDS = 10;
const LONGEST_BITS = 8192;
/** SLH-DSA, whatever the parameter set: less than this. */
const TREE_SECONDS = 5;

/** A search looks at a number of candidates that grows with the length, by a power that costs its cube. */
function secondsOf(name: AlgorithmName): number {
  const row = registry[name];
  return row.kind === "rsa" ? LONGEST_SECONDS * (row.modulusBits / LONGEST_BITS) ** 4 : TREE_SECONDS;
}

/**
 * Runs `search` if few others wait. A client that went away does not end its search, so their number is bounded: workerd,
 * as served locally, tells of no disconnect, not even with the compatibility flag `enable_request_signal`. They take turns, so
 * whoever is sent away is told how long all of them need.
 */
export async function searching<T>(name: AlgorithmName, search: () => Promise<T>): Promise<T> {
  if (searches.size >= MAX_SEARCHES) {
    const seconds = [...searches].reduce((sum, waiting) => sum + secondsOf(waiting.name), 0);
    const headers = { "retry-after": String(Math.ceil(seconds)) };
    throw new Problem(503, `${MAX_SEARCHES} searches for primes are waiting already`, {}, headers);
  }
  const mine = { name };
  searches.add(mine);
  try {
    return await search();
  } finally {
    searches.delete(mine);
  }
}
