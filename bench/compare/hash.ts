/// <reference path="./modules.d.ts" />
/** The subject `hash` with hash-wasm among those that take turns. Runs in the runtime that is measured. */
import { createHMAC, createSHA3, createSHA256, createSHA512, type IHasher } from "hash-wasm";
import type { HarnessOptions, Measured } from "../harness.ts";
import { type Guest, measureHashWith, works } from "../hash.bench.ts";
import { isXof } from "../rivals/hash.ts";

export { works };

const makers = {
  "SHA-256": createSHA256,
  "SHA-512": createSHA512,
  "SHA3-256": () => createSHA3(256),
  "SHA3-512": () => createSHA3(512),
} as const;

/** It has no SHAKE, and compiles its WebAssembly as it runs, which workerd forbids. */
const hashWasm: Guest = async ({ name, message, key }) => {
  if (isXof(name)) return undefined;
  let hasher: IHasher;
  try {
    hasher = await (key === undefined ? makers[name]() : createHMAC(makers[name](), key));
  } catch (error) {
    if (error instanceof WebAssembly.CompileError) return undefined;
    throw error;
  }
  return { name: "hash-wasm", digest: () => hasher.init().update(message).digest("binary") };
};

export function measureHashBeside(call: { work: string; options?: HarnessOptions }): Promise<Measured> {
  return measureHashWith(call, hashWasm);
}
