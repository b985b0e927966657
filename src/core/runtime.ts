/** Which runtime this is, as far as it says so itself, and what only pages do. */

export interface RuntimeFacts {
  readonly name: "node" | "workerd" | "browser" | "other";
  /** What the runtime says of its version; absent where it says nothing. */
  readonly version?: string;
}

/** As much of a version as records hold: a user agent may have any length. */
const MAX_VERSION = 256;

export function runtimeFacts(): RuntimeFacts {
  const scope = globalThis as unknown as {
    process?: { versions?: { node?: string } };
    navigator?: { userAgent?: string };
    document?: unknown;
    WorkerGlobalScope?: unknown;
  };
  const { navigator, document, WorkerGlobalScope } = scope;
  const agent = navigator?.userAgent;
  if (agent === "Cloudflare-Workers") return { name: "workerd" };
  const node = scope.process?.versions?.node; // not read before: workerd builds its `process` at the first touch, in 10 ms and more
  if (typeof node === "string" && document === undefined) return { name: "node", version: node };
  const inBrowser = document !== undefined || WorkerGlobalScope !== undefined;
  const says = typeof agent === "string" && agent !== "";
  return { name: inBrowser ? "browser" : "other", ...(says ? { version: agent.slice(0, MAX_VERSION) } : {}) };
}

export interface LibraryFacts {
  readonly name: string;
  readonly version: string;
}

/** The library behind Web Cryptography, where the runtime names it: Node does. Others that have Node's names are not Node. */
export function libraryFacts(): LibraryFacts | null {
  if (runtimeFacts().name !== "node") return null; // `process` of others is not touched
  const { process } = globalThis as unknown as { process: { versions: Readonly<Record<string, string | undefined>> } };
  const { openssl, bun, deno, electron } = process.versions;
  const isOwn = bun === undefined && deno === undefined && electron === undefined;
  return isOwn && openssl !== undefined ? { name: "OpenSSL", version: openssl } : null;
}

/**
 * Calls `restored` when the page comes back from the back-forward cache: its memory was frozen and may exist twice.
 * Returns what ends that. Does nothing where there are no pages.
 */
export function onPageRestored(restored: () => void): () => void {
  const { addEventListener, removeEventListener, document } = globalThis as unknown as {
    addEventListener?: (type: string, listener: (event: { persisted?: boolean }) => void) => void;
    removeEventListener?: (type: string, listener: (event: { persisted?: boolean }) => void) => void;
    document?: unknown;
  };
  if (document === undefined) return () => undefined;
  const listener = (event: { persisted?: boolean }): void => {
    if (event.persisted === true) restored();
  };
  addEventListener?.("pageshow", listener);
  return () => removeEventListener?.("pageshow", listener);
}
