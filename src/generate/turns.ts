/** Work that must not overlap takes turns. Nothing of a result is held here: it may be a key. */
export class Turns {
  #last: Promise<void> = Promise.resolve();

  /** Runs `work` when all before it has ended. An abort ends the waiting at once, with the signal's reason. */
  take<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    const ahead = this.#last;
    const mine = unlessAborted(ahead, signal).then(work);
    // Whoever gave up waiting must not let the next one pass those who are still ahead.
    this.#last = mine.then(
      () => undefined,
      () => ahead,
    );
    return mine;
  }
}

function unlessAborted(waiting: Promise<void>, signal: AbortSignal | undefined): Promise<void> {
  if (signal === undefined) return waiting;
  if (signal.aborted) return Promise.reject(signal.reason); // its event is over
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(signal.reason);
    signal.addEventListener("abort", abort, { once: true });
    waiting.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}
