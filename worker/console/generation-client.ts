/** The page's side of the generation worker: calls that wait for their answer. */

import type { Progress } from "#keywright";
import { CallFailure } from "./failure.ts";
import type { CallName, Calls, FromWorker, ToWorker } from "./messages.ts";

interface Waiting {
  resolve(answer: unknown): void;
  reject(error: CallFailure): void;
  onProgress?: (progress: Progress) => void;
}

export interface CallOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

export class GenerationClient {
  readonly #worker = new Worker(new URL("./generation.worker.ts", import.meta.url), { type: "module" });
  readonly #waiting = new Map<number, Waiting>();
  #last = 0;
  #broken: CallFailure | undefined;

  constructor() {
    this.#worker.addEventListener("message", ({ data }: MessageEvent<FromWorker>) => this.#receive(data));
    this.#worker.addEventListener("error", (event) => {
      event.preventDefault();
      this.#breakDown();
    });
  }

  call<C extends CallName>(
    kind: C,
    ask: Calls[C]["ask"],
    { signal, onProgress }: CallOptions = {},
  ): Promise<Calls[C]["answer"]> {
    if (this.#broken !== undefined) return Promise.reject(this.#broken);
    const id = ++this.#last;
    const { promise, resolve, reject } = Promise.withResolvers<Calls[C]["answer"]>();
    this.#waiting.set(id, {
      resolve: (answer) => resolve(answer as Calls[C]["answer"]), // the worker answers each call by its kind
      reject,
      ...(onProgress === undefined ? {} : { onProgress }),
    });
    signal?.addEventListener("abort", () => this.#post({ kind: "cancel", id }), { once: true });
    this.#post({ kind, id, ask } as ToWorker); // kind and ask belong together by the signature
    return promise;
  }

  /** Wipes a key that the worker holds. */
  forget(keyId: string): void {
    this.#post({ kind: "forget", keyId });
  }

  /** New entropy before the next key: after the page came back from the back-forward cache. */
  reseed(): void {
    this.#post({ kind: "reseed" });
  }

  #post(message: ToWorker): void {
    this.#worker.postMessage(message);
  }

  #receive(message: FromWorker): void {
    const waiting = this.#waiting.get(message.id);
    if (waiting === undefined) return;
    if (message.kind === "progress") {
      waiting.onProgress?.(message.progress);
      return;
    }
    this.#waiting.delete(message.id);
    if (message.kind === "answer") waiting.resolve(message.answer);
    else waiting.reject(new CallFailure(message.failure));
  }

  /** A worker that could not be started answers nothing any more: everything that waits, or will, is told so. */
  #breakDown(): void {
    const message = "the page's worker could not be started or broke down; reload the page";
    this.#broken = new CallFailure({ code: "unexpected", message });
    for (const { reject } of this.#waiting.values()) reject(this.#broken);
    this.#waiting.clear();
  }
}
