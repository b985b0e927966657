/**
 * Which arithmetic this instance uses: 0 integers, 1 the floating-point kernel. A global of the module, as `base/health`.
 *
 * The kernel is trusted once a known answer came out of it here (`self-test/lanes.ts`), and no more after a wrong one:
 * an engine may compute a fused multiplication in two roundings, or compile it wrongly later.
 */
let trusted: bool = false;
let refused: bool = false;

/** 0: integers; 1: the floating-point kernel. */
export function kernel(): u32 {
  return trusted ? 1 : 0;
}

export function trustLanes(): void {
  trusted = !refused;
}

/** For good. */
export function refuseLanes(): void {
  trusted = false;
  refused = true;
}

/** Whether the kernel was neither trusted nor refused so far. */
export function lanesUntried(): bool {
  return !trusted && !refused;
}
