/**
 * The response to an ACVP prompt: a vector set, alone as NIST publishes them or behind the element that names the protocol's
 * version as its server sends them, and the response in the same envelope.
 */
import { familyOf } from "./families.ts";
import type { Answer, Family } from "./family.ts";
import { Fields } from "./fields.ts";
import type { Implementation } from "./implementation.ts";

export interface RespondOptions {
  /** Told after each group: how many are done, and of how many. */
  onGroup?(done: number, groups: number): void;
  /** Told of each group that cannot be answered: the words that stand in the response, and what was thrown. */
  onFailure?(words: string, error: unknown): void;
}

type TestResponse = { readonly tcId: number } & Answer;

/** A group with its answers, or why there are none: one case that cannot be answered fails its group. */
export type GroupResponse =
  | { readonly tgId: number; readonly tests: readonly TestResponse[] }
  | { readonly tgId?: number; readonly error: string };

export interface SetResponse extends Readonly<Record<string, unknown>> {
  readonly testGroups: readonly GroupResponse[];
}

const inWords = (error: unknown) => (error instanceof Error ? error.message : String(error));

async function groupResponse(
  family: Family,
  set: Fields,
  value: unknown,
  iut: Implementation,
  { onFailure }: RespondOptions,
): Promise<GroupResponse> {
  let place = "";
  let known = {};
  try {
    const group = new Fields(value, "the group");
    const tgId = group.number("tgId");
    known = { tgId };
    const tests: TestResponse[] = [];
    for (const [at, test] of group.objects("tests").entries()) {
      place = `${test.name(["tcId"], at)}: `;
      tests.push({ tcId: test.number("tcId"), ...(await family.answer({ set, group, test }, iut)) });
    }
    return { tgId, tests };
  } catch (error) {
    const words = `${place}${inWords(error)}`;
    onFailure?.(`${"tgId" in known ? `tgId ${known.tgId}` : "a group without tgId"}: ${words}`, error);
    return { ...known, error: words };
  }
}

const told = ["vsId", "algorithm", "mode", "revision", "isSample"];

async function setResponse(value: unknown, iut: Implementation, options: RespondOptions): Promise<SetResponse> {
  const set = new Fields(value, "the vector set");
  const family = familyOf(set);
  const groups = set.list("testGroups");
  const testGroups: GroupResponse[] = [];
  for (const group of groups) {
    testGroups.push(await groupResponse(family, set, group, iut, options));
    options.onGroup?.(testGroups.length, groups.length);
  }
  return {
    ...Object.fromEntries(told.filter((name) => set.has(name)).map((name) => [name, set.value(name)])),
    testGroups,
  };
}

/**
 * Answers a vector set by what `iut` computes. A malformed group fails alone. TypeError if the prompt is no vector set,
 * UnsupportedVectorSet if it is of an algorithm, mode or revision that nothing here answers.
 */
export async function respond(
  prompt: unknown,
  iut: Implementation,
  options: RespondOptions = {},
): Promise<SetResponse | readonly [{ readonly acvVersion: string }, SetResponse]> {
  if (!Array.isArray(prompt)) return await setResponse(prompt, iut, options);
  const [version, set, ...more] = prompt as readonly unknown[];
  const acvVersion = new Fields(version, "the first element").text("acvVersion");
  if (more.length > 0) throw new TypeError(`the prompt must hold one vector set, got ${more.length + 1}`);
  return [{ acvVersion }, await setResponse(set, iut, options)];
}
