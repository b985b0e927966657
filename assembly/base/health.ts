/**
 * Whether this instance may still serve. A global of the module, not memory, so that no stray store reaches it.
 *
 * After one failed self-test every service answers SELF_TEST_FAILED, and only a new instance leaves that state.
 */
let broken: bool = false;

/** Closes this instance for good. */
export function fail(): void {
  broken = true;
}

export function failed(): bool {
  return broken;
}
