/** What a family of ACVP tests is: which vector sets belong to it, and how one case of them is answered. */
import { KeygenError } from "../errors.ts";
import type { Fields } from "./fields.ts";
import type { Implementation } from "./implementation.ts";

/** Where a case stands: its vector set, its group and itself. */
export interface Place {
  readonly set: Fields;
  readonly group: Fields;
  readonly test: Fields;
}

/** What stands beside tcId in the response. */
export type Answer = Readonly<Record<string, unknown>>;

/** Throws if the case cannot be answered: TypeError or RangeError for a malformed one, NotServed, or what the module says. */
export type AnswerCase = (place: Place, iut: Implementation) => Answer | Promise<Answer>;

export interface Family {
  /** As the vector set names them. */
  readonly algorithms: readonly string[];
  /** Without regard to case, as NIST's own files differ; absent where vector sets have none, or an empty one. */
  readonly mode?: string;
  readonly revisions: readonly string[];
  readonly answer: AnswerCase;
}

/** The first of the objects that has the field, or the last: what one prompt says of a group, another says of a case. */
export function holderOf(name: string, objects: readonly [Fields, ...Fields[]]): Fields {
  return objects.find((fields) => fields.has(name)) ?? (objects.at(-1) as Fields); // there is one
}

export function unknownTestType(type: string): RangeError {
  return new RangeError(`no test of this algorithm is known as ${type}`);
}

/** AFT is the one type that the test may have. */
export function mustBeFunctional(group: Fields): void {
  const type = group.text("testType");
  if (type !== "AFT") throw unknownTestType(type);
}

/** Whether the module refused a key, as opposed to any other failure. */
export function refusesKey(error: unknown): boolean {
  return error instanceof KeygenError && error.code === "key-invalid";
}
