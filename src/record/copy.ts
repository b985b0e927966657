/** What holds of the copy that was wrapped before the key left. */
import type { Algorithm } from "../algorithms/algorithm.ts";
import { breaksByQuantum, recoveryAlgOf } from "../algorithms/recovery.ts";
import { isAlgorithmName, registry } from "../algorithms/registry.ts";
import type { Hold } from "./hold.ts";
import type { Predicate } from "./record.ts";

export function checkRecovery(predicate: Predicate, row: Algorithm, hold: Hold): void {
  const { recovery, decision } = predicate;
  if (recovery === undefined) return;
  const isKept = predicate.provider === "platform" && predicate.checked === "public";
  hold("recovery", !isKept && row.formats.includes("jwk"), "nobody wraps a key that is not read, or has no JWK");
  const { algorithm: name, strengthBits, alg } = recovery;
  const key = isAlgorithmName(name) ? registry[name] : undefined;
  hold(
    "recovery",
    key !== undefined && key.strengthBits === strengthBits && recoveryAlgOf(key) === alg,
    `${name} keys of ${strengthBits} bits are not what copies are wrapped to by ${alg}`,
  );
  hold(
    "recovery-strength",
    strengthBits >= row.strengthBits,
    `${row.name} has ${row.strengthBits} bits of strength, the key that its copy is wrapped to ${strengthBits}`,
  );
  const warned = decision.warnings.some(({ id }) => id === "policy/recovery-quantum");
  hold(
    "recovery-warning",
    warned !== breaksByQuantum(row),
    "a warning says where a copy is not safe from quantum computers",
  );
}
