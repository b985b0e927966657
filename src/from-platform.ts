/** From a request that is granted to a key of the platform, which may take its time: nothing waits for it but its own call. */
import type { Algorithm } from "./algorithms/algorithm.ts";
import { type Desk, insteadOf, orEnd, type States } from "./desk.ts";
import { type Finished, finish, withCopy } from "./finish.ts";
import { type AnyGenerateOptions, wantPlatform } from "./options.ts";
import { cannotServe } from "./policy/instead.ts";

/** A new key by Web Cryptography, tested there and checked in the core. */
export function keyFromPlatform(
  desk: Desk,
  row: Algorithm,
  { signal, recovery }: AnyGenerateOptions,
  states: States,
): Promise<Finished> {
  const { request, making } = states;
  return orEnd(desk, async () => {
    if (desk.scripted) throw new RangeError("a keygen of scripted entropy makes keys in the core only");
    const { made, test } = await wantPlatform(desk.platform, 'provider "platform"').generate(desk.core, row, {
      purpose: request.purpose,
      extractable: request.extractable === true,
      publicExponent: making.publicExponent,
      signal,
      refuseIfEnded: () => {
        desk.refuseIfEnded();
        signal?.throwIfAborted();
        desk.generator.freshen(); // the key's name and salt are drawn after the last of these
      },
      turn: (work) => desk.turn(work, signal),
      cannot: (by, why, cause) => cannotServe(by, why, row, insteadOf(desk, request), cause),
    });
    return await withCopy(finish(desk, row, made, { ...states, tested: test }), recovery);
  });
}
