/**
 * The page's module worker: it holds the generator and the key, and checks keys that came from elsewhere. Key bytes leave it
 * in the answer to `reveal` only, and nothing leaves it over the network.
 */

import {
  encodeJwk,
  encodePem,
  encodeSpki,
  type Keygen,
  KeygenError,
  openKeygen,
  type Progress,
  type PublicKey,
  webCrypto,
} from "#keywright";
import { registry } from "../../src/algorithms/registry.ts";
import { failureOf } from "./failure.ts";
import { check, forget, keep, ownKey, reveal, use } from "./kept-keys.ts";
import type {
  CallName,
  Calls,
  Decided,
  FromWorker,
  MadeKey,
  PairAsk,
  PublicForms,
  Setting,
  ToWorker,
} from "./messages.ts";
import { checkPair } from "./pair-check.ts";
import { type Made, whyUnsealable } from "./seal.ts";

const PROGRESS_MS = 40;

/** The DOM types describe a page's global; this one is a worker's. */
interface WorkerScope {
  postMessage(message: FromWorker, transfer?: Transferable[]): void;
  addEventListener(type: "message", listener: (event: MessageEvent<ToWorker>) => void): void;
}
const scope = globalThis as unknown as WorkerScope;

interface Opened {
  /** Setting as JSON: a change of it opens another generator. */
  readonly of: string;
  readonly keygen: Promise<Keygen>;
}

let opened: Opened | undefined;
const running = new Map<number, AbortController>();

function keygenFor(setting: Setting): Promise<Keygen> {
  const of = JSON.stringify(setting);
  if (opened?.of === of) return opened.keygen;
  opened?.keygen.then(
    (keygen) => keygen.close(),
    () => undefined,
  ); // one that never opened has nothing to close
  const keygen = openKeygen({ ...setting, platform: webCrypto });
  opened = { of, keygen };
  keygen.catch(dropGenerator);
  return keygen;
}

/** One that failed to open, or closed itself, is not kept: the next call opens another. */
function dropGenerator(): void {
  opened = undefined;
}

async function decide({ setting, ask }: Calls["decide"]["ask"]): Promise<Decided> {
  const { algorithm, ...asks } = ask;
  const decision = (await keygenFor(setting)).decide(algorithm, asks);
  return { decision, obstacle: ask.extractable === false ? await whyUnsealable(ask) : undefined };
}

/** The page forgets the key that it showed before when it shows this one: until then both are held, and nothing is lost. */
async function generate({ setting, ask }: Calls["generate"]["ask"], id: number): Promise<MadeKey> {
  const { signal } = track(id);
  try {
    const obstacle = ask.extractable === false ? await whyUnsealable(ask) : undefined;
    if (obstacle !== undefined) throw new KeygenError("algorithm-unsupported", `${obstacle}; no key was made`);
    const keygen = await keygenFor(setting);
    const onProgress = paced((progress) => scope.postMessage({ kind: "progress", id, progress }));
    const { algorithm, provider = "core", ...asks } = ask;
    const options = provider === "core" ? { ...asks, signal, onProgress } : { ...asks, provider, signal };
    const made = await unlessClosed(keygen, orAborted(keygen.generate(algorithm, options), signal));
    try {
      await keep(made, ask);
      signal.throwIfAborted();
      return { record: made.record, ...("publicKey" in made ? { publicKey: publicForms(made.publicKey) } : {}) };
    } catch (error) {
      ownKey(made)?.wipe();
      forget(made.record.subject[0].name);
      throw error;
    }
  } finally {
    running.delete(id);
  }
}

/** Gives up at once: a platform cannot be stopped on its way, and what it comes to in the end is wiped. */
async function orAborted(making: Promise<Made>, signal: AbortSignal): Promise<Made> {
  const { promise, reject } = Promise.withResolvers<never>();
  signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  try {
    return await Promise.race([making, promise]);
  } catch (error) {
    making.then(
      (made) => ownKey(made)?.wipe(),
      () => undefined,
    );
    throw error;
  }
}

/** Steps are shorter than anybody can see: one is told each PROGRESS_MS, and each that begins another phase. */
function paced(tell: (progress: Progress) => void): (progress: Progress) => void {
  let toldAt = 0;
  let phase: Progress["phase"] | undefined;
  return (progress) => {
    const now = performance.now();
    if (progress.phase === phase && now - toldAt < PROGRESS_MS) return;
    toldAt = now;
    phase = progress.phase;
    tell(progress);
  };
}

function track(id: number): AbortController {
  const controller = new AbortController();
  running.set(id, controller);
  return controller;
}

async function unlessClosed(keygen: Keygen, making: Promise<Made>): Promise<Made> {
  try {
    return await making;
  } catch (error) {
    if (keygen.closed) dropGenerator();
    throw error;
  }
}

function publicForms(key: PublicKey): PublicForms {
  return {
    pem: encodePem("PUBLIC KEY", encodeSpki(key)),
    ...(registry[key.algorithm].formats.includes("jwk") ? { jwk: JSON.stringify(encodeJwk(key), undefined, 2) } : {}),
  };
}

async function pair(ask: PairAsk, id: number): Promise<undefined> {
  try {
    await checkPair(ask, track(id).signal);
  } finally {
    running.delete(id);
  }
}

type Call = Extract<ToWorker, { readonly kind: CallName }>;

async function perform(call: Call): Promise<Calls[CallName]["answer"]> {
  switch (call.kind) {
    case "decide":
      return await decide(call.ask);
    case "generate":
      return await generate(call.ask, call.id);
    case "reveal":
      return reveal(call.ask);
    case "check":
      return await check(call.ask);
    case "use":
      return await use(call.ask);
    case "pair":
      return await pair(call.ask, call.id);
  }
}

async function serve(call: Call): Promise<void> {
  const { id } = call;
  try {
    const answer = await perform(call);
    // Transferred, so that the bytes exist once and the page can wipe them.
    scope.postMessage({ kind: "answer", id, answer }, answer instanceof Uint8Array ? [answer.buffer] : []);
  } catch (error) {
    scope.postMessage({ kind: "failed", id, failure: failureOf(error) });
  }
}

scope.addEventListener("message", ({ data }) => {
  switch (data.kind) {
    case "cancel":
      running.get(data.id)?.abort();
      break;
    case "forget":
      forget(data.keyId);
      break;
    case "reseed":
      opened?.keygen.then((keygen) => keygen.reseed()).catch(dropGenerator);
      break;
    default:
      void serve(data);
  }
});
