/** The Lucas test of a number that passes: what it does must not tell which prime it is, nor which D it chose. */
import { generatePrimeSync } from "node:crypto";
import type { InnerCore } from "../core.ts";
import { BITS, BYTES, LIMBS, picker, pools, type Target } from "./targets.ts";

const PRIME = 0;
/** As many others as there are in the class that varies. */
const PRIMES = 16;

/** Little-endian. */
function prime(): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(generatePrimeSync(BITS)).reverse();
  if (bytes.length !== BYTES) throw new Error("a prime of another length");
  return bytes;
}

export function lucasTarget({ core, call, operand }: InnerCore): Target {
  const memory = new Uint8Array(core.memory.buffer);
  const others = Array.from({ length: PRIMES }, prime);
  let next = 0;
  const primes = picker(pools(prime(), () => (others[next++ % PRIMES] ?? prime()).slice()));
  const test = () => call("lucasAll", operand(PRIME), LIMBS, BITS);
  memory.set(primes("random"), operand(PRIME));
  if (test() !== 1) throw new Error("a prime did not pass the Lucas test, so its time says nothing");
  return {
    name: `Lucas test of ${BITS} bits: one prime or ${PRIMES} others`,
    expect: "unknown",
    share: 0.5,
    prepare: (which) => memory.set(primes(which), operand(PRIME)),
    run: () => void test(),
  };
}
