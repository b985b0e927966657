/** How a file becomes cases. A reader for a family says only what one case asks; the shapes of the files are read here. */

import { Fields } from "../../../src/acvp/fields.ts";
import type { Difference } from "../compare.ts";
import type { Reason } from "../report.ts";
import type { Subject } from "../subject.ts";

/** Asks the subject and compares. */
export type Check = (subject: Subject) => Difference | Promise<Difference>;

export interface ReadOptions {
  /** Whether slow cases are left out. */
  readonly quick: boolean;
}

export interface VectorCase {
  readonly group: string;
  readonly id: string;
  /**
   * Throws if the case cannot be read: it then fails alone, and the others run. NotServed, from here or from the check,
   * excuses it.
   */
  read(): Check | Reason;
}

export interface VectorFile {
  readonly cases: readonly VectorCase[];
  /** How many cases the file says it has; shapes without such a field say nothing. */
  readonly stated: number | undefined;
}

export type FileReader = (text: string, options: ReadOptions) => VectorFile;

/** Where a case stands: the file, its group and itself. */
export interface Place extends ReadOptions {
  readonly file: Fields;
  readonly group: Fields;
  readonly test: Fields;
}

export type CaseReader = (place: Place) => Check | Reason;

/** Files that unite several releases number their groups anew in each. */
function groupName(group: Fields, place: number): string {
  const name = group.name(["tgId", "group"], place);
  return group.has("release") ? `${name} of ${group.text("release")}` : name;
}

/** The one shape of all but the c2sp files: `{ ..., numberOfTests, testGroups: [{ ..., tests: [...] }] }`. */
export function grouped(readCase: CaseReader): FileReader {
  return (text, options) => {
    const file = new Fields(JSON.parse(text), "the file");
    const cases = file.objects("testGroups").flatMap((group, groupAt) =>
      group.objects("tests").map((test, at) => ({
        group: groupName(group, groupAt),
        id: test.name(["tcId", "count", "COUNT", "Count", "name"], at),
        read: () => readCase({ ...options, file, group, test }),
      })),
    );
    return { cases, stated: file.number("numberOfTests") };
  };
}

/** A bare list of cases, which says nothing of its length. */
export function listed(readCase: (test: Fields, options: ReadOptions) => Check | Reason): FileReader {
  return (text, options) => {
    const list: unknown = JSON.parse(text);
    if (!Array.isArray(list)) throw new TypeError("the file must be a list");
    const cases = list.map((item, at) => ({
      group: "list",
      id: `number ${at + 1}`,
      read: () => readCase(new Fields(item, `case ${at + 1}`), options),
    }));
    return { cases, stated: undefined };
  };
}
