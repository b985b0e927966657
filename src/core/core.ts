/**
 * One instance of the core: its own memory, so its own secrets. Everything that enters or leaves passes here.
 *
 * The arena is handed out from both ends. From the front as a stack, for one call: whoever allocates last frees first,
 * which `withScratch` sees to. From the back in blocks that live as long as their holder, in any order: states.
 */
import { KeygenError } from "../errors.ts";
import type { CoreExports } from "./exports.ts";
import { blocked, type CoreBuild, type LoadedCore } from "./load.ts";

/** The ABI that this library speaks; `assembly/abi.ts` holds the same number. */
export const ABI_VERSION = 1;

export interface Core {
  readonly exports: CoreExports;
  readonly build: CoreBuild;
  readonly memory: WebAssembly.Memory;
  alloc(length: number): number;
  free(at: number): void;
  wipe(at: number, length: number): void;
  /** A block of zeros that stays until `release`. */
  reserve(length: number): number;
  /** Wipes a block of `reserve` and takes it back. */
  release(at: number): void;
  /** Wipes every block of `reserve`, also of work that will never go on. Their holders still release them. */
  wipeReserved(): void;
}

function mismatch(cause?: unknown): KeygenError {
  const text = `the core must have ABI version ${ABI_VERSION} and no imports; use the .wasm of this release`;
  return new KeygenError("core-mismatch", text, {}, { cause });
}

export function openCore(loaded: LoadedCore): Core {
  let exports: CoreExports;
  try {
    exports = new WebAssembly.Instance(loaded.module).exports as unknown as CoreExports; // typed by hand, tested by abi.test
  } catch (cause) {
    const another = cause instanceof TypeError; // it wants imports, and none are given
    throw another ? mismatch(cause) : blocked(cause);
  }
  if (exports.abiVersion?.() !== ABI_VERSION) throw mismatch();
  let top = exports.arenaPtr();
  let end = top + exports.arenaSize();
  const tooMuch = () =>
    new RangeError(`states, inputs and output must fit in ${exports.arenaSize()} bytes of the core`);
  // Blocks from the back by address. A released one keeps its place for the next of its size: few sizes exist.
  const reserved = new Map<number, { readonly length: number; held: boolean }>();
  const bytes = new Uint8Array(exports.memory.buffer); // for good: the memory is fixed in size
  const wipe = (at: number, length: number) => {
    bytes.fill(0, at, at + length);
  };
  return {
    exports,
    build: loaded.build,
    memory: exports.memory,
    alloc(length) {
      const at = top;
      const next = (at + length + 15) & ~15;
      if (next > end) throw tooMuch();
      top = next;
      return at;
    },
    free(at) {
      top = at;
    },
    wipe,
    reserve(length) {
      const size = (length + 15) & ~15;
      for (const [at, block] of reserved) {
        if (block.held || block.length !== size) continue;
        block.held = true;
        return at;
      }
      if (end - size < top) throw tooMuch();
      end -= size;
      reserved.set(end, { length: size, held: true });
      return end;
    },
    release(at) {
      const block = reserved.get(at);
      if (block === undefined || !block.held) throw new RangeError("release takes what reserve gave, once");
      wipe(at, block.length);
      block.held = false;
    },
    wipeReserved() {
      for (const [at, { length }] of reserved) wipe(at, length);
    },
  };
}

/**
 * Lends `length` bytes of core memory to `body` and wipes them on every way out.
 *
 * `body` is synchronous on purpose: across an await, another call could enter the core
 * while this secret is in it. Copy results out with slice(); the view must not escape.
 */
export function withScratch<T>(core: Core, length: number, body: (view: Uint8Array, at: number) => T): T {
  const at = core.alloc(length);
  try {
    return body(new Uint8Array(core.memory.buffer, at, length), at);
  } finally {
    core.wipe(at, length);
    core.free(at);
  }
}

/** Lends core memory that holds `inputs`, one after the other, and wipes it. */
export function withInputs<T>(core: Core, inputs: readonly Uint8Array[], body: (...at: number[]) => T): T {
  const total = inputs.reduce((length, input) => length + input.length, 0);
  return withScratch(core, total, (view, start) => {
    let at = 0;
    const places = inputs.map((input) => {
      view.set(input, at);
      at += input.length;
      return start + at - input.length;
    });
    return body(...places);
  });
}
