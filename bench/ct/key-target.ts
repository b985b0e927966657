/**
 * The whole of what the product's own core does with two primes that stand: derivation, criteria, and the pairwise test,
 * whose exponentiations have d, dP and dQ for exponents. One key in one class, others in the other, all of Node's making.
 */
import { generateKeyPairSync } from "node:crypto";
import { loadCore } from "#keywright/load";
import { type Core, openCore } from "../../src/core/core.ts";
import { RSA_STEP_WORK, rsaBeginGiven, rsaEnd, rsaProgress, rsaStep } from "../../src/core/rsa.ts";
import { HmacDrbg } from "../../src/drbg/hmac-drbg.ts";
import type { SecretClass, Target } from "./targets.ts";

const BITS = 2048;
const KEYS = 16;

interface Primes {
  readonly p: Uint8Array;
  readonly q: Uint8Array;
}

function makePrimes(): Primes {
  const { p = "", q = "" } = generateKeyPairSync("rsa", { modulusLength: BITS }).privateKey.export({ format: "jwk" });
  return { p: Buffer.from(p, "base64url"), q: Buffer.from(q, "base64url") };
}

/** Goes on until both primes have passed their tests, unit by unit, so that nothing of what follows is done. */
function passPrimes(core: Core): void {
  for (let { phase } = rsaProgress(core); phase === "p" || phase === "q"; { phase } = rsaProgress(core))
    rsaStep(core, 1);
}

export async function keyTarget(): Promise<Target> {
  const core = openCore(await loadCore());
  const entropy = crypto.getRandomValues(new Uint8Array(48));
  const drbg = HmacDrbg.instantiate(core, { hash: "SHA-512", strengthBits: 256, entropy });
  const fixed = makePrimes();
  const random = Array.from({ length: KEYS }, makePrimes);
  const keys: Readonly<Record<SecretClass, readonly Primes[]>> = { fixed: random.map(() => ({ ...fixed })), random };
  let turn = 0;
  return {
    name: `RSA-${BITS}, derivation and pairwise test: one key or ${KEYS} others`,
    expect: "unknown",
    share: 0.25,
    prepare(which) {
      rsaEnd(core);
      const { p, q } = keys[which][turn++ % KEYS] ?? fixed;
      const strength = { bases: drbg.pointer, strengthBits: 112, modulusBits: BITS, millerRabinRounds: 1 };
      rsaBeginGiven(core, { ...strength, p, q });
      passPrimes(core);
    },
    run() {
      while (!rsaStep(core, RSA_STEP_WORK));
    },
  };
}
