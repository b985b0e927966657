// The core's hashes and HMAC against Node's, at every length and every split point around the ends of blocks.
import { describe, expect, test } from "vitest";
import { createHash, hash, hashes, hashNames } from "../../src/core/hash.ts";
import { hmac } from "../../src/core/hmac.ts";
import { freshCore } from "../support/core.ts";
import { Random } from "../support/random.ts";
import { referenceHash, referenceHmac } from "../support/reference.ts";
import { expectSame } from "../support/same.ts";

const core = await freshCore();
const random = new Random("property/hash");

describe.each(hashNames)("%s", (name) => {
  const { id, length, blockLength } = hashes[name];

  test("has the same facts on both sides", () => {
    expect(core.exports.hashLength(id)).toBe(length);
    expect(core.exports.hashBlockLength(id)).toBe(blockLength);
    expect(core.exports.drbgMaxStrength(id)).toBe(hashes[name].drbgStrengthBits);
  });

  test("every length up to two blocks and one byte", () => {
    const text = random.bytes(2 * blockLength + 1);
    for (let end = 0; end <= text.length; end++) {
      const part = text.subarray(0, end);
      expectSame(hash(core, name, part), referenceHash(name, part), `length ${end}`);
    }
  });

  test("every split point of a text of two blocks and a half", () => {
    const text = random.bytes(2 * blockLength + (blockLength >> 1));
    const digest = referenceHash(name, text);
    for (let at = 0; at <= text.length; at++) {
      const stream = createHash(core, name);
      stream.update(text.subarray(0, at)).update(text.subarray(at));
      expectSame(stream.digest(), digest, `split at ${at}`);
    }
  });

  test("pieces of every size, from single bytes to two blocks", () => {
    const text = random.bytes(3 * blockLength + 5);
    const digest = referenceHash(name, text);
    for (let size = 1; size <= 2 * blockLength; size++) {
      const pieces: Uint8Array[] = [];
      for (let at = 0; at < text.length; at += size) pieces.push(text.subarray(at, at + size));
      expectSame(hash(core, name, ...pieces), digest, `pieces of ${size}`);
    }
  });

  test("texts longer than 64 KiB", () => {
    for (const size of [65_535, 65_536, 65_537, 200_003]) {
      const text = random.bytes(size);
      expectSame(hash(core, name, text), referenceHash(name, text), `${size} bytes`);
      expectSame(hmac(core, name, text, text), referenceHmac(name, text, text), `${size} bytes`);
    }
  });

  test("streams that run side by side do not mix", () => {
    const [a, b] = [random.bytes(300), random.bytes(300)];
    const first = createHash(core, name).update(a.subarray(0, 100));
    const second = createHash(core, name).update(b.subarray(0, 150));
    first.update(a.subarray(100));
    second.update(b.subarray(150));
    expect(first.digest()).toEqual(referenceHash(name, a));
    expect(second.digest()).toEqual(referenceHash(name, b));
  });

  test("HMAC: every length of key and of text up to a block and two bytes", () => {
    const key = random.bytes(blockLength + 2);
    const text = random.bytes(blockLength + 2);
    for (let end = 0; end <= key.length; end++) {
      const k = key.subarray(0, end);
      expectSame(hmac(core, name, k, text), referenceHmac(name, k, text), `key of ${end}`);
      const t = text.subarray(0, end);
      expectSame(hmac(core, name, key, t), referenceHmac(name, key, t), `text of ${end}`);
      expectSame(hmac(core, name, k, t, text), referenceHmac(name, k, t, text), `text in two parts, ${end}`);
    }
  });

  test("HMAC: after the key, a short text costs two compressions, again and again", () => {
    const { exports } = core;
    const state = core.reserve(exports.hmacStateSize());
    const at = core.reserve(64);
    exports.hmacInit(state, id, at, 16);
    for (let round = 0; round < 3; round++) {
      const before = exports.compressions();
      exports.hmacUpdate(state, at, 20);
      exports.hmacFinal(state, at);
      expect(exports.compressions() - before).toBe(2);
    }
    core.release(at);
    core.release(state);
  });
});
