/** Secret keys of components, SP 800-133 Rev. 2, 6.3, in whatever runtime this runs. */
import { hex } from "@scure/base";
import { describe, expect, test } from "vitest";
import {
  type CombineOptions,
  combineKeys,
  concatenateKeys,
  encodeRaw,
  openKeygen,
  PolicyRefusal,
  verifyRecord,
  xorKeys,
} from "#keywright";
import { deterministicKeygen, openTestBench } from "#keywright/testing";

const run = (from: number, length: number) => Uint8Array.from({ length }, (_, i) => from + i);
const entropy = run(3, 48);
const open = () => deterministicKeygen({ policy: "open", entropy });
const [theirs, data, salt] = [run(100, 32), run(50, 32), run(9, 16)];

/** What the same script draws first. */
async function drawn(): Promise<Uint8Array> {
  using keygen = await open();
  return encodeRaw((await keygen.generate("AES-256")).secretKey);
}

async function combined(options: CombineOptions): Promise<string> {
  using keygen = await open();
  return hex.encode(encodeRaw((await combineKeys(keygen, "AES-256", options)).secretKey));
}

test("the exclusive or of what was drawn, their keys and their data", async () => {
  const own = await drawn();
  expect(await combined({ method: "xor", keys: [theirs] })).toBe(hex.encode(xorKeys([own, theirs])));
  const more = [own, theirs, run(1, 32), data];
  const wanted = own.map((_, i) => more.reduce((sum, item) => sum ^ (item[i] ?? 0), 0));
  expect(await combined({ method: "xor", keys: [theirs, run(1, 32)], data: [data] })).toBe(hex.encode(wanted));
});

test("HMAC of what was drawn, their keys and their data, of any length", async () => {
  const own = await drawn();
  const bench = await openTestBench();
  const hmac = (key: Uint8Array, ...parts: Uint8Array[]) =>
    hex.encode(bench.hmac("SHA-512", key, concatenateKeys(parts)).slice(0, 32));
  expect(await combined({ method: "extraction", keys: [run(1, 5)] })).toBe(hmac(new Uint8Array(), own, run(1, 5)));
  const wanted = hmac(salt, own, theirs, run(1, 7), data);
  expect(await combined({ method: "extraction", keys: [theirs, run(1, 7)], data: [data], salt })).toBe(wanted);
  bench.close();
});

test("nobody's component makes the key alone: the same ones give another key each time", async () => {
  using keygen = await openKeygen({ policy: "open", environment: "test" });
  const keys = new Set<string>();
  for (const method of ["xor", "extraction", "xor", "extraction"] as const) {
    const { secretKey, record } = await combineKeys(keygen, "HMAC-SHA-256", {
      method,
      keys: [theirs],
      purpose: "derive",
    });
    keys.add(hex.encode(encodeRaw(secretKey)));
    expect(record.predicate).toMatchObject({
      generation: "combined",
      purpose: "derive",
      combination: { keys: 2, data: 0 },
    });
    expect(record.predicate.combination?.method).toContain(method === "xor" ? "option 2" : "option 3");
    expect(await verifyRecord(record, { secretKey })).toMatchObject({ broken: [] });
    const { combination: _, ...without } = record.predicate;
    expect(await verifyRecord({ ...record, predicate: without })).toMatchObject({ broken: [{ id: "combination" }] });
    const random = { ...record.predicate, generation: "random" };
    expect(await verifyRecord({ ...record, predicate: random })).toMatchObject({
      broken: [{ id: "standard" }, { id: "combination" }],
    });
  }
  expect(keys.size).toBe(4);
});

describe("refused", () => {
  test.each<readonly [string, object, RegExp]>([
    ["no method", { keys: [theirs] }, /method must be xor or extraction, got undefined/],
    ["concatenation", { method: "concatenation", keys: [theirs] }, /got "concatenation"/],
    ["no list", { method: "xor" }, /keys must be a list of bytes/],
    ["nobody else's key", { method: "xor", keys: [] }, /keys must be at least 1, got 0/],
    ["a key as text", { method: "xor", keys: ["secret"] }, /keys must be a list of bytes/],
    ["a short key", { method: "xor", keys: [run(0, 31)] }, /as long as the first key, 32 bytes, got 31.*option 2/],
    ["short data", { method: "xor", keys: [theirs], data: [run(0, 31)] }, /got 31/],
    ["data as text", { method: "extraction", keys: [theirs], data: ["x"] }, /data must be a list of bytes/],
    ["an empty component", { method: "extraction", keys: [new Uint8Array()] }, /bytes of a component key.*got 0/],
    ["a salt where none is", { method: "xor", keys: [theirs], salt }, /a salt is for extraction alone/],
    ["a salt as text", { method: "extraction", keys: [theirs], salt: "x" }, /salt must be bytes/],
  ])("%s", async (_, options, reason) => {
    using keygen = await open();
    await expect(combineKeys(keygen, "AES-256", options as CombineOptions)).rejects.toThrow(reason);
    expect(keygen.closed).toBe(false);
  });

  test("a pair, and what the policy refuses", async () => {
    using keygen = await openKeygen({ policy: "nist", environment: "test" });
    const options = { method: "xor", keys: [theirs] } as const;
    await expect(combineKeys(keygen, "P-256", options)).rejects.toThrow(/components make secret keys, got P-256/);
    await expect(combineKeys(keygen, "ChaCha20-Poly1305", options)).rejects.toBeInstanceOf(PolicyRefusal);
  });

  test("strings in place of components, by the functions without a generator", () => {
    expect(() => concatenateKeys(["ab", "cd"] as never)).toThrow(TypeError);
    expect(() => xorKeys([theirs, "x".repeat(32)] as never)).toThrow(TypeError);
    expect(() => xorKeys([theirs], ["x".repeat(32)] as never)).toThrow(TypeError);
    expect(() => xorKeys([theirs])).toThrow(RangeError);
  });
});
