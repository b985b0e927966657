/** The inner floors of the core as an instance of their own: compiled here, with operands that tests put and get. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

type Call = (...args: number[]) => number;

export interface Arithmetic {
  readonly memory: WebAssembly.Memory;
  /** A function of the core by its name. */
  call(name: string, ...args: number[]): number;
  /** Puts a number of `limbs` limbs into operand slot 0 to 15 and returns its address. */
  put(slot: number, value: bigint, limbs: number): number;
  get(at: number, limbs: number): bigint;
  at(slot: number): number;
  /** Bytes outside the operands that are not what they were when the instance was made. */
  residue(): number;
}

/** Each slot takes 4 KiB: the product of two numbers of 8192 bits has 2 KiB. */
const SLOT = 4096;

/** Compiles `<entry>-entry.ts`, as the core is compiled for engines with or without relaxed SIMD. */
export function openArithmetic(
  entry: "arithmetic" | "edwards" | "kernels" | "lanes" | "search" = "arithmetic",
  relaxed = entry === "edwards",
): Arithmetic {
  const root = fileURLToPath(new URL("../..", import.meta.url));
  const folder = mkdtempSync(join(tmpdir(), "keywright-"));
  const file = join(folder, "arithmetic.wasm");
  const features = relaxed ? "--enable simd --enable relaxed-simd" : "--enable simd";
  const options = `--config none --runtime stub --use abort= ${features} -O3 --noAssert --initialMemory 32`.split(" ");
  try {
    const asc = join(root, "node_modules/assemblyscript/bin/asc.js");
    execFileSync(process.execPath, [asc, `test/support/${entry}-entry.ts`, "-o", file, ...options], { cwd: root });
    return wrap(new WebAssembly.Instance(new WebAssembly.Module(readFileSync(file))));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function wrap(instance: WebAssembly.Instance): Arithmetic {
  const { memory, ...functions } = instance.exports as { memory: WebAssembly.Memory } & Record<string, Call>;
  const view = new DataView(memory.buffer);
  const bytes = new Uint8Array(memory.buffer);
  const call = (name: string, ...args: number[]) => {
    const found = functions[name];
    if (found === undefined) throw new RangeError(`no function ${name}`);
    return found(...args) >>> 0;
  };
  const operands = call("operandsPtr");
  const before = bytes.slice();
  return {
    memory,
    call,
    at: (slot) => operands + slot * SLOT,
    put(slot, value, limbs) {
      const at = operands + slot * SLOT;
      for (let i = 0; i < limbs; i++) {
        view.setUint32(at + 4 * i, Number(value & 0xffffffffn), true);
        value >>= 32n;
      }
      if (value !== 0n) throw new RangeError(`the number does not fit in ${limbs} limbs`);
      return at;
    },
    get(at, limbs) {
      let value = 0n;
      for (let i = limbs - 1; i >= 0; i--) value = (value << 32n) | BigInt(view.getUint32(at + 4 * i, true));
      return value;
    },
    residue() {
      let changed = 0;
      for (let i = 0; i < bytes.length; i++) {
        if ((i < operands || i >= operands + 16 * SLOT) && bytes[i] !== before[i]) changed++;
      }
      return changed;
    },
  };
}
