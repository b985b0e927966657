/** `toEqual` for bytes, at a fraction of its cost where they are equal: for tests with thousands of comparisons. */
import { expect } from "vitest";

export function expectSame(got: Uint8Array, wanted: Uint8Array, where: string): void {
  if (Buffer.compare(got, wanted) !== 0) expect(got, where).toEqual(wanted);
}
