/**
 * CAVP, HMAC_DRBG with V and Key after every call. A state never leaves the core, so it is known by what it does: the
 * next request without additional input starts with HMAC(Key, V) (SP 800-90A Rev. 1, 10.1.2.5, step 4.1).
 */
import { play } from "../../../src/acvp/drbg.ts";
import type { Fields } from "../../../src/acvp/fields.ts";
import { type Difference, differ, first } from "../compare.ts";
import type { Subject } from "../subject.ts";
import { cavpScript, checkReturned, type StatedScript } from "./drbg.ts";
import { grouped } from "./reader.ts";

interface State {
  readonly after: string;
  readonly key: Uint8Array;
  readonly v: Uint8Array;
}

function stateOf(fields: Fields): State {
  return { after: fields.text("after"), key: fields.bytes("Key"), v: fields.bytes("V") };
}

/** Replays the first `count` calls and compares the block that follows. */
function checkState(subject: Subject, script: StatedScript, count: number, { after, key, v }: State): Difference {
  const last = count === 0 ? "instantiate" : script.calls[count - 1]?.kind;
  if (last === undefined || !after.startsWith(last)) return `state ${count} is after ${after}, not after ${last}`;
  const wanted = subject.hmac(script.seed.hash, key, v);
  let next = new Uint8Array();
  play(subject, { ...script, calls: script.calls.slice(0, count) }, (drbg) => {
    next = drbg.generate(wanted.length).slice();
  });
  return differ(`the block that follows from the state after ${after}`, next, wanted);
}

export const readCavpDrbgStates = grouped(({ group, test }) => {
  const script = cavpScript(group, test);
  const states = test.objects("states").map(stateOf);
  return (subject) =>
    first(
      states.length === script.calls.length + 1 ? undefined : `wanted a state for each call, got ${states.length}`,
      checkReturned(subject, script),
      ...states.map((state, count) => checkState(subject, script, count, state)),
    );
});
