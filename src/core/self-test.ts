/** The known-answer tests that an instance has passed and the kernel that they chose, by the names that records use. */
import type { Core } from "./core.ts";
import { curveFacts, ecCurves } from "./ec.ts";
import { hashNames } from "./hash.ts";
import { mlDsaNames } from "./ml-dsa.ts";
import { mlKemNames } from "./ml-kem.ts";
import { okpNames } from "./okp.ts";
import { shakeNames } from "./shake.ts";
import { X_WING } from "./x-wing.ts";

const kinds = ["", "HMAC-", "HMAC_DRBG-"] as const;
/** The parameter set whose key each of the three tests makes: SHA-256 alone, SHA-256 with SHA-512, SHAKE256. */
const slhDsaTests = ["SLH-DSA-SHA2-128f", "SLH-DSA-SHA2-192f", "SLH-DSA-SHAKE-128f"] as const;

/** In the order of the core's bits, see `self-test/kdf.ts`. */
const derivationTests = ["KDF-expansion", "PBKDF2"] as const;

/** `SHA-512`, `HMAC-SHA-512`, `HMAC_DRBG-SHA-512`, ...: in the order of the core's bits, see `self-test/known-answer.ts`. */
export function selfTestsPassed(core: Core): string[] {
  const bits = core.exports.selfTestsPassed();
  const names = hashNames.flatMap((hash) => kinds.map((kind) => `${kind}${hash}`));
  const passed = names.filter((_, i) => ((bits >>> i) & 1) === 1);
  const { exports } = core;
  const among = (all: readonly string[], mask: number) => all.filter((_, i) => ((mask >>> i) & 1) === 1);
  const curves = ecCurves.filter((curve) => ((exports.ecSelfTestsPassed() >>> curveFacts(curve).id) & 1) === 1);
  return [
    ...passed,
    ...among(derivationTests, exports.kdfSelfTestsPassed()),
    ...among(shakeNames, exports.shakeSelfTestPassed()),
    ...(exports.rsaSelfTestPassed() === 1 ? ["RSA-exponentiation"] : []),
    ...curves.map((curve) => `EC-${curve}`),
    ...among(okpNames, exports.okpSelfTestPassed()),
    ...among(mlKemNames, exports.mlKemSelfTestPassed()),
    ...among(mlDsaNames, exports.mlDsaSelfTestPassed()),
    ...(exports.xWingSelfTestPassed() === 1 ? [X_WING] : []),
    ...among(slhDsaTests, exports.slhSelfTestPassed()),
  ];
}

/** By the numbers of the core: one number at a time, two by fused operations, two by doubles that are never rounded. */
const kernels = ["integer", "fma", "double"] as const;

/** Which kernel the instance raises to powers with: chosen by known answers in the instance itself. */
export function kernelName(core: Core): (typeof kernels)[number] {
  const name = kernels[core.exports.kernel()];
  if (name === undefined) throw new RangeError("the core has a kernel that this library does not know");
  return name;
}
