/** What the checks of a record have in common. */
import type { Predicate } from "./record.ts";

export interface Broken {
  /** What does not hold, by a name that stays. */
  readonly id: string;
  readonly why: string;
}

export type Hold = (id: string, holds: boolean, why: string) => void;

export function obliges({ obligations }: Predicate["decision"], ids: readonly string[]): boolean {
  return obligations.some(({ id }) => ids.includes(id));
}

export function isSameList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((each, i) => each === b[i]);
}
