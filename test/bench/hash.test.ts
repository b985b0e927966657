// The rows of hashes and HMAC: who takes part, and that all come to the same digest before any is timed.
import { expect, test } from "vitest";
import { measureHash, measureHashWith, mustHashTheSame, works } from "../../bench/hash.bench.ts";
import { rowsOf } from "../../bench/row.ts";

const options = { rounds: 1, warmUpMs: 0 };

test("SHA-2, SHA-3, SHAKE and HMAC each have a long message and a short one", () => {
  expect(works).toHaveLength(16);
  for (const name of ["SHA-512", "SHA3-256", "SHAKE128", "HMAC-SHA-256"]) {
    expect(works).toContain(`${name}, 64 KiB`);
    expect(works).toContain(`${name}, 64 bytes`);
  }
});

test.each([
  ["SHA3-512, 64 bytes", "node:crypto hash"],
  ["SHAKE256, 64 KiB", "node:crypto createHash"],
  ["HMAC-SHA-256, 64 bytes", "node:crypto createHmac"],
])("%s is timed beside %s and noble's", async (work, native) => {
  const [ours, ...others] = rowsOf("hash", "node", await measureHash({ work, options }));
  expect(ours).toMatchObject({ work, implementation: "keywright", unit: "us" });
  expect(ours?.ratioToNative).toBeGreaterThan(0);
  expect(ours?.ratioToBestJs).toBeGreaterThan(0);
  expect(others.map(({ implementation }) => implementation)).toEqual([native, "@noble/hashes"]);
});

test("another library takes its turns with them, and a wrong one is not timed", async () => {
  const work = "SHA-256, 64 bytes";
  const right = async ({ message }: { message: Uint8Array<ArrayBuffer> }) => ({
    name: "guest",
    digest: async () => new Uint8Array(await crypto.subtle.digest("SHA-256", message)),
  });
  const rows = rowsOf("hash", "node", await measureHashWith({ work, options }, right));
  expect(rows.map(({ implementation }) => implementation)).toContain("guest");
  const wrong = async () => ({ name: "guest", digest: () => new Uint8Array(32) });
  await expect(measureHashWith({ work, options }, wrong)).rejects.toThrow(
    "guest and keywright come to different digests",
  );
});

test("a work that is none is refused, and digests that differ are told", async () => {
  await expect(measureHash({ work: "MD5, 64 KiB" })).rejects.toThrow(RangeError);
  const one = { name: "one", digest: () => Uint8Array.of(1) };
  await expect(mustHashTheSame([one, { ...one, name: "two" }])).resolves.toBeUndefined();
  await expect(mustHashTheSame([one, { name: "two", digest: () => Uint8Array.of(2) }])).rejects.toThrow("two and one");
});
