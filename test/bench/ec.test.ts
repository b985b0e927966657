// The rows of keys on elliptic curves: who takes part, and that a key is compared before it is timed.
import { expect, test } from "vitest";
import { measureEc, mustBePublicKey, works } from "../../bench/ec.bench.ts";
import { nativeKey } from "../../bench/rivals/ec.ts";
import { rowsOf } from "../../bench/row.ts";

const options = { rounds: 1, warmUpMs: 0 };

test("each curve has its two rows", () => {
  expect(works).toHaveLength(18);
  for (const curve of ["P-256", "secp256k1", "Ed25519", "X25519", "Ed448", "X448"]) {
    expect(works).toContain(`${curve} key`);
    expect(works).toContain(`${curve} key, with pairwise test`);
  }
});

test.each(["P-256", "Ed25519", "X448"])("a key of %s is timed beside the runtime's and noble's", async (curve) => {
  const work = `${curve} key`;
  const [ours, ...others] = rowsOf("ec", "node", await measureEc({ work, options }));
  expect(ours).toMatchObject({ work, implementation: "keywright", unit: "us" });
  expect(ours?.ratioToNative).toBeGreaterThan(0);
  expect(others.map(({ implementation }) => implementation)).toEqual([
    "node:crypto generateKeyPairSync",
    "@noble/curves",
  ]);
});

test("the pairwise test is a row of ours alone", async () => {
  const alone = rowsOf("ec", "node", await measureEc({ work: "X25519 key, with pairwise test", options }));
  expect(alone).toMatchObject([{ implementation: "keywright", ratioToNative: null, ratioToBestJs: null }]);
});

test("a key that differs from noble's is not timed, and a work that is none is refused", async () => {
  expect(() => mustBePublicKey("Ed25519", Uint8Array.of(1), Uint8Array.of(1))).not.toThrow();
  expect(() => mustBePublicKey("Ed25519", Uint8Array.of(1), Uint8Array.of(2))).toThrow("different public keys");
  await expect(measureEc({ work: "P-192 key" })).rejects.toThrow(RangeError);
  expect((await nativeKey({ node: "ed448" }))?.kind).toBe("native");
});
