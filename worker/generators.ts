/**
 * The generators of this isolate, one for each environment, tenant and scope. They are opened while a request is
 * handled, since Workers draw no randomness before; an opening that failed is not kept.
 */
import { type Keygen, openKeygen, webCrypto } from "#keywright";
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
let searches = 0;

/** Runs `search` if few others wait; a client that went away does not end its search, so their number is bounded. */
export async function searching<T>(search: () => Promise<T>): Promise<T> {
  if (searches >= MAX_SEARCHES) {
    throw new Problem(503, `${MAX_SEARCHES} searches for primes are waiting already`, {}, { "retry-after": "10" });
  }
  searches++;
  try {
    return await search();
  } finally {
    searches--;
  }
}
