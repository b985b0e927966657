/** What holds of the copy that was wrapped before the key left. */
import type { Algorithm } from "../algorithms/algorithm.ts";
import { isAlgorithmName, registry } from "../algorithms/registry.ts";
import type { Hold } from "./hold.ts";
import type { Predicate } from "./record.ts";

/** What copies are wrapped to, RFC 7518, 4.3 and 4.6. */
const kindsOf: Readonly<Record<NonNullable<Predicate["recovery"]>["alg"], readonly string[]>> = {
  "RSA-OAEP-256": ["rsa"],
  "ECDH-ES+A256KW": ["ec", "okp"],
};

export function checkRecovery({ recovery, decision }: Predicate, row: Algorithm, hold: Hold): void {
  if (recovery === undefined) return;
  const { algorithm: name, strengthBits, alg } = recovery;
  const key = isAlgorithmName(name) ? registry[name] : undefined;
  hold(
    "recovery",
    key !== undefined && key.strengthBits === strengthBits && kindsOf[alg].includes(key.kind),
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
    warned === "category" in row,
    "a warning says where a copy is not safe from quantum computers",
  );
}
