/** What a record says of who made the key, from what, and what was tested: the core's instance, or the platform and what the core saw of it. */
import type { Algorithm } from "./algorithms/algorithm.ts";
import type { Core } from "./core/core.ts";
import type { LoadedCore } from "./core/load.ts";
import { libraryFacts, runtimeFacts } from "./core/runtime.ts";
import { kernelName, selfTestsPassed } from "./core/self-test.ts";
import type { Generator } from "./drbg/generator.ts";
import { defined } from "./options.ts";
import type { PlatformTest } from "./platform/pairwise.ts";
import type { PolicyRequest } from "./policy/request.ts";
import { factsOfKind } from "./record/kinds.ts";
import type { CorePredicate, PlatformPredicate } from "./record/record.ts";
import { VERSION } from "./version.ts";

/** The instance that made a key, or checked one. */
export interface Witness {
  readonly loaded: LoadedCore;
  readonly core: Core;
  readonly generator: Generator;
  readonly scripted: boolean;
  readonly jurisdiction: string | undefined;
}

type Testified = "deterministic" | "provider" | "module" | "rng" | "selfTests" | "pairwise";
export type Testimony = Pick<CorePredicate, Testified> | Pick<PlatformPredicate, Testified | "checked">;

/** What the generator says of itself; `keys`: how many a generation makes at most, if more than one: its caller may stop. */
export function rngOf({ generator, jurisdiction }: Witness, keys?: number): CorePredicate["rng"] {
  const { additionalInput, ...facts } = generator.facts();
  return {
    ...facts,
    additionalInput: { ...additionalInput, ...defined({ keysPerGeneration: keys }) },
    ...defined({ jurisdiction }),
  };
}

/** `tested`: what the platform tested, of its own key or of a pair of the core. */
export function testify(witness: Witness, row: Algorithm, request: PolicyRequest, tested?: PlatformTest): Testimony {
  const { loaded, core, scripted, jurisdiction } = witness;
  const { build, digest, digestBy } = loaded;
  const byCore = { package: "keywright", version: VERSION, build, kernel: kernelName(core), digest, digestBy } as const;
  const runtime = runtimeFacts();
  const isPlatform = request.provider === "platform";
  const checked = request.extractable === true ? "full" : "public";
  const { pairwise: test } = factsOfKind(row);
  const seenByCore = test !== null && !(isPlatform && checked === "public");
  const common = {
    deterministic: scripted,
    selfTests: selfTestsPassed(core),
    pairwise: [
      ...(seenByCore ? [{ by: "core", test, result: "passed" } as const] : []),
      ...(test !== null && tested !== undefined ? [tested] : []),
    ],
  };
  if (!isPlatform) return { ...common, provider: "core", module: { ...byCore, runtime }, rng: rngOf(witness) };
  const source = "crypto.subtle.generateKey";
  return {
    ...common,
    provider: "platform",
    module: { library: libraryFacts(), runtime, checkedBy: byCore },
    rng: { mechanism: "unknown", source, assertedBy: "platform", assessed: false, ...defined({ jurisdiction }) },
    checked,
  };
}
