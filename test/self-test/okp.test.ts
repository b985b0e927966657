// The known-answer tests of Ed25519, X25519, Ed448 and X448: each runs before its first use, can fail, and one failure closes all.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { openCore } from "../../src/core/core.ts";
import { hash } from "../../src/core/hash.ts";
import { isOkpPublicKey, okpAgree, okpNames, okpPairwise, okpPublicKey, okps } from "../../src/core/okp.ts";
import { selfTestsPassed } from "../../src/core/self-test.ts";
import { generateOkp } from "../../src/generate/okp.ts";
import { freshCore } from "../support/core.ts";
import { referencePublicKey } from "../support/okp.ts";
import { generatorFrom } from "../support/rsa.ts";

const ANSWER_LENGTH = 16;
const closed = expect.objectContaining({ name: "KeygenError", code: "self-test-failed" });
const run = (length: number) => Uint8Array.from({ length }, (_, i) => i);

test("the core expects what OpenSSL computes", async () => {
  const core = await freshCore();
  for (const [place, name] of okpNames.entries()) {
    const at = core.exports.okpAnswersPtr() + place * ANSWER_LENGTH;
    const wanted = referencePublicKey(name, run(okps[name].length)).subarray(0, ANSWER_LENGTH);
    expect(new Uint8Array(core.memory.buffer, at, ANSWER_LENGTH)).toEqual(wanted);
  }
});

/** The hash that each kind stands on. */
const below = { Ed25519: ["SHA-512"], Ed448: ["SHAKE256"], X25519: [], X448: [] } as const;

describe.each(okpNames)("%s", (name) => {
  const place = okpNames.indexOf(name);
  const key = run(okps[name].length);

  test("is tested before its first use, with the hash below it, and named", async () => {
    const core = await freshCore();
    expect(selfTestsPassed(core)).toEqual([]);
    okpPublicKey(core, name, key);
    expect(selfTestsPassed(core)).toEqual([...below[name], name]);
  });

  test.each([0, ANSWER_LENGTH - 1])(
    "fails if byte %i of the answer is another, and closes the instance",
    async (byte) => {
      const core = await freshCore();
      const generator = Object.assign(generatorFrom(core, new Uint8Array(48)), { freshen() {} });
      const view = new DataView(core.memory.buffer);
      const at = core.exports.okpAnswersPtr() + place * ANSWER_LENGTH + byte;
      view.setUint8(at, view.getUint8(at) ^ 0x80);
      expect(() => generateOkp(core, generator, name)).toThrow(closed);
      view.setUint8(at, view.getUint8(at) ^ 0x80);
      expect(() => okpPublicKey(core, name, key)).toThrow(closed);
      expect(() => isOkpPublicKey(core, name, key)).toThrow(closed);
      expect(() => okpAgree(core, "X25519", run(32), run(32))).toThrow(closed);
      expect(() => hash(core, "SHA-256")).toThrow(closed);
      expect(core.exports.okpSelfTestPassed()).toBe(0);
    },
  );
});

test("where fused multiplication is not exact, integers are taken, and the keys are the same", () => {
  // Each f64x2.relaxed_madd becomes relaxed_nmadd, which negates the product.
  const path = fileURLToPath(new URL("../../build/core-relaxed.wasm", import.meta.url));
  const bytes = new Uint8Array(readFileSync(path));
  let changed = 0;
  for (let at = 0; at < bytes.length; at++) {
    if (bytes[at] !== 0xfd || bytes[at + 1] !== 0x87 || bytes[at + 2] !== 0x02) continue;
    bytes[at + 1] = 0x88;
    changed++;
  }
  expect(changed).toBeGreaterThanOrEqual(50);
  const core = openCore({ module: new WebAssembly.Module(bytes), build: "relaxed", digest: "", digestBy: "build" });
  for (const name of okpNames) {
    expect(okpPublicKey(core, name, run(okps[name].length))).toEqual(referencePublicKey(name, run(okps[name].length)));
  }
  expect(core.exports.okpKernel()).toBe(0);
});

/** The orders of the groups, 8 L and 4 L, which the equation for many signatures alone reduces by. */
const groups = {
  Ed25519: 8n * (2n ** 252n + 27742317777372353535851937790883648493n),
  Ed448: 4n * (2n ** 446n - 0x8335dc163bb124b65129c96fde933d8d723a70aadc873d6d54a7bb0dn),
} as const;

test.each(["Ed25519", "Ed448"] as const)("%s: the equation for many is tested before its first use", async (name) => {
  const core = await freshCore();
  const privateKey = run(okps[name].length);
  const pair = { privateKey, publicKey: okpPublicKey(core, name, privateKey) };
  const order = Buffer.from(groups[name].toString(16), "hex").reverse();
  const at = Buffer.from(core.memory.buffer).indexOf(order);
  expect(at).toBeGreaterThan(0);
  new DataView(core.memory.buffer).setUint8(at, (order[0] ?? 0) ^ 1);
  okpPairwise(core, name, pair);
  okpPairwise(core, name, pair); // one pair is tested as always
  expect(() => okpPairwise(core, name, pair, pair)).toThrow(closed);
  expect(() => okpPairwise(core, name, pair)).toThrow(closed);
});
