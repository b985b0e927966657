/** Many keys by one call, in whatever runtime this runs. */
import { hex } from "@scure/base";
import { afterEach, describe, expect, test, vi } from "vitest";
import {
  type AlgorithmName,
  encodeRaw,
  type Keygen,
  KeygenError,
  type KeyRecord,
  openKeygen,
  PolicyRefusal,
  PrivateKey,
  SecretKey,
  verifyRecord,
} from "#keywright";
import { runtimeFacts } from "../../src/core/runtime.ts";
import { deskOf } from "../../src/keygen.ts";
import { secretOf, seedPolicy } from "../support/seeds.ts";

const open = () => openKeygen({ policy: "open", environment: "test" });

afterEach(() => vi.restoreAllMocks());

describe("keys and records", () => {
  test.each(["AES-256", "Ed25519", "P-256", "ML-KEM-768"] as const)(
    "33 keys of %s, each with a record that fits it alone",
    async (name) => {
      using keygen = await open();
      const made = [];
      for await (const each of keygen.generateMany<AlgorithmName>(name, 33)) made.push(each);
      expect(made).toHaveLength(33);
      expect(new Set(made.map((each) => hex.encode(secretOf(each)))).size).toBe(33);
      expect(new Set(made.map(({ record }) => record.subject[0].name)).size).toBe(33);
      for (const [i, each] of made.entries()) {
        const key = "secretKey" in each ? { secretKey: each.secretKey } : { publicKey: each.publicKey };
        expect(await verifyRecord(each.record, key)).toMatchObject({ broken: [] });
        expect(await verifyRecord(made[(i + 1) % 33]?.record, key)).toMatchObject({ consistent: false });
        // Two groups of 16, and one key for itself.
        expect(each.record.predicate.rng.additionalInput.keysPerGeneration).toBe(i < 32 ? 16 : undefined);
      }
      const times = made.map(({ record }) => record.predicate.generatedAt);
      expect(times).toEqual([...times].sort());
      // Of 16 keys that are made together one request to the generator gives the bits, another what their records tell.
      const counters = made.map(({ record }) => record.predicate.rng.reseedCounter);
      const first = counters[0] ?? 0;
      expect(counters.slice(0, 32)).toEqual(Array.from({ length: 32 }, (_, i) => (i < 16 ? first : first + 2)));
      if (name !== "AES-256") return;
      expect(new Set(made.map(({ record }) => record.predicate.kcvSalt)).size).toBe(33);
    },
  );

  test("what is searched is searched one by one", async () => {
    using keygen = await open();
    const made = [];
    for await (const { record } of keygen.generateMany("SLH-DSA-SHA2-128f", 2)) made.push(record);
    expect(made.map((record) => "keysPerGeneration" in record.predicate.rng.additionalInput)).toEqual([false, false]);
    for (const record of made) expect(await verifyRecord(record)).toMatchObject({ broken: [] });
  });

  test("what waits when the state may have been copied is given up, and made anew", async () => {
    const wiped = vi.spyOn(Object.getPrototypeOf(SecretKey.prototype), "wipe");
    using keygen = await open();
    const groups = [];
    for await (const { record } of keygen.generateMany("AES-256", 5)) {
      groups.push(record.predicate.rng.additionalInput.keysPerGeneration);
      if (groups.length === 2) keygen.reseed();
    }
    expect(groups).toEqual([5, 5, 3, 3, 3]);
    expect(wiped).toHaveBeenCalledTimes(3);
  });

  test("no key of a group can change the record of another", async () => {
    using keygen = await open();
    const records: KeyRecord[] = [];
    for await (const { record } of keygen.generateMany("AES-128", 2)) records.push(record);
    expect(() => records[0]?.predicate.selfTests.push("mine")).toThrow(TypeError);
    expect(() => Object.assign(records[0]?.predicate.module ?? {}, { version: "0" })).toThrow(TypeError);
    expect(() => Object.assign(records[0]?.predicate.rng ?? {}, { reseedCounter: 0 })).toThrow(TypeError);
  });

  test("where the policy demands prediction resistance each key has fresh entropy of its own", async () => {
    const policy = seedPolicy("nist", { generator: { minStrengthBits: 256, predictionResistance: true } });
    using keygen = await openKeygen({ policy, environment: "test" });
    const counters = [];
    for await (const { record } of keygen.generateMany("AES-256", 3)) {
      expect("keysPerGeneration" in record.predicate.rng.additionalInput).toBe(false);
      counters.push(record.predicate.rng.reseedCounter);
    }
    expect(new Set(counters).size).toBe(1);
  });
});

describe("ends", () => {
  test("none are none, and a number that is none is refused at once", async () => {
    using keygen = await open();
    for await (const _ of keygen.generateMany("AES-256", 0)) throw new Error("a key came");
    for (const count of [-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 32 + 1, "3", undefined]) {
      expect(() => keygen.generateMany("AES-256", count as number)).toThrow(/count must be an integer from 0 to 2\^32/);
    }
    expect(() => keygen.generateMany("AES-1" as "AES-128", 1)).toThrow(RangeError);
  });

  test("leaving the loop leaves the keygen as usable as before", async () => {
    using keygen = await open();
    let seen = 0;
    for await (const { secretKey } of keygen.generateMany("AES-256", 2 ** 32)) {
      expect(encodeRaw(secretKey)).toHaveLength(32);
      if (++seen === 20) break;
    }
    const many = keygen.generateMany("AES-256", 5);
    await many.next();
    expect(await many.return()).toEqual({ done: true, value: undefined });
    expect(await many.next()).toEqual({ done: true, value: undefined });
    expect((await keygen.generate("AES-256")).record.predicate.rng.additionalInput.bytesPerGeneration).toBe(32);
  });

  test.each([
    ["leaving the loop", async (_: Keygen, many: AsyncGenerator) => void (await many.return(undefined))],
    ["the end of the instance", async (keygen: Keygen) => keygen.close()],
  ] as const)("%s wipes the keys that nobody came for, and no other", async (_, end) => {
    const wiped = vi.spyOn(Object.getPrototypeOf(PrivateKey.prototype), "wipe");
    using keygen = await open();
    const many = keygen.generateMany("P-256", 20);
    const { value } = await many.next();
    expect(wiped).not.toHaveBeenCalled();
    await end(keygen, many);
    expect(wiped).toHaveBeenCalledTimes(15);
    for (const key of wiped.mock.contexts) expect(() => encodeRaw(key as SecretKey)).toThrow(/wiped/);
    expect(value && secretOf(value)).toBeInstanceOf(Uint8Array);
  });

  test("an end while a key is on its way wipes those behind it", async () => {
    const wiped = vi.spyOn(Object.getPrototypeOf(PrivateKey.prototype), "wipe");
    const keygen = await open();
    const many = keygen.generateMany("Ed25519", 16);
    const first = many.next();
    keygen.close();
    await first;
    expect(wiped).toHaveBeenCalledTimes(15);
    await expect(many.next()).rejects.toMatchObject({ code: "closed" });
  });

  test("nothing waits when all were taken, nor after an abort or a loop that was left", async () => {
    using keygen = await open();
    const { unclaimed } = deskOf(keygen);
    for await (const _ of keygen.generateMany("AES-128", 20)) void _;
    expect(unclaimed.size).toBe(0);
    for await (const _ of keygen.generateMany("AES-128", 20)) break;
    expect(unclaimed.size).toBe(0);
    const controller = new AbortController();
    const many = keygen.generateMany("AES-128", 20, { signal: controller.signal });
    await many.next();
    expect(unclaimed.size).toBe(1);
    controller.abort();
    await expect(many.next()).rejects.toThrow();
    expect(unclaimed.size).toBe(0);
  });

  test.each([1, 5, 16, 17])("an abort after %i keys ends it with the signal's reason", async (after) => {
    using keygen = await open();
    const controller = new AbortController();
    const many = keygen.generateMany("AES-256", 100, { signal: controller.signal });
    for (let i = 0; i < after; i++) await many.next();
    controller.abort(new Error("enough"));
    await expect(many.next()).rejects.toThrow("enough");
    expect(await many.next()).toEqual({ done: true, value: undefined });
    expect(keygen.closed).toBe(false);
  });

  test("an abort by a timer gets its turn", async () => {
    using keygen = await open();
    const controller = new AbortController();
    setTimeout(() => controller.abort(new Error("late")), 20);
    const all = async () => {
      for await (const _ of keygen.generateMany("AES-128", 2 ** 32, { signal: controller.signal })) void _;
    };
    await expect(all()).rejects.toThrow("late");
  });

  test.each([
    ["AES-128", 2049, 8],
    ["P-256", 1025, 8],
    ["P-384", 65, 8],
  ] as const)(
    "the event loop has its turns between the groups of %s, in workerd a quarter of them",
    async (name, keys, turns) => {
      const { scheduler } = globalThis as unknown as { scheduler?: { postTask?: () => Promise<void> } };
      const asked =
        scheduler?.postTask === undefined ? vi.spyOn(globalThis, "setImmediate") : vi.spyOn(scheduler, "postTask");
      using keygen = await open();
      for await (const _ of keygen.generateMany(name, keys)) void _;
      const expected = runtimeFacts().name === "workerd" ? turns / 4 : turns;
      const count = asked.mock.calls.length; // others may ask for one, too
      expect(count).toBeGreaterThanOrEqual(expected);
      expect(count).toBeLessThan(4 * expected);
    },
  );

  test("close in the middle, and a policy that refuses", async () => {
    const keygen = await open();
    const many = keygen.generateMany("Ed25519", 10);
    await many.next();
    keygen.close();
    await expect(many.next()).rejects.toMatchObject({ code: "closed" });
    await expect(keygen.generateMany("AES-256", 1).next()).rejects.toBeInstanceOf(KeygenError);
    using nist = await openKeygen({ policy: "nist", environment: "test" });
    await expect(nist.generateMany("X25519", 1).next()).rejects.toBeInstanceOf(PolicyRefusal);
  });

  test("others may ask the same keygen in between", async () => {
    using keygen = await open();
    const ids = new Set<string>();
    const take = async (name: "AES-256" | "Ed25519") => {
      for await (const { record } of keygen.generateMany(name, 20)) {
        ids.add(record.subject[0].name);
        expect(await verifyRecord(record)).toMatchObject({ broken: [] });
      }
    };
    await Promise.all([take("AES-256"), take("Ed25519"), keygen.generate("RSA-2048"), take("AES-256")]);
    expect(ids.size).toBe(60);
  });
});
