/**
 * ACVP files: prompt and answers side by side. Each case is put to the responder as a vector set of its own, and what comes
 * back is compared with what the file states.
 */

import { Fields } from "../../../src/acvp/fields.ts";
import { respond } from "../../../src/acvp/respond.ts";
import { type Difference, differBoolean, differHex, differNumber, first } from "../compare.ts";
import type { Subject } from "../subject.ts";
import { type FileReader, grouped, type Place } from "./reader.ts";

export interface AcvpReader {
  /** The members of a case that are answers, and no part of its prompt. */
  answers(place: Place): readonly string[];
  /** Whether `--quick` leaves the case out. */
  slow?(place: Place): boolean;
  /** Answers are numbers, whose leading zeros do not count. */
  readonly numbers?: boolean;
  /** What the case tells beyond what a response holds. */
  also?(place: Place, subject: Subject): Difference | Promise<Difference>;
}

const setMembers = ["algorithm", "mode", "revision"];

function without(fields: Fields, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(fields.entries().filter(([name]) => !names.includes(name)));
}

/** The case as the only one of a vector set. Groups and cases of united files have names that are not unique, or none. */
function promptOf({ file, group, test }: Place, answers: readonly string[]): unknown {
  const tests = [{ ...without(test, answers), tcId: 1 }];
  return {
    ...Object.fromEntries(setMembers.filter((name) => file.has(name)).map((name) => [name, file.value(name)])),
    testGroups: [{ ...without(group, ["tests"]), tgId: 1, tests }],
  };
}

/** The answer to the only case. What kept it from one is thrown as it was. */
async function answerTo(prompt: unknown, subject: Subject): Promise<Fields> {
  let thrown: unknown;
  const response = await respond(prompt, subject, {
    onFailure(_, error) {
      thrown = error;
    },
  });
  if (thrown !== undefined) throw thrown;
  return onlyOf(onlyOf(new Fields(response, "the response"), "testGroups"), "tests");
}

function onlyOf(fields: Fields, name: string): Fields {
  const [only, ...more] = fields.objects(name);
  if (only === undefined || more.length > 0) throw new RangeError(`${name} must have one item, got ${more.length + 1}`);
  return only;
}

/** Results of a chain state lengths beside the bytes, where the length says the same. */
const toldByBytes = ["outLen"];

function differValue(what: string, got: unknown, wanted: unknown, numbers: boolean): Difference {
  if (typeof wanted === "boolean" && typeof got === "boolean") return differBoolean(what, got, wanted);
  if (typeof wanted === "string" && typeof got === "string") {
    return numbers ? differNumber(what, got, wanted) : differHex(what, got, wanted);
  }
  if (Array.isArray(wanted) && Array.isArray(got)) {
    if (wanted.length !== got.length) return `${what}: wanted ${wanted.length} items, got ${got.length}`;
    return first(...wanted.map((item, at) => differValue(`${what}[${at}]`, got[at], item, numbers)));
  }
  if (typeof wanted === "object" && wanted !== null && typeof got === "object" && got !== null) {
    const [all, there] = [new Fields(wanted, what), new Fields(got, what)];
    const names = all.entries().map(([name]) => name);
    return first(
      ...names
        .filter((name) => there.has(name) || !toldByBytes.includes(name))
        .map((name) => differValue(`${what}.${name}`, there.value(name), all.value(name), numbers)),
    );
  }
  if (typeof wanted === "number" && got === wanted) return undefined;
  return `${what}: wanted ${typeof wanted}, got ${typeof got}`;
}

export function acvp({ answers, slow, numbers = false, also }: AcvpReader): FileReader {
  return grouped((place) => {
    if (place.quick && slow?.(place) === true) return "slow";
    const names = answers(place);
    const prompt = promptOf(place, names);
    return async (subject) => {
      const answer = await answerTo(prompt, subject);
      const difference = first(
        ...names.map((name) => differValue(name, answer.value(name), place.test.must(name), numbers)),
      );
      return difference ?? (await also?.(place, subject));
    };
  });
}
