/** Derivations by their names, under a policy, in whatever runtime this runs: against the functions that the vectors test. */
import { hex } from "@scure/base";
import { afterAll, beforeAll, expect, test } from "vitest";
import { derive, type Keygen, openKeygen } from "#keywright";
import { openTestBench, type TestBench } from "#keywright/testing";
import { hashNames } from "../../src/core/hash.ts";
import { fixedInput } from "../../src/derive/kbkdf.ts";

let keygen: Keygen;
let bench: TestBench;
beforeAll(async () => {
  keygen = await openKeygen({ policy: "nist", environment: "test" });
  bench = await openTestBench();
});
afterAll(() => {
  keygen.close();
  bench.close();
});

const run = (from: number, length: number) => Uint8Array.from({ length }, (_, i) => from + i);
const [key, salt, info] = [run(0, 32), run(40, 16), run(80, 10)];

test("RFC 5869, A.1", async () => {
  const okm = await derive(keygen, "HKDF-SHA-256", {
    key: new Uint8Array(22).fill(0x0b),
    salt: run(0, 13),
    info: run(0xf0, 10),
    length: 42,
  });
  const wanted = "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865";
  expect(hex.encode(okm)).toBe(wanted);
});

test.each(hashNames)("each derivation on %s is that of the vectors' door", async (hash) => {
  const length = 40;
  const [hkdf] = bench.hkdf({ hash, ikm: key, salt }, [{ info, length }]);
  expect(await derive(keygen, `HKDF-${hash}`, { key, salt, info, length })).toEqual(hkdf);
  const z = { hash, z: key, fixedInfo: info, length };
  const one = await derive(keygen, `one-step-${hash}`, { key, info, length });
  expect(one).toEqual(bench.oneStepKdf({ ...z, auxiliary: "hash" }));
  const withHmac = await derive(keygen, `one-step-HMAC-${hash}`, { key, salt, info, length });
  expect(withHmac).toEqual(bench.oneStepKdf({ ...z, auxiliary: "HMAC", salt }));
  const counted = { hash, counterBits: 32, counterPlace: "before-fixed-data", lengthBits: 8 * length } as const;
  const fixed = fixedInput(run(1, 5), info, 8 * length);
  for (const mode of ["counter", "feedback", "double-pipeline"] as const) {
    const got = await derive(keygen, `KBKDF-HMAC-${hash}`, { key, mode, label: run(1, 5), context: info, length });
    expect(got).toEqual(bench.kbkdf({ ...counted, mode, keyIn: key, fixedInput: fixed }));
  }
  // HKDF is a two-step derivation: feedback with a counter of a byte after the info.
  const expanded = { mode: "feedback", counterBits: 8, counterPlace: "after-fixed-data", fixedInput: info } as const;
  expect(await derive(keygen, `two-step-HMAC-${hash}`, { key, salt, length, ...expanded })).toEqual(hkdf);
  const work = { salt, iterations: 1000, length };
  const derived = await derive(keygen, `PBKDF2-HMAC-${hash}`, { password: key, ...work });
  expect(derived).toEqual(await bench.pbkdf2({ hash, password: key, ...work }));
  const extracted = await derive(keygen, `extraction-HMAC-${hash}`, {
    keys: [key, run(7, 9)],
    data: [info],
    salt,
    length: 28,
  });
  expect(extracted).toEqual(bench.hmac(hash, salt, Uint8Array.of(...key, ...run(7, 9), ...info)).slice(0, 28));
});

test("a secret key serves as key, also one that is not extractable", async () => {
  using open = await openKeygen({ policy: "open", environment: "test" });
  const { secretKey } = await open.generate("HMAC-SHA-256", { extractable: false });
  const okm = await derive(open, "HKDF-SHA-256", { key: secretKey, length: 32 });
  expect(okm).toHaveLength(32);
  expect(await derive(open, "HKDF-SHA-256", { key: secretKey, length: 32 })).toEqual(okm);
  secretKey.wipe();
  await expect(derive(open, "HKDF-SHA-256", { key: secretKey, length: 32 })).rejects.toMatchObject({
    code: "key-wiped",
  });
});

test("PBKDF2 tells how far it is, and ends at an abort or when the keygen is closed", async () => {
  const password = run(0, 12);
  const seen: number[] = [];
  const work = { password, salt, iterations: 40_000, length: 32 };
  await derive(keygen, "PBKDF2-HMAC-SHA-256", { ...work, onProgress: ({ done }) => seen.push(done) });
  expect(seen.length).toBeGreaterThan(2);
  expect(seen).toEqual([...seen].sort((a, b) => a - b));
  expect(seen.at(-1)).toBe(40_000);
  const controller = new AbortController();
  const onProgress = () => controller.abort(new Error("enough"));
  const aborted = derive(keygen, "PBKDF2-HMAC-SHA-256", { ...work, signal: controller.signal, onProgress });
  await expect(aborted).rejects.toThrow("enough");
  const other = await openKeygen({ policy: "nist", environment: "test" });
  const closed = derive(other, "PBKDF2-HMAC-SHA-256", { ...work, onProgress: () => other.close() });
  await expect(closed).rejects.toMatchObject({ code: "closed" });
  await expect(derive(other, "HKDF-SHA-256", { key, length: 32 })).rejects.toMatchObject({ code: "closed" });
});
