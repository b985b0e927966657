/**
 * The one path of a key: decide, seed, generate, test pairwise, record, return. Each Keygen has an instance of the core
 * of its own and belongs to one environment, tenant and scope for life.
 */
import type { Algorithm } from "./algorithms/algorithm.ts";
import { type AlgorithmName, findAlgorithm } from "./algorithms/registry.ts";
import { checkCount, makeMany } from "./bulk.ts";
import { type Bytes, copyBytes } from "./bytes.ts";
import { type Core, openCore } from "./core/core.ts";
import type { CoreLoader, LoadedCore } from "./core/load.ts";
import { rsaEnd } from "./core/rsa.ts";
import { onPageRestored } from "./core/runtime.ts";
import { slhDsaEnd } from "./core/slh-dsa.ts";
import { type DerivationName, type DeriveOptions, readDerivation } from "./derive/derive.ts";
import { combination } from "./derive/limits.ts";
import { askerOf, askFor, type Desk, decideFor, type Origin, type States } from "./desk.ts";
import { DRBG_STRENGTH_BITS, Generator, type KeySource } from "./drbg/generator.ts";
import type { EntropySource } from "./entropy/source.ts";
import { webCryptoSource } from "./entropy/web-crypto.ts";
import { KeygenError } from "./errors.ts";
import { finish } from "./finish.ts";
import { checkCombination, combinedMaker } from "./generate/combined.ts";
import { type Made, type Maker, makerOf } from "./generate/makers.ts";
import { checkSeed, seededMaker } from "./generate/seeded.ts";
import { Turns } from "./generate/turns.ts";
import {
  type CombineOptions,
  type DecideOptions,
  defined,
  type Generated,
  type GeneratedPair,
  type GeneratedSecret,
  type GenerateOptions,
  type KeygenOptions,
  knownScope,
  nonEmpty,
  type Scope,
  type SeedOptions,
  seedFacts,
} from "./options.ts";
import type { Decision } from "./policy/decide.ts";
import { decideDerivation } from "./policy/derivation.ts";
import { type Policy, resolvePolicy } from "./policy/policy.ts";
import { PolicyRefusal } from "./policy/refusal.ts";
import type { PolicyRequest } from "./policy/request.ts";
import type { Environment } from "./policy/schema.ts";

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
  const policy = resolvePolicy(options.policy, options.environment);
  const loaded = await load(options.core);
  return new Keygen(loaded, policy, source, now, options);
}

export class Keygen {
  readonly environment: Environment;
  readonly tenant: string;
  readonly scope: Scope;
  readonly #core: Core;
  readonly #generator: Generator;
  #closed: KeygenError | undefined;
  readonly #searches = new Turns();
  readonly #desk: Desk;
  readonly #forgetPage: () => void;

  /** @internal */
  constructor(loaded: LoadedCore, policy: Policy, source: EntropySource, now: () => Date, options: KeygenOptions) {
    this.environment = options.environment;
    this.tenant = nonEmpty("tenant", options.tenant ?? "default");
    this.scope = knownScope(options.scope ?? "tenant");
    const jurisdiction =
      options.jurisdiction === undefined ? undefined : nonEmpty("jurisdiction", options.jurisdiction);
    this.#core = openCore(loaded);
    this.#generator = new Generator(this.#core, source, this);
    this.#desk = {
      owner: this,
      policy,
      loaded,
      core: this.#core,
      generator: this.#generator,
      scripted: source.scripted,
      jurisdiction,
      now,
      refuseIfEnded: () => this.#refuseIfClosed(),
      random: (length) => {
        this.#refuseIfClosed();
        return this.#generator.generate(length);
      },
    };
    this.#forgetPage = onPageRestored(() => this.#generator.reseed());
  }

  /** What the policy says of such a key now, without making one; of one from a seed, if it is told of the seed. */
  decide(algorithm: AlgorithmName, { seed, ...options }: DecideOptions & Pick<PolicyRequest, "seed"> = {}): Decision {
    return decideFor(this.#desk, findAlgorithm(algorithm), options, seed);
  }

  /**
   * A new key and its record. Throws PolicyRefusal when the policy does not allow it, the signal's reason when aborted,
   * KeygenError when the instance cannot serve.
   */
  async generate<A extends AlgorithmName>(algorithm: A, options: GenerateOptions = {}): Promise<Generated<A>> {
    const row = findAlgorithm(algorithm);
    return (await this.#key(row, options, () => makerOf(row, DRBG_STRENGTH_BITS))) as Generated<A>; // the registry ties kind and name together
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
    checkSeed(row, seed, options);
    const from = { seed: seedFacts(options, seed.length) };
    const own = copyBytes(seed);
    try {
      return (await this.#key(row, options, () => seededMaker(row, own, options), from)) as Generated<A>; // as above
    } finally {
      own.fill(0);
    }
  }

  /**
   * A secret key of components by SP 800-133 Rev. 2, 6.3: one is drawn here, as long as the key, the others are the caller's,
   * so that nobody's is trusted alone. Policy and errors are those of `generate`, and RangeError for what does not combine.
   */
  async combineKeys<A extends AlgorithmName>(algorithm: A, options: CombineOptions): Promise<Generated<A>> {
    const row = findAlgorithm(algorithm);
    const { method, keys, data, salt, ...rest } = options;
    const wish = { method, keys, ...defined({ data, salt }) };
    checkCombination(row, wish);
    const told = { method: combination[method], keys: keys.length + 1, data: data?.length ?? 0 };
    return (await this.#key(row, rest, () => combinedMaker(row, wish), { combination: told })) as Generated<A>; // as above
  }

  /**
   * Bytes from a secret, `length` of them, by the derivation of that name; the caller owns and wipes them. PolicyRefusal when
   * the policy does not allow it, RangeError beyond the limits of the standard, the signal's reason when aborted.
   */
  async derive<N extends DerivationName>(name: N, options: DeriveOptions<N>): Promise<Bytes> {
    const refuseIfEnded = (): void => this.#refuseIfClosed();
    refuseIfEnded();
    const decision = this.decideDerivation(name, options);
    if (!decision.allowed) throw new PolicyRefusal(name, decision);
    return await this.#orEnd(async () => readDerivation(name, options).run(this.#core, refuseIfEnded));
  }

  /** What the policy says of such a derivation now, without one. */
  decideDerivation<N extends DerivationName>(name: N, options: DeriveOptions<N>): Decision {
    const request = { ...askerOf(this.#desk), derivation: name, ...readDerivation(name, options).facts };
    return decideDerivation(this.#desk.policy, request, this.#desk.now());
  }

  /**
   * `count` new keys, each with its record, in turn: each is made when it is asked for, so that memory does not grow with
   * their number. The policy decides once for each 16 keys, which also share 32 fresh platform bytes (each key has its own
   * where the policy demands prediction resistance); their records say so, and share their frozen common parts. Leaving the
   * loop ends it; an abort ends it with the signal's reason, before the next key.
   */
  generateMany<A extends AlgorithmName>(
    algorithm: A,
    count: number,
    options: GenerateOptions = {},
  ): AsyncGenerator<Generated<A>, void, undefined> {
    const row = findAlgorithm(algorithm);
    checkCount(count);
    return this.#many(row, count, options) as AsyncGenerator<Generated<A>, void, undefined>; // as above
  }

  async *#many(row: Algorithm, count: number, options: GenerateOptions): ReturnType<typeof makeMany> {
    const maker = makerOf(row, DRBG_STRENGTH_BITS);
    if ("search" in maker) {
      for (let i = 0; i < count; i++) yield await this.#key(row, options, () => maker);
      return;
    }
    const make = (generator: KeySource): Made => maker.make({ core: this.#core, generator }, row);
    try {
      yield* makeMany(this.#desk, row, count, make, options.signal, () => askFor(this.#desk, row, options));
    } catch (error) {
      throw this.#endIfFatal(error);
    }
  }

  async #key(
    row: Algorithm,
    options: GenerateOptions,
    makerFor: () => Maker<Algorithm>,
    from?: Origin,
  ): Promise<GeneratedPair | GeneratedSecret> {
    const states = askFor(this.#desk, row, options, from);
    return await this.#orEnd(async () => {
      const work = this.#make(makerFor(), row, options, states);
      // What is made at once is recorded at once: no other call draws from the generator in between.
      const made = work instanceof Promise ? await work : work;
      return finish(this.#desk, row, made, states);
    });
  }

  async #orEnd<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw this.#endIfFatal(error);
    }
  }

  /** After a fatal error the instance serves nothing any more. */
  #endIfFatal(error: unknown): unknown {
    if (error instanceof KeygenError && fatal.includes(error.code)) this.#end(error);
    return error;
  }

  /** Whether it was closed, by `close` or by a failed test: then only a new one serves. */
  get closed(): boolean {
    return this.#closed !== undefined;
  }

  /** Draws fresh entropy before the next key. */
  reseed(): void {
    this.#refuseIfClosed();
    this.#generator.reseed();
  }

  /** Wipes the generator. A search that is under way ends with KeygenError "closed". */
  close(): void {
    this.#end(new KeygenError("closed", "this keygen was closed; open a new one"));
  }

  [Symbol.dispose](): void {
    this.close();
  }

  /** What is made in steps shares the core's one search state, so it takes turns. */
  #make(
    maker: Maker<Algorithm>,
    row: Algorithm,
    { signal, onProgress }: GenerateOptions,
    states: States,
  ): Made | Promise<Made> {
    const bench = { core: this.#core, generator: this.#generator };
    if ("make" in maker) {
      this.#renew(states);
      return maker.make(bench, row);
    }
    const search = async (): Promise<Made> => {
      this.#refuseIfClosed();
      signal?.throwIfAborted();
      this.#renew(states);
      // Nothing else of the options reaches the search: the record tells what of `making` it was.
      const options = { ...defined({ signal, onProgress }), ...states.making };
      return await maker.search(bench, row, { ...options, refuseIfEnded: () => this.#refuseIfClosed() });
    };
    return this.#searches.take(search, signal);
  }

  /** What the policy's demand for prediction resistance means here: fresh entropy before the output that makes the key. */
  #renew({ decision }: States): void {
    if (decision.obligations.some(({ id }) => id === "prediction-resistance")) this.#generator.reseed();
  }

  #refuseIfClosed(): void {
    if (this.#closed !== undefined) throw this.#closed;
  }

  #end(reason: KeygenError): void {
    if (this.#closed !== undefined) return;
    this.#closed = reason;
    this.#forgetPage();
    rsaEnd(this.#core); // what waits for its next step may wait for ever
    slhDsaEnd(this.#core);
    this.#core.wipeReserved();
    this.#generator.uninstantiate();
  }
}
