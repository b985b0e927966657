// Wrong calls for Ed25519, X25519, Ed448 and X448: kinds that are none, lengths, and generators that do not serve.
import { expect, test } from "vitest";
import { withScratch } from "../../src/core/core.ts";
import { type OkpName, okpAgree, okpGenerate, okpNames, okpPairwise, okpPublicKey, okps } from "../../src/core/okp.ts";
import { Status } from "../../src/core/status.ts";
import { HmacDrbg } from "../../src/drbg/hmac-drbg.ts";
import { generateOkp } from "../../src/generate/okp.ts";
import { freshCore } from "../support/core.ts";

const core = await freshCore();
const weak = HmacDrbg.instantiate(core, { hash: "SHA-256", strengthBits: 112, entropy: new Uint8Array(48) });

test("the lengths are those of the core", () => {
  for (const name of okpNames) expect(core.exports.okpKeyLength(okps[name].id)).toBe(okps[name].length);
  expect(core.exports.okpKeyLength(0)).toBe(0);
  expect(core.exports.okpKeyLength(5)).toBe(0);
});

test("a kind that is none", () => {
  withScratch(core, 256, (_, at) => {
    for (const kind of [0, 5, -1]) {
      const { okpGenerate: generate, okpPublicKey: publicKey, okpPairwise: pairwise, okpAgree: agree } = core.exports;
      expect(generate(kind, weak.pointer, 112, at, at + 64)).toBe(Status.BAD_ARGUMENT);
      expect(publicKey(kind, at, at + 64)).toBe(Status.BAD_ARGUMENT);
      for (const count of [1, 2]) expect(pairwise(kind, count, at, at + 128)).toBe(Status.BAD_ARGUMENT);
      expect(agree(kind, at, at + 64, at + 128)).toBe(Status.BAD_ARGUMENT);
      expect(core.exports.okpCheckPublicKey(kind, at, 32)).toBe(Status.BAD_ARGUMENT);
      expect(core.exports.okpCheckOrder(kind, at)).toBe(Status.BAD_ARGUMENT);
    }
    expect(core.exports.okpAgree(okps.Ed25519.id, at, at + 64, at + 128)).toBe(Status.BAD_ARGUMENT);
  });
  expect(() => okpPublicKey(core, "Ed2448" as OkpName, new Uint8Array(32))).toThrow(RangeError);
});

test.each(okpNames)("%s: a key of another length", (name) => {
  const { length } = okps[name];
  for (const other of [0, length - 1, length + 1]) {
    const [good, wrong] = [new Uint8Array(length), new Uint8Array(other)];
    expect(() => okpPublicKey(core, name, wrong)).toThrow(/must have \d+ bytes/);
    expect(() => okpPairwise(core, name, { privateKey: wrong, publicKey: good })).toThrow(RangeError);
    expect(() => okpPairwise(core, name, { privateKey: good, publicKey: wrong })).toThrow(RangeError);
    if (name === "X25519" || name === "X448") expect(() => okpAgree(core, name, good, wrong)).toThrow(RangeError);
  }
});

test.each(okpNames)("%s: a generator without the strength of the curve", (name) => {
  const refused = expect.objectContaining({ code: "strength-unavailable" });
  expect(() => okpGenerate(core, name, weak.pointer)).toThrow(refused);
});

test("a shared secret that is zero", () => {
  for (const name of ["X25519", "X448"] as const) {
    const zero = new Uint8Array(okps[name].length);
    expect(() => okpAgree(core, name, zero, zero)).toThrow(expect.objectContaining({ code: "key-invalid" }));
  }
});

test("a generator that has served its interval asks for a reseed, and then serves", () => {
  const generator = HmacDrbg.instantiate(core, {
    hash: "SHA-512",
    strengthBits: 256,
    entropy: new Uint8Array(48),
    reseedInterval: 1,
  });
  const held = Object.assign(generator, { freshen() {} });
  generateOkp(core, held, "Ed25519");
  expect(() => generateOkp(core, held, "Ed25519")).toThrow(expect.objectContaining({ code: "reseed-required" }));
  generator.reseed(new Uint8Array(32));
  generateOkp(core, held, "Ed25519");
});
