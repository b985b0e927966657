/**
 * The one path of a key: decide, seed, generate, test pairwise, record, return. Each Keygen has an instance of the core
 * of its own and belongs to one environment, tenant and scope for life.
 */
import type { Algorithm } from "./algorithms/algorithm.ts";
import { type AlgorithmName, findAlgorithm } from "./algorithms/registry.ts";
import { type Core, openCore } from "./core/core.ts";
import { hmac } from "./core/hmac.ts";
import type { CoreLoader, LoadedCore } from "./core/load.ts";
import { rsaEnd } from "./core/rsa.ts";
import { onPageRestored, runtimeFacts } from "./core/runtime.ts";
import { slhDsaEnd } from "./core/slh-dsa.ts";
import { DRBG_HASH, DRBG_STRENGTH_BITS, Generator } from "./drbg/generator.ts";
import type { EntropySource } from "./entropy/source.ts";
import { webCryptoSource } from "./entropy/web-crypto.ts";
import { KeygenError } from "./errors.ts";
import { type Desk, type Finished, finish, type States, withCopy } from "./finish.ts";
import { type Made, makerOf } from "./generate/makers.ts";
import { completeRsaWish } from "./generate/rsa-method.ts";
import { Turns } from "./generate/turns.ts";
import {
  type AnyGenerateOptions,
  checkRecovery,
  type DecideOptions,
  defined,
  type Generated,
  type GeneratedKept,
  type GenerateOptions,
  isExtractable,
  type KeptOptions,
  type KeygenOptions,
  knownProvider,
  knownScope,
  nonEmpty,
  type PlatformOptions,
  type Readable,
  refuseRsaOptions,
  rsaTermsOf,
  type Scope,
  wantPlatform,
} from "./options.ts";
import type { Platform } from "./platform/web-crypto.ts";
import { type Decision, decide, type Obligation } from "./policy/decide.ts";
import { alternatives, cannotServe } from "./policy/instead.ts";
import { type Policy, resolvePolicy } from "./policy/policy.ts";
import { PolicyRefusal } from "./policy/refusal.ts";
import type { PolicyRequest } from "./policy/request.ts";
import type { Environment } from "./policy/schema.ts";
import type { KeyRecord, PlatformRecord } from "./record/record.ts";
import { testify } from "./testify.ts";

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
  if (policy.pairwise === "platform")
    wantPlatform(options.platform, `pairwise of policy ${policy.id} ${policy.version}`);
  const loaded = await load(options.core);
  return new Keygen(loaded, policy, source, now, options);
}

function isObliged({ obligations }: Decision, wanted: Obligation["id"]): boolean {
  return obligations.some(({ id }) => id === wanted);
}

export class Keygen {
  readonly environment: Environment;
  readonly tenant: string;
  readonly scope: Scope;
  readonly #policy: Policy;
  readonly #loaded: LoadedCore;
  readonly #core: Core;
  readonly #generator: Generator;
  readonly #now: () => Date;
  readonly #jurisdiction: string | undefined;
  readonly #scripted: boolean;
  readonly #platform: Platform | undefined;
  #closed: KeygenError | undefined;
  readonly #searches = new Turns();
  readonly #desk: Desk;
  readonly #forgetPage: () => void;

  /** @internal */
  constructor(loaded: LoadedCore, policy: Policy, source: EntropySource, now: () => Date, options: KeygenOptions) {
    this.environment = options.environment;
    this.tenant = nonEmpty("tenant", options.tenant ?? "default");
    this.scope = knownScope(options.scope ?? "tenant");
    this.#policy = policy;
    this.#loaded = loaded;
    this.#now = now;
    const jurisdiction =
      options.jurisdiction === undefined ? undefined : nonEmpty("jurisdiction", options.jurisdiction);
    this.#jurisdiction = jurisdiction;
    this.#scripted = source.scripted;
    this.#platform = options.platform;
    this.#core = openCore(loaded);
    this.#generator = new Generator(this.#core, source, this);
    this.#desk = {
      owner: this,
      random: (length) => {
        this.#refuseIfClosed();
        return this.#generator.generate(length);
      },
      hmacSha256: (key, message) => hmac(this.#core, "SHA-256", key, message),
      now,
      testify: (row, { request, tested }) => {
        const { scripted } = source;
        const witness = { loaded, core: this.#core, generator: this.#generator, scripted, jurisdiction };
        return testify(witness, row, request, tested);
      },
    };
    this.#forgetPage = onPageRestored(() => this.#generator.reseed());
  }

  /** What the policy says of such a key now, without making one. */
  decide(algorithm: AlgorithmName, options: DecideOptions = {}): Decision {
    return decide(this.#policy, this.#request(findAlgorithm(algorithm), options), this.#now());
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
    this.#refuseIfClosed();
    options.signal?.throwIfAborted();
    const requestedAt = this.#now().toISOString();
    const request = this.#request(row, options);
    const { rsaMethod: method, rsaLucas: lucas } = request;
    const making = completeRsaWish({ method, lucas, publicExponent: options.publicExponent });
    const decision = decide(this.#policy, request, this.#now());
    if (!decision.allowed) throw new PolicyRefusal(row.name, decision, this.#instead(request));
    const { recovery } = options;
    const states = { requestedAt, request, decision, making, ...defined({ recovery: recovery?.facts }) };
    try {
      if (request.provider === "platform") return await this.#fromPlatform(row, options, states);
      const work = this.#make(row, options, states);
      // What is made at once is recorded at once: no other call draws from the generator in between.
      const made = work instanceof Promise ? await work : work;
      const isAsked = made.kind === "pair" && isObliged(decision, "pairwise-platform");
      const tested = isAsked ? await this.#platform?.testPair(row, made, request.purpose) : undefined;
      const finished = finish(this.#desk, row, made, { ...states, ...defined({ tested }) });
      return await withCopy(finished, recovery);
    } catch (error) {
      if (error instanceof KeygenError && fatal.includes(error.code)) this.#end(error);
      throw error;
    }
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
  #make(row: Algorithm, { signal, onProgress }: AnyGenerateOptions, states: States): Made | Promise<Made> {
    const maker = makerOf(row, DRBG_STRENGTH_BITS);
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

  /** A key by Web Cryptography, which may take its time: nothing here waits for it but this call. */
  async #fromPlatform(row: Algorithm, { signal, recovery }: AnyGenerateOptions, states: States): Promise<Finished> {
    const { request, making } = states;
    if (this.#scripted) throw new RangeError("a keygen of scripted entropy makes keys in the core only");
    const { made, test } = await wantPlatform(this.#platform, 'provider "platform"').generate(this.#core, row, {
      purpose: request.purpose,
      extractable: request.extractable === true,
      publicExponent: making.publicExponent,
      refuseIfEnded: () => {
        this.#refuseIfClosed();
        signal?.throwIfAborted();
      },
      turn: (work) => this.#searches.take(work, signal),
      cannot: (by, why, cause) => cannotServe(by, why, row, this.#instead(request), cause),
    });
    return await withCopy(finish(this.#desk, row, made, { ...states, tested: test }), recovery);
  }

  /** What could be asked for instead of a key that cannot be had. */
  #instead(request: PolicyRequest): readonly string[] {
    const others = (served?: (row: Algorithm) => boolean) => alternatives(this.#policy, request, this.#now(), served);
    if (request.provider === "core") return others();
    const { algorithm, purpose } = request;
    const byCore: PolicyRequest = { ...request, ...this.#coreFacts() };
    const isAllowed = decide(this.#policy, byCore, this.#now()).allowed;
    return [
      ...(isAllowed ? [`${algorithm} of provider "core"`] : []),
      ...others((row) => this.#platform?.serves(row, purpose) ?? false),
    ];
  }

  /** What the policy's demand for prediction resistance means here: fresh entropy before the output that makes the key. */
  #renew({ decision }: States): void {
    if (isObliged(decision, "prediction-resistance")) this.#generator.reseed();
  }

  #request(row: Algorithm, options: DecideOptions): PolicyRequest {
    const { purpose, classification, protectUntil, export: form } = options;
    refuseRsaOptions(row, options);
    const recovery = checkRecovery(row, options)?.facts;
    const asked = {
      algorithm: row.name,
      environment: this.environment,
      tenant: this.tenant,
      scope: this.scope,
      extractable: isExtractable(options),
      generation: "random" as const,
      ...defined({ purpose, classification, protectUntil, export: form, recovery, jurisdiction: this.#jurisdiction }),
    };
    if (knownProvider(options.provider ?? "core") === "platform") {
      return { ...asked, provider: "platform", module: { runtime: runtimeFacts().name } };
    }
    const rsaTerms = row.kind === "rsa" ? rsaTermsOf(this.#policy, options) : {};
    return {
      ...asked,
      ...this.#coreFacts(),
      ...defined(rsaTerms),
    };
  }

  #coreFacts() {
    const generator = { mechanism: "HMAC_DRBG", hash: DRBG_HASH, strengthBits: DRBG_STRENGTH_BITS };
    return { provider: "core", module: { digest: this.#loaded.digest }, generator } as const;
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
    this.#generator.uninstantiate();
  }
}
