/** `keywright` in Workers: the same names, with the core compiled at deployment. */
import { loadCore } from "./core/load-workerd.ts";
import { type Keygen, openKeygenWith } from "./keygen.ts";
import type { KeygenOptions } from "./options.ts";

export * from "./names.ts";

/**
 * Opens a generator for one environment, tenant and scope. Throws KeygenError "policy-invalid" for a bad policy,
 * "wasm-unavailable" or "entropy-unavailable" where the platform lacks what it needs, "self-test-failed" or
 * "entropy-failed" when a test fails.
 */
export function openKeygen(options: KeygenOptions): Promise<Keygen> {
  return openKeygenWith({ load: loadCore }, options);
}
