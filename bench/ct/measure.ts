/** Times a target: samples of the two classes in an order that chance decides. */
import { randomFrom } from "../random.ts";
import type { SecretClass, Target } from "./targets.ts";

export type Samples = Readonly<Record<SecretClass, readonly number[]>>;

/** The first samples are compiled while they run, and are not kept. */
const WARM_UP = 50;

/** `count` samples in microseconds, both classes together. Their order comes from `seed`, so that no rhythm decides it. */
export function sampleTarget(
  target: Pick<Target, "prepare" | "run">,
  count: number,
  seed: number,
  now: () => number = () => performance.now(),
): Samples {
  const random = randomFrom(seed);
  const samples = { fixed: [] as number[], random: [] as number[] };
  for (let i = -WARM_UP; i < count; i++) {
    const which = random() < 0.5 ? "fixed" : "random";
    target.prepare(which);
    const start = now();
    target.run();
    const took = now() - start;
    if (i >= 0) samples[which].push(took * 1000);
  }
  return samples;
}
