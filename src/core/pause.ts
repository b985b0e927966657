/** Giving the event loop its turn between the steps of long work. */

type Scheduler = { postTask?: (task: () => void) => Promise<void> };

interface Channel {
  readonly port1: { onmessage: (() => void) | null; close(): void };
  readonly port2: { postMessage(message: undefined): void };
}

/**
 * Resolves after the event loop had a turn. `scheduler.postTask`, `setImmediate` and messages are not slowed down when called
 * often, as timers are in pages (4 ms each), so they come first. `scheduler.yield` would put what follows before all other tasks:
 * a Web Worker in a long search would then never read the message that cancels it.
 */
export function pause(): Promise<void> {
  const { scheduler, setImmediate, MessageChannel } = globalThis as unknown as {
    scheduler?: Scheduler;
    setImmediate?: (callback: () => void) => void;
    MessageChannel?: new () => Channel;
  };
  if (typeof scheduler?.postTask === "function") return scheduler.postTask(() => undefined);
  if (typeof setImmediate === "function") return new Promise((resolve) => setImmediate(resolve));
  if (typeof MessageChannel === "function") return passMessage(new MessageChannel());
  return new Promise((resolve) => setTimeout(resolve, 0));
}

function passMessage({ port1, port2 }: Channel): Promise<void> {
  return new Promise((resolve) => {
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}
