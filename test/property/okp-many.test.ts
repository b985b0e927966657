// The pairwise test of many pairs at once: it passes where that of each pair passes, and one wrong pair closes the instance.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { ED25519_TORSION_SUBGROUP, ed25519 } from "@noble/curves/ed25519.js";
import { sha512 } from "@noble/hashes/sha2.js";
import { describe, expect, test } from "vitest";
import { type Core, openCore } from "../../src/core/core.ts";
import { type OkpName, type OkpPair, okpNames, okpPairwise, okpPublicKey, okps } from "../../src/core/okp.ts";
import { MAX_GROUP } from "../../src/record/record.ts";
import { freshCore } from "../support/core.ts";
import { Random } from "../support/random.ts";

const random = new Random("okp-many");
const failure = expect.objectContaining({ code: "pairwise-failed" });
const closed = expect.objectContaining({ code: "self-test-failed" });
const core = await freshCore();

function makePairs(name: OkpName, count: number): OkpPair[] {
  return Array.from({ length: count }, () => {
    const privateKey = random.bytes(okps[name].length);
    return { privateKey, publicKey: okpPublicKey(core, name, privateKey) };
  });
}

function mustRefuse(closing: Core, name: OkpName, pairs: readonly OkpPair[]): void {
  expect(() => okpPairwise(closing, name, ...pairs)).toThrow(failure);
  expect(() => okpPairwise(closing, name, ...makePairs(name, 2))).toThrow(closed);
  expect(() => okpPublicKey(closing, name, random.bytes(okps[name].length))).toThrow(closed);
}

describe.each(okpNames)("%s", (name) => {
  const { id, length } = okps[name];

  test.each([1, 2, 8, 9, 15, 16])("%i pairs that hold", (count) => {
    for (let round = 0; round < 4; round++) okpPairwise(core, name, ...makePairs(name, count));
  });

  test.each([1, 2, 9, 16])("one wrong pair among %i", async (count) => {
    const places = new Set([0, count - 1, random.below(count)]);
    for (const at of places) {
      const [key, another] = makePairs(name, 2);
      if (key === undefined || another === undefined) throw new Error("two pairs were made");
      const { privateKey, publicKey } = key;
      for (const wrong of [
        { privateKey, publicKey: another.publicKey },
        { privateKey: another.privateKey, publicKey },
      ]) {
        mustRefuse(await freshCore(), name, makePairs(name, count).with(at, wrong));
      }
    }
  });

  test("a bit of a half changed, the public keys of two exchanged, one key for all", async () => {
    for (const half of ["privateKey", "publicKey"] as const) {
      const pairs = makePairs(name, 16);
      const at = random.below(16);
      const bytes = pairs[at]?.[half];
      if (bytes === undefined) throw new Error("sixteen pairs were made");
      bytes[length >> 1] = (bytes[length >> 1] ?? 0) ^ (1 << random.below(8));
      mustRefuse(await freshCore(), name, pairs);
    }
    const pairs = makePairs(name, 5);
    const halves = pairs.map(({ publicKey }) => publicKey);
    const shared = { privateKey: random.bytes(length), publicKey: halves[0] ?? random.bytes(length) };
    mustRefuse(await freshCore(), name, [...pairs, ...Array<OkpPair>(11).fill(shared)]);
    const turned = pairs.map((pair, i) => ({ ...pair, publicKey: halves[(i + 1) % 5] ?? random.bytes(length) }));
    mustRefuse(await freshCore(), name, turned);
    mustRefuse(await freshCore(), name, [...turned.slice(0, 1), ...pairs.slice(1)]);
  });

  test("no pair, and more than sixteen", () => {
    const pairs = makePairs(name, MAX_GROUP + 1);
    expect(() => okpPairwise(core, name)).toThrow(RangeError);
    expect(() => okpPairwise(core, name, ...pairs)).toThrow(RangeError);
    for (const count of [0, MAX_GROUP + 1, -1]) expect(core.exports.okpPairwise(id, count, 0, 0)).toBe(2);
    const [first] = pairs;
    if (first === undefined) throw new Error("pairs were made");
    const short = { ...first, publicKey: first.publicKey.subarray(1) };
    expect(() => okpPairwise(core, name, first, short)).toThrow(RangeError);
  });

  test("the build without fused multiplication comes to the same", () => {
    const path = fileURLToPath(new URL("../../build/core.wasm", import.meta.url));
    const module = new WebAssembly.Module(readFileSync(path));
    const plain = openCore({ module, build: "simd", digest: "", digestBy: "build" });
    const pairs = makePairs(name, 3);
    okpPairwise(plain, name, ...pairs);
    const [first, second] = pairs;
    if (first === undefined || second === undefined) throw new Error("three pairs were made");
    mustRefuse(plain, name, pairs.with(2, { ...first, publicKey: second.publicKey }));
  });
});

test("a point of small order in a public key is found where the signature of that pair alone finds it", async () => {
  const message = new Uint8Array(32);
  const answers = { held: 0, refused: 0 };
  for (let round = 0; round < 32; round++) {
    const [good, pair] = makePairs("Ed25519", 2);
    if (good === undefined || pair === undefined) throw new Error("two pairs were made");
    const small = ed25519.Point.fromHex(ED25519_TORSION_SUBGROUP[1 + (round % 7)] ?? "");
    const publicKey = Uint8Array.from(ed25519.Point.fromBytes(pair.publicKey).add(small).toBytes());
    const R = ed25519.sign(message, pair.privateKey).subarray(0, 32);
    const k = BigInt(
      `0x${Buffer.from(sha512(Uint8Array.of(...R, ...publicKey, ...message)))
        .reverse()
        .toString("hex")}`,
    );
    const wrong = { ...pair, publicKey };
    // S B - R - k (A + T) = -k T.
    const holds = small.multiplyUnsafe((k % ed25519.Point.Fn.ORDER) % 8n).is0();
    const [alone, together] = [await freshCore(), await freshCore()];
    if (holds) {
      okpPairwise(alone, "Ed25519", wrong);
      okpPairwise(together, "Ed25519", good, wrong);
      answers.held++;
    } else {
      expect(() => okpPairwise(alone, "Ed25519", wrong)).toThrow(failure);
      mustRefuse(together, "Ed25519", [good, wrong]);
      answers.refused++;
    }
  }
  expect(answers.refused).toBeGreaterThan(8);
});
