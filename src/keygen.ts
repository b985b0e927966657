/**
 * The one path of a key: decide, seed, generate, test pairwise, record, return. Each Keygen has an instance of the core
 * of its own and belongs to one environment, tenant and scope for life.
 */
import { type AlgorithmName, findAlgorithm } from "./algorithms/registry.ts";
import { checkCount, makeMany } from "./bulk.ts";
import { copyBytes } from "./bytes.ts";
import { openCore } from "./core/core.ts";
import type { CoreLoader, LoadedCore } from "./core/load.ts";
import { rsaEnd } from "./core/rsa.ts";
import { onPageRestored } from "./core/runtime.ts";
import { slhDsaEnd } from "./core/slh-dsa.ts";
import { askFor, type Desk, decideFor } from "./desk.ts";
import { DRBG_STRENGTH_BITS } from "./drbg/facts.ts";
import { Generator } from "./drbg/generator.ts";
import type { EntropySource } from "./entropy/source.ts";
import { webCryptoSource } from "./entropy/web-crypto.ts";
import { KeygenError } from "./errors.ts";
import type { Finished } from "./finish.ts";
import { keyFromPlatform } from "./from-platform.ts";
import { makerOf } from "./generate/makers.ts";
import { checkSeed, seededMaker } from "./generate/seeded.ts";
import { Turns } from "./generate/turns.ts";
import { makeKey } from "./make-key.ts";
import {
  type AnyGenerateOptions,
  type DecideOptions,
  type Generated,
  type GeneratedKept,
  type GenerateOptions,
  type KeptOptions,
  type KeygenOptions,
  knownScope,
  nonEmpty,
  type PlatformOptions,
  type Readable,
  refuseOtherProviders,
  refuseUnknownOfKeygen,
  type Scope,
  wantPlatform,
} from "./options.ts";
import type { Decision } from "./policy/decide.ts";
import { type Policy, resolvePolicy } from "./policy/policy.ts";
import type { PolicyRequest } from "./policy/request.ts";
import type { Environment } from "./policy/schema.ts";
import type { KeyRecord, PlatformRecord } from "./record/record.ts";
import { type SeedOptions, seedFacts } from "./seed-options.ts";

/** What a door brings: how the core is loaded, where entropy comes from, what time it is. */
export interface KeygenParts {
  readonly load: CoreLoader;
  readonly source?: EntropySource;
  readonly now?: () => Date;
}

/** After one of these the instance serves nothing any more. */
const fatal: readonly string[] = ["entropy-failed", "self-test-failed", "pairwise-failed", "drbg-failed"];

export async function openKeygenWith(
  { load, source = webCryptoSource, now = () => new Date() }: KeygenParts,
  options: KeygenOptions,
): Promise<Keygen> {
  refuseUnknownOfKeygen(options);
  const policy = resolvePolicy(options.policy, options.environment);
  if (policy.pairwise === "platform")
    wantPlatform(options.platform, `pairwise of policy ${policy.id} ${policy.version}`);
  const loaded = await load(options.core);
  return new Keygen(loaded, policy, source, now, options);
}

const desks = new WeakMap<Keygen, Desk>();

/** For what works with a keygen and is no method of it, so that a bundle has it only if it is used. */
export function deskOf(keygen: Keygen): Desk {
  const desk = desks.get(keygen);
  if (desk === undefined) throw new TypeError("keygen must come from openKeygen");
  return desk;
}

export class Keygen {
  readonly environment: Environment;
  readonly tenant: string;
  readonly scope: Scope;
  #closed: KeygenError | undefined;
  readonly #desk: Desk;
  readonly #forgetPage: () => void;

  /** @internal */
  constructor(loaded: LoadedCore, policy: Policy, source: EntropySource, now: () => Date, options: KeygenOptions) {
    this.environment = options.environment;
    this.tenant = nonEmpty("tenant", options.tenant ?? "default");
    this.scope = knownScope(options.scope ?? "tenant");
    const jurisdiction =
      options.jurisdiction === undefined ? undefined : nonEmpty("jurisdiction", options.jurisdiction);
    const core = openCore(loaded);
    const generator = new Generator(core, source, this);
    const refuseIfEnded = (): void => {
      if (this.#closed !== undefined) throw this.#closed;
    };
    const searches = new Turns();
    this.#desk = {
      owner: this,
      policy,
      loaded,
      core,
      generator,
      scripted: source.scripted,
      jurisdiction,
      platform: options.platform,
      now,
      refuseIfEnded,
      random: (length) => {
        refuseIfEnded();
        return generator.generate(length);
      },
      turn: (work, signal) => searches.take(work, signal),
      unclaimed: new Set(),
      endIfFatal: (error) => {
        if (error instanceof KeygenError && fatal.includes(error.code)) this.#end(error);
        return error;
      },
    };
    desks.set(this, this.#desk);
    this.#forgetPage = onPageRestored(() => this.#beginAnew());
  }

  /** What the policy says of such a key now, without making one; of one from a seed, if it is told of the seed. */
  decide(algorithm: AlgorithmName, { seed, ...options }: DecideOptions & Pick<PolicyRequest, "seed"> = {}): Decision {
    return decideFor(this.#desk, findAlgorithm(algorithm), options, seed);
  }

  /**
   * A new key and its record. Throws PolicyRefusal when the policy does not allow it, the signal's reason when aborted,
   * KeygenError when the instance cannot serve. With `provider: "platform"` Web Cryptography makes the key, and the core
   * checks it: KeygenError "algorithm-unsupported" says whether provider or runtime lacks the algorithm (`details.by`) and
   * what could be used instead, "key-invalid" that the platform made another key than it was asked for. A platform's key
   * that is not extractable is a CryptoKey, which never leaves it.
   */
  generate<A extends AlgorithmName>(algorithm: A, options?: GenerateOptions): Promise<Generated<A>>;
  generate<A extends AlgorithmName>(algorithm: A, options: KeptOptions): Promise<GeneratedKept<A>>;
  generate<A extends AlgorithmName>(
    algorithm: A,
    options: PlatformOptions & Readable,
  ): Promise<Generated<A, PlatformRecord>>;
  generate<A extends AlgorithmName>(
    algorithm: A,
    options: AnyGenerateOptions & Readable,
  ): Promise<Generated<A, KeyRecord>>;
  generate<A extends AlgorithmName>(
    algorithm: A,
    options: AnyGenerateOptions,
  ): Promise<Generated<A, KeyRecord> | GeneratedKept<A>>;
  async generate(algorithm: AlgorithmName, options: AnyGenerateOptions = {}): Promise<Finished> {
    const row = findAlgorithm(algorithm);
    const desk = this.#desk;
    const asked = { ...options }; // read once, as the key takes its time: what was decided is what is made
    const states = askFor(desk, row, asked);
    if (states.request.provider === "platform") return await keyFromPlatform(desk, row, asked, states);
    return await makeKey(desk, row, asked, states, () => makerOf(row, DRBG_STRENGTH_BITS));
  }

  /**
   * The key that `seed` stands for, and its record: the same key each time, so that whoever has the seed has the key.
   * `seed` is copied, and the caller wipes it. RangeError or TypeError if it is no seed of that algorithm and scheme;
   * otherwise as `generate`. The policy's `seeds` must allow the origin.
   */
  async generateFromSeed<A extends AlgorithmName>(
    algorithm: A,
    seed: Uint8Array,
    options: SeedOptions,
  ): Promise<Generated<A>> {
    const row = findAlgorithm(algorithm);
    const asked = { ...options };
    checkSeed(row, seed, asked);
    const states = askFor(this.#desk, row, asked, { seed: seedFacts(asked, seed.length) });
    const own = copyBytes(seed);
    try {
      const made = await makeKey(this.#desk, row, asked, states, () => seededMaker(row, own, asked));
      return made as Generated<A>; // the registry ties kind and name together
    } finally {
      own.fill(0);
    }
  }

  /**
   * `count` new keys, each with its record, in turn. At most 16 are made together, so memory does not grow with their number:
   * under one decision of one day, with 32 fresh platform bytes; their records say how many may be, and share their frozen common
   * parts. Each is made alone where it is searched, gets a copy for `recovery`, or where the policy demands prediction
   * resistance or a test by the platform. Leaving the loop ends it; an abort ends it with the signal's reason, before the next key.
   * Who calls `next` calls `return` in the end: keys that nobody came for wait until then, or until the instance ends.
   */
  generateMany<A extends AlgorithmName>(
    algorithm: A,
    count: number,
    options: GenerateOptions = {},
  ): AsyncGenerator<Generated<A>, void, undefined> {
    const row = findAlgorithm(algorithm);
    checkCount(count);
    const asked = { ...options };
    refuseOtherProviders("keys in bulk", asked);
    return makeMany(this.#desk, row, count, asked) as AsyncGenerator<Generated<A>, void, undefined>; // as above
  }

  /** Whether it was closed, by `close` or by a failed test: then only a new one serves. */
  get closed(): boolean {
    return this.#closed !== undefined;
  }

  /**
   * Draws fresh entropy before the next key, for whoever knows that this instance was copied (a page that comes back from the
   * back-forward cache is seen here). A search that is under way begins anew, as its primes would be those of the copy.
   */
  reseed(): void {
    this.#desk.refuseIfEnded();
    this.#beginAnew();
  }

  #beginAnew(): void {
    for (const wipe of this.#desk.unclaimed) wipe();
    this.#desk.generator.beginAnew();
  }

  /** Wipes the generator. A search that is under way ends with KeygenError "closed". */
  close(): void {
    this.#end(new KeygenError("closed", "this keygen was closed; open a new one"));
  }

  [Symbol.dispose](): void {
    this.close();
  }

  #end(reason: KeygenError): void {
    if (this.#closed !== undefined) return;
    this.#closed = reason;
    this.#forgetPage();
    const { core, generator, unclaimed } = this.#desk;
    for (const wipe of unclaimed) wipe();
    rsaEnd(core); // what waits for its next step may wait for ever
    slhDsaEnd(core);
    core.wipeReserved();
    generator.uninstantiate();
  }
}
