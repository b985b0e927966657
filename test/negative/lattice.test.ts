// ML-KEM and ML-DSA refuse inputs of another length, keys that fail their checks, and pairs that do not belong together.
import { describe, expect, test, vi } from "vitest";
import { hash } from "../../src/core/hash.ts";
import {
  type MlDsaName,
  mlDsaExpand,
  mlDsaNames,
  mlDsaPairwise,
  mlDsaPublicKey,
  mlDsaSets,
  mlDsaSign,
} from "../../src/core/ml-dsa.ts";
import {
  type MlKemName,
  mlKemCheckDk,
  mlKemCheckEk,
  mlKemDecapsulate,
  mlKemEncapsulate,
  mlKemExpand,
  mlKemNames,
  mlKemPairwise,
  mlKemPublicKey,
  mlKemPublicOfExpanded,
  mlKemSets,
} from "../../src/core/ml-kem.ts";
import { Status } from "../../src/core/status.ts";
import { freshCore } from "../support/core.ts";
import { ascending } from "../support/lattice.ts";

const core = await freshCore();
const seed64 = ascending(0, 64);
const seed32 = ascending(0, 32);
const code = (value: string) => expect.objectContaining({ name: "KeygenError", code: value });

describe.each(mlKemNames)("%s", (name) => {
  const { k, ekLength, dkLength } = mlKemSets[name];
  const ek = mlKemPublicKey(core, name, seed64);
  const dk = mlKemExpand(core, name, seed64);

  test("the public half of an expansion leaves no shared secret behind", () => {
    const copies: Uint8Array[] = [];
    const honest = Uint8Array.prototype.set;
    const set = vi.spyOn(Uint8Array.prototype, "set").mockImplementation(function (this: Uint8Array, ...args) {
      if (this.length === 32) copies.push(this);
      honest.apply(this, args);
    });
    try {
      expect(mlKemPublicOfExpanded(core, name, dk)).toEqual(ek);
    } finally {
      set.mockRestore();
    }
    expect(copies.length).toBe(2);
    for (const copy of copies) expect(copy.every((byte) => byte === 0)).toBe(true);
  });

  test("inputs of another length are wrong calls", () => {
    expect(() => mlKemPublicKey(core, name, seed32)).toThrow(/seed must have 64 bytes, got 32/);
    expect(() => mlKemCheckEk(core, name, ek.subarray(1))).toThrow(RangeError);
    expect(() => mlKemCheckDk(core, name, dk.subarray(1))).toThrow(RangeError);
    expect(() => mlKemEncapsulate(core, name, ek, seed64)).toThrow(RangeError);
    expect(() => mlKemDecapsulate(core, name, dk, ek.subarray(1))).toThrow(RangeError);
    expect(() => mlKemPublicKey(core, name, "seed" as never)).toThrow(TypeError);
  });

  test("7.2: a coefficient of q or more in ek is refused, wherever it is; one of q - 1 is not", () => {
    mlKemCheckEk(core, name, ek);
    for (let at = 0; at < (ekLength - 32) / 3; at++) {
      for (const second of [false, true]) {
        const withCoefficient = (c: number) => {
          const changed = ek.slice();
          const [low = 0, middle = 0, high = 0] = ek.subarray(3 * at);
          const three = second
            ? [low, (middle & 15) | ((c & 15) << 4), c >> 4]
            : [c & 255, (middle & 240) | (c >> 8), high];
          changed.set(three, 3 * at);
          return changed;
        };
        expect(() => mlKemCheckEk(core, name, withCoefficient(3328))).not.toThrow();
        expect(() => mlKemCheckEk(core, name, withCoefficient(3329))).toThrow(code("key-invalid"));
        expect(() => mlKemCheckEk(core, name, withCoefficient(4095))).toThrow(/7\.2/);
        if (at % 97 === 0)
          expect(() => mlKemEncapsulate(core, name, withCoefficient(3329), seed32)).toThrow(code("key-invalid"));
      }
    }
  });

  test("7.3: a dk whose ek or hash was changed is refused", () => {
    mlKemCheckDk(core, name, dk);
    const c = mlKemEncapsulate(core, name, ek, seed32).ciphertext;
    for (let at = 384 * k; at < dkLength - 32; at += at < dkLength - 64 ? 31 : 1) {
      const changed = Uint8Array.from(dk, (byte, i) => (i === at ? byte ^ 4 : byte));
      expect(() => mlKemCheckDk(core, name, changed), `byte ${at}`).toThrow(code("key-invalid"));
      if (at % 7 === 0) expect(() => mlKemDecapsulate(core, name, changed, c)).toThrow(/7\.3/);
    }
  });
});

describe.each(mlDsaNames)("%s", (name) => {
  const { pkLength, skLength } = mlDsaSets[name];

  test("inputs of another length are wrong calls", () => {
    expect(() => mlDsaPublicKey(core, name, seed64)).toThrow(/seed must have 32 bytes, got 64/);
    expect(() => mlDsaSign(core, name, new Uint8Array(skLength - 1), seed32)).toThrow(RangeError);
    expect(() => mlDsaSign(core, name, new Uint8Array(skLength), seed32, seed64)).toThrow(RangeError);
    const pair = { seed: seed32, publicKey: new Uint8Array(pkLength + 1) };
    expect(() => mlDsaPairwise(core, name, pair)).toThrow(RangeError);
  });
});

test("names from outside the types are wrong calls, on both sides", () => {
  expect(() => mlKemPublicKey(core, "ML-KEM-256" as MlKemName, seed64)).toThrow(RangeError);
  expect(() => mlDsaPublicKey(core, "ML-DSA-128" as MlDsaName, seed32)).toThrow(RangeError);
  for (const k of [0, 1, 5, 6, -1]) expect(core.exports.mlKemKeys(k, 0, 0, 0)).toBe(Status.BAD_ARGUMENT);
  for (const k of [0, 2, 3, 5, 7, 9, 10, -1]) expect(core.exports.mlDsaKeys(k, 0, 0, 0)).toBe(Status.BAD_ARGUMENT);
});

describe("a pair that does not belong together fails its test, and closes the instance", () => {
  test.each(mlKemNames)("%s", async (name) => {
    const own = await freshCore();
    const publicKey = mlKemPublicKey(own, name, ascending(1, 65));
    mlKemPairwise(own, name, { seed: ascending(1, 65), publicKey });
    expect(() => mlKemPairwise(own, name, { seed: seed64, publicKey })).toThrow(code("pairwise-failed"));
    expect(() => hash(own, "SHA-256")).toThrow(code("self-test-failed"));
  });

  test.each(mlDsaNames)("%s", async (name) => {
    const own = await freshCore();
    const publicKey = mlDsaPublicKey(own, name, ascending(1, 33));
    mlDsaPairwise(own, name, { seed: ascending(1, 33), publicKey });
    expect(() => mlDsaPairwise(own, name, { seed: seed32, publicKey })).toThrow(code("pairwise-failed"));
    expect(() => mlDsaExpand(own, name, seed32)).toThrow(code("self-test-failed"));
  });
});
