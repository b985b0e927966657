/** The known-answer tests that an instance has passed and the kernel that they chose, by the names that records use. */
import type { Core } from "./core.ts";
import { curveFacts, ecCurves } from "./ec.ts";
import { hashNames } from "./hash.ts";

const kinds = ["", "HMAC-", "HMAC_DRBG-"] as const;

/** In the order of the core's bits, see `self-test/kdf.ts`. */
const derivationTests = ["KDF-expansion", "PBKDF2"] as const;

/** `SHA-512`, `HMAC-SHA-512`, `HMAC_DRBG-SHA-512`, ...: in the order of the core's bits, see `self-test/known-answer.ts`. */
export function selfTestsPassed(core: Core): string[] {
  const bits = core.exports.selfTestsPassed();
  const names = hashNames.flatMap((hash) => kinds.map((kind) => `${kind}${hash}`));
  const passed = names.filter((_, i) => ((bits >>> i) & 1) === 1);
  const derivations = core.exports.kdfSelfTestsPassed();
  const ecBits = core.exports.ecSelfTestsPassed();
  const curves = ecCurves.filter((curve) => ((ecBits >>> curveFacts(curve).id) & 1) === 1);
  return [
    ...passed,
    ...derivationTests.filter((_, i) => ((derivations >>> i) & 1) === 1),
    ...(core.exports.rsaSelfTestPassed() === 1 ? ["RSA-exponentiation"] : []),
    ...curves.map((curve) => `EC-${curve}`),
  ];
}

/** Which kernel the instance raises to powers with: chosen by known answers in the instance itself. */
export function kernelName(core: Core): "integer" | "fma" {
  return core.exports.kernel() === 1 ? "fma" : "integer";
}
