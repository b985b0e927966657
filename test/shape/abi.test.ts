/** The core and the library agree on the ABI: version, exports, status codes; and the core imports nothing. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { ABI_VERSION } from "../../src/core/core.ts";
import { Status } from "../../src/core/status.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const read = (path: string): string => readFileSync(`${root}${path}`, "utf8");

describe.each(["core", "core-relaxed"])("%s.wasm", (file) => {
  const module = new WebAssembly.Module(readFileSync(`${root}build/${file}.wasm`));

  test("imports nothing", () => expect(WebAssembly.Module.imports(module)).toEqual([]));

  test("exports what src/core/exports.ts declares, and nothing else", () => {
    const declared = [...read("src/core/exports.ts").matchAll(/^ {2}(?:readonly )?(\w+)[(:]/gm)].map(
      ([, name]) => name,
    );
    const exported = WebAssembly.Module.exports(module).map(({ name }) => name);
    expect(exported.sort()).toEqual(declared.sort());
  });

  test("speaks the ABI version of the library", () => {
    const { abiVersion } = new WebAssembly.Instance(module).exports as { abiVersion(): number };
    expect(abiVersion()).toBe(ABI_VERSION);
  });

  test("has memory fixed at 47 pages", () => {
    const { memory } = new WebAssembly.Instance(module).exports as { memory: WebAssembly.Memory };
    expect(memory.buffer.byteLength).toBe(47 * 65_536);
    expect(() => memory.grow(1)).toThrow(RangeError);
  });
});

test("status codes are the same on both sides", () => {
  const codes = [...read("assembly/abi.ts").matchAll(/export const (\w+): u32 = (\d+);/g)].map(([, name, code]) => [
    name,
    Number(code),
  ]);
  expect(Object.fromEntries(codes)).toEqual(Status);
});
