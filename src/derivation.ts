/** Bytes from secrets by an instance: decided by its policy, computed in its core. A bundle has this only if it is used. */
import type { Bytes } from "./bytes.ts";
import { type Derivation, type DerivationName, type DeriveOptions, readDerivation } from "./derive/derive.ts";
import { coreOf, type Desk, orEnd } from "./desk.ts";
import { deskOf, type Keygen } from "./keygen.ts";
import type { Decision } from "./policy/decide.ts";
import { decideDerivation } from "./policy/derivation.ts";
import { PolicyRefusal } from "./policy/refusal.ts";

/**
 * Bytes from a secret, `length` of them, by the derivation of that name; the caller owns and wipes them. PolicyRefusal when
 * the policy does not allow it, RangeError beyond the limits of the standard, the signal's reason when aborted.
 */
export async function derive<N extends DerivationName>(
  keygen: Keygen,
  name: N,
  options: DeriveOptions<N>,
): Promise<Bytes> {
  const desk = deskOf(keygen);
  const refuseIfEnded = (): void => desk.refuseIfEnded();
  refuseIfEnded();
  const derivation = readDerivation(name, options);
  const decision = decideOn(desk, name, derivation);
  if (!decision.allowed) throw new PolicyRefusal(name, decision);
  return await orEnd(desk, () => derivation.run(desk.core, refuseIfEnded));
}

/** What the policy of `keygen` says of such a derivation now, without one. */
export function derivationDecision<N extends DerivationName>(
  keygen: Keygen,
  name: N,
  options: DeriveOptions<N>,
): Decision {
  return decideOn(deskOf(keygen), name, readDerivation(name, options));
}

function decideOn(desk: Desk, name: DerivationName, { facts }: Derivation): Decision {
  const { environment } = desk.owner;
  return decideDerivation(desk.policy, { environment, ...coreOf(desk), derivation: name, ...facts }, desk.now());
}
