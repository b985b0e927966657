/** Secret keys of components, one of which is drawn here. A bundle has this only if it is used. */
import type { AlgorithmName } from "./algorithms/registry.ts";
import { findAlgorithm } from "./algorithms/registry.ts";
import { combination } from "./derive/limits.ts";
import { askFor } from "./desk.ts";
import { checkCombination, combinedMaker } from "./generate/combined.ts";
import { deskOf, type Keygen } from "./keygen.ts";
import { makeKey } from "./make-key.ts";
import { defined, type Generated, refuseOtherProviders } from "./options.ts";
import type { CombineOptions } from "./seed-options.ts";

/**
 * A secret key of components by SP 800-133 Rev. 2, 6.3: one is drawn by `keygen`, as long as the key, the others are the
 * caller's, so that nobody's is trusted alone. Policy and errors are those of `generate`, and RangeError for what does not
 * combine.
 */
export async function combineKeys<A extends AlgorithmName>(
  keygen: Keygen,
  algorithm: A,
  options: CombineOptions,
): Promise<Generated<A>> {
  const desk = deskOf(keygen);
  const row = findAlgorithm(algorithm);
  const { method, keys, data, salt, ...rest } = options;
  const wish = { method, keys, ...defined({ data, salt }) };
  checkCombination(row, wish);
  refuseOtherProviders("keys of components", rest);
  const told = { method: combination[method], keys: keys.length + 1, data: data?.length ?? 0 };
  const states = askFor(desk, row, rest, { combination: told });
  return (await makeKey(desk, row, rest, states, () => combinedMaker(row, wish))) as Generated<A>; // the registry ties kind and name together
}
