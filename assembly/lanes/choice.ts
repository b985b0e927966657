/**
 * Which arithmetic this instance raises to powers with. A global of the module, as `base/health`.
 *
 * A kernel is trusted once known answers came out of it here (`self-test/lanes.ts`), and no more after a wrong one: an engine
 * may compute a fused multiplication in two roundings, or compile a kernel wrongly later.
 */
export namespace Kernel {
  /** `nat/`: one number at a time. */
  export const INTEGERS: u32 = 0;
  /** `fma/`: two numbers, by fused multiplication and addition. */
  export const FUSED: u32 = 1;
  /** `exact/`: two numbers, by doubles that are never rounded. */
  export const EXACT: u32 = 2;
}

let trusted: u32 = Kernel.INTEGERS;
let untried: bool = true;

/** The kernel in use, as above. */
export function kernel(): u32 {
  return trusted;
}

export function trustLanes(by: u32): void {
  trusted = by;
  untried = false;
}

/** For good. */
export function refuseLanes(): void {
  trusted = Kernel.INTEGERS;
  untried = false;
}

/** Whether no kernel was trusted or refused so far. */
export function lanesUntried(): bool {
  return untried;
}
