// Known pairs: RFC 6979, A.2.4 to A.2.7, and the one seed of C2SP det-keygen whose first number is refused; in both builds.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { hex } from "@scure/base";
import { describe, expect, test } from "vitest";
import { openTestBench } from "#keywright/testing";
import { openCore } from "../../src/core/core.ts";
import { type EcCurve, ecPairwise, ecPublicPoint, isEcPoint } from "../../src/core/ec.ts";
import { ownCore } from "../../src/core/load.ts";
import { ReferenceDrbg } from "../support/reference.ts";

const pairs: readonly (readonly [EcCurve, d: string, x: string, y: string])[] = [
  [
    "P-224",
    "f220266e1105bfe3083e03ec7a3a654651f45e37167e88600bf257c1",
    "00cf08da5ad719e42707fa431292dea11244d64fc51610d94b130d6c",
    "eeab6f3debe455e3dbf85416f7030cbd94f34f2d6f232c69f3c1385a",
  ],
  [
    "P-256",
    "c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721",
    "60fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6",
    "7903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299",
  ],
  [
    "P-384",
    "6b9d3dad2e1b8c1c05b19875b6659f4de23c3b667bf297ba9aa47740787137d896d5724e4c70a825f872c9ea60d2edf5",
    "ec3a4e415b4e19a4568618029f427fa5da9a8bc4ae92e02e06aae5286b300c64def8f0ea9055866064a254515480bc13",
    "8015d9b72d7d57244ea8ef9ac0c621896708a59367f9dfb9f54ca84b3f1c9db1288b231c3ae0d4fe7344fd2533264720",
  ],
  [
    "P-521",
    "00fad06daa62ba3b25d2fb40133da757205de67f5bb0018fee8c86e1b68c7e75caa896eb32f1f47c70855836a6d16fcc1466f6d8fbec67db89ec0c08b0e996b83538",
    "01894550d0785932e00eaa23b694f213f8c3121f86dc97a04e5a7167db4e5bcd371123d46e45db6b5d5370a7f20fb633155d38ffa16d2bd761dcac474b9a2f5023a4",
    "00493101c962cd4d2fddf782285e64584139c2f91b47f87ff82354d6630f746a28a0db25741b5b34a828008b22acc23f924faafbd4d33f81ea66956dfeaa2bfdfcf5",
  ],
  [
    "secp256k1", // SEC 2, 2.4.1: the base point itself
    "0000000000000000000000000000000000000000000000000000000000000001",
    "79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798",
    "483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8",
  ],
];

describe.each(["simd", "relaxed"] as const)("the %s build", (build) => {
  const file = build === "simd" ? "core" : "core-relaxed";
  const bytes = readFileSync(fileURLToPath(new URL(`../../build/${file}.wasm`, import.meta.url)));
  const core = openCore(ownCore({ module: new WebAssembly.Module(bytes), build }));

  test.each(pairs)("%s", (curve, d, x, y) => {
    const point = hex.decode(`04${x}${y}`);
    expect(ecPublicPoint(core, curve, hex.decode(d))).toEqual(point);
    expect(isEcPoint(core, curve, point, "full")).toBe(true);
    ecPairwise(core, curve, { d: hex.decode(d) as Uint8Array<ArrayBuffer>, point: point as Uint8Array<ArrayBuffer> });
  });
});

test("det-keygen draws again where the first number is out of range", async () => {
  const seed = hex.decode("b432f9be30890480298218510559aed7");
  const drbg = new ReferenceDrbg("SHA-256", seed, new Uint8Array(), Buffer.from("det ECDSA key gen P-256"));
  const [refused, taken] = [drbg.generate(32), drbg.generate(32)];
  const order = "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551";
  expect(hex.encode(Uint8Array.from(refused)) >= order).toBe(true);
  const bench = await openTestBench();
  const pair = bench.detKeygenEc("P-256", seed);
  expect(pair.d).toEqual(Uint8Array.from(taken));
  expect(pair.point).toEqual(bench.ecPublicPoint("P-256", Uint8Array.from(taken)));
  expect(() => bench.detKeygenEc("secp256k1", seed)).toThrow(RangeError);
  expect(() => bench.detKeygenEc("P-256", seed.subarray(1))).toThrow(RangeError);
  bench.close();
});
