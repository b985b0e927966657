/** Giving the event loop its turn between the steps of long work. */

type Scheduler = { postTask?: (task: () => void) => Promise<void> };

/**
 * Resolves after the event loop had a turn. `scheduler.postTask` and `setImmediate` are not slowed down when called often,
 * as timers are in pages (4 ms each), so they come first. `scheduler.yield` would put what follows before all other tasks:
 * a Web Worker in a long search would then never read the message that cancels it.
 */
export function pause(): Promise<void> {
  const { scheduler, setImmediate } = globalThis as unknown as {
    scheduler?: Scheduler;
    setImmediate?: (callback: () => void) => void;
  };
  if (typeof scheduler?.postTask === "function") return scheduler.postTask(() => undefined);
  if (typeof setImmediate === "function") return new Promise((resolve) => setImmediate(resolve));
  return new Promise((resolve) => setTimeout(resolve, 0));
}
