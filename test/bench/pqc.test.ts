// The rows of the post-quantum keys: what is timed is compared first, and the three kinds of row are what they say.
import { expect, test } from "vitest";
import { measurePqc, mustAgree, works } from "../../bench/pqc.bench.ts";
import { nativeKeys } from "../../bench/rivals/pqc.ts";
import { rowsOf } from "../../bench/row.ts";

const options = { rounds: 1, warmUpMs: 0 };

test("every parameter set of ML-KEM and ML-DSA has its three rows, and of SLH-DSA its two", () => {
  expect(works).toHaveLength(18 + 24);
  expect(works).toContain("ML-KEM-768 key");
  expect(works).toContain("ML-DSA-87 key, freshened");
  expect(works).toContain("SLH-DSA-SHAKE-256s key, tested");
});

test("an SLH-DSA key is timed beside the runtime's and noble's, and with its pairwise test alone", async () => {
  const work = "SLH-DSA-SHA2-128f key";
  const [ours, ...others] = rowsOf("pqc", "node", await measurePqc({ work, options }));
  expect(ours).toMatchObject({ work, implementation: "keywright", unit: "us" });
  expect(ours?.ratioToNative).toBeGreaterThan(0);
  expect(others).toHaveLength(2);
  const tested = await measurePqc({ work: `${work}, tested`, options });
  expect(rowsOf("pqc", "node", tested)).toMatchObject([{ implementation: "keywright", ratioToNative: null }]);
  expect(Math.min(...(tested.timings[0]?.samples ?? []))).toBeGreaterThan(2 * (ours?.median ?? 0));
});

test("a key is timed beside the runtime's and noble's, a pairwise test alone", async () => {
  for (const work of ["ML-KEM-512 key", "ML-DSA-44 key, freshened"]) {
    const [ours, ...others] = rowsOf("pqc", "node", await measurePqc({ work, options }));
    expect(ours).toMatchObject({ work, implementation: "keywright", unit: "us" });
    expect(ours?.ratioToNative).toBeGreaterThan(0);
    expect(ours?.ratioToBestJs).toBeGreaterThan(0);
    expect(others.map(({ implementation }) => implementation)).toEqual([
      "node:crypto generateKeyPairSync",
      "@noble/post-quantum",
    ]);
  }
  const alone = rowsOf("pqc", "node", await measurePqc({ work: "ML-KEM-512 pairwise test", options }));
  expect(alone).toMatchObject([{ implementation: "keywright", ratioToNative: null, ratioToBestJs: null }]);
});

test("a work that is none is refused, and an algorithm that the runtime does not have has no native row", async () => {
  await expect(measurePqc({ work: "ML-KEM-256 key" })).rejects.toThrow(RangeError);
  expect(await nativeKeys("ML-KEM-256")).toBeUndefined();
  expect(await nativeKeys("ML-KEM-768")).toBeDefined();
});

test("keys that differ from noble's are not timed", () => {
  expect(() => mustAgree("ML-KEM-768", Uint8Array.of(1, 2), Uint8Array.of(1, 2))).not.toThrow();
  expect(() => mustAgree("ML-KEM-768", Uint8Array.of(1, 2), Uint8Array.of(1, 3))).toThrow("different public keys");
  expect(() => mustAgree("ML-KEM-768", Uint8Array.of(1, 2), Uint8Array.of(1))).toThrow("different public keys");
});
