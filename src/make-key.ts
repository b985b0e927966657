/** From a request that is granted to a key of the core: seed, generate, test pairwise, record, wrap the copy. */
import type { Algorithm } from "./algorithms/algorithm.ts";
import { type Desk, isObliged, orEnd, type States } from "./desk.ts";
import { type Finished, finish, withCopy } from "./finish.ts";
import type { Made } from "./generate/made.ts";
import type { Maker } from "./generate/makers.ts";
import { type AnyGenerateOptions, defined } from "./options.ts";

/** A new key of `maker`. Throws as the maker does; after a fatal error the instance serves nothing any more. */
export function makeKey(
  desk: Desk,
  row: Algorithm,
  options: AnyGenerateOptions,
  states: States,
  makerFor: () => Maker<Algorithm>,
): Promise<Finished> {
  return orEnd(desk, async () => {
    const work = make(desk, makerFor(), row, options, states);
    // What is made at once is recorded at once: no other call draws from the generator in between.
    const made = work instanceof Promise ? await work : work;
    return await finishTested(desk, row, made, states, options);
  });
}

/** Where the policy asks for it the platform tests the pair too, before it is recorded. */
export async function finishTested(
  desk: Desk,
  row: Algorithm,
  made: Made,
  states: States,
  { recovery }: AnyGenerateOptions,
): Promise<Finished> {
  const isAsked = made.kind === "pair" && isObliged(states.decision, "pairwise-platform");
  const tested = isAsked ? await desk.platform?.testPair(row, made, states.request.purpose) : undefined;
  const finished = finish(desk, row, made, { ...states, ...defined({ tested }) });
  return await withCopy(finished, recovery);
}

/** What is made in steps shares the core's one search state, so it takes turns. */
function make(
  desk: Desk,
  maker: Maker<Algorithm>,
  row: Algorithm,
  { signal, onProgress }: AnyGenerateOptions,
  { decision, making }: States,
): Made | Promise<Made> {
  const { core, generator } = desk;
  /** What the policy's demand for prediction resistance means here: fresh entropy before the output that makes the key. */
  const renew = (): void => {
    if (isObliged(decision, "prediction-resistance")) generator.reseed();
  };
  if ("make" in maker) {
    renew();
    return maker.make({ core, generator }, row);
  }
  const search = async (): Promise<Made> => {
    desk.refuseIfEnded();
    signal?.throwIfAborted();
    renew();
    // Nothing else of the options reaches the search: the record tells what of `making` it was.
    const options = { ...defined({ signal, onProgress }), ...making, refuseIfEnded: () => desk.refuseIfEnded() };
    return await maker.search({ core, generator }, row, options);
  };
  return desk.turn(search, signal);
}
