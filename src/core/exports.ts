/** The signatures behind `assembly/index.ts`, typed by hand. `test/abi.test.ts` holds the two lists against each other. */
export interface CoreExports {
  readonly memory: WebAssembly.Memory;
  abiVersion(): number;
  arenaPtr(): number;
  arenaSize(): number;
}
