/** Keys that other keys are wrapped to on their way: a wrapped key is as safe as what it is wrapped to. */
import { ecAlgorithms } from "./ec.ts";

/** The shortest curve for ECDH-ES (RFC 7518, 4.6) that is no weaker than a key of `strengthBits`. */
export function wrappingCurve({ strengthBits }: { readonly strengthBits: number }): "P-256" | "P-384" | "P-521" {
  const curves = ["P-256", "P-384", "P-521"] as const;
  const fit = curves.find((name) => ecAlgorithms[name].strengthBits >= strengthBits);
  if (fit === undefined) throw new RangeError(`no curve has ${strengthBits} bits of strength`);
  return fit;
}
