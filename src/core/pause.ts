/** Giving the event loop its turn between the steps of long work. */

type Scheduler = { yield?: () => Promise<void> };

/**
 * Resolves after the event loop had a turn. `scheduler.yield` and `setImmediate` are not slowed down when called often,
 * as timers are in pages (4 ms each), so they come first.
 */
export function pause(): Promise<void> {
  const { scheduler, setImmediate } = globalThis as unknown as {
    scheduler?: Scheduler;
    setImmediate?: (callback: () => void) => void;
  };
  if (typeof scheduler?.yield === "function") return scheduler.yield();
  if (typeof setImmediate === "function") return new Promise((resolve) => setImmediate(resolve));
  return new Promise((resolve) => setTimeout(resolve, 0));
}
