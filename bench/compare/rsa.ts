/// <reference path="./modules.d.ts" />
/** RSA keys by libraries in JavaScript, as their own documentation makes them. Runs in the runtime that is measured. */
import { keygen } from "micro-rsa-dsa-dh/rsa.js";
import forge from "node-forge";

const makers = {
  "micro-rsa-dsa-dh": (bits: number) => keygen(bits).privateKey.n,
  "node-forge": (bits: number) => forge.pki.rsa.generateKeyPair({ bits, e: 65537 }).privateKey.n,
} as const;

export type Library = keyof typeof makers;

/** Milliseconds of one key. */
export function measureLibrary({ library, bits }: { library: Library; bits: number }): number {
  forge.options.usePureJavaScript = true; // else in Node it would hand the work to OpenSSL
  const start = performance.now();
  const n = makers[library](bits);
  const took = performance.now() - start;
  if (n.toString(2).length !== bits) throw new Error(`${library} made no RSA-${bits} key`);
  return took;
}
