// SLH-DSA keys against @noble/post-quantum and OpenSSL: keys of random seeds, and the signature that each key's test makes.
import { generateKeyPairSync } from "node:crypto";
import { describe, expect, test } from "vitest";
import {
  type SlhDsaName,
  slhDsaBeginSeeded,
  slhDsaEnd,
  slhDsaLeaves,
  slhDsaLength,
  slhDsaNames,
  slhDsaState,
  slhDsaStep,
  slhDsaTake,
} from "../../src/core/slh-dsa.ts";
import { freshCore } from "../support/core.ts";
import { Random } from "../support/random.ts";
import {
  ALL_AT_ONCE,
  fastNames,
  makeKey,
  nobleSlhDsa,
  opensslVerifies,
  publicKeyOf,
  signedMessage,
} from "../support/slh-dsa.ts";

const core = await freshCore();
const random = new Random("slh-dsa");
const randomSeed = (name: SlhDsaName) => random.bytes(3 * slhDsaLength(name));

/** A key up to its verification, and the signature that then stands in the core. */
function signed(name: SlhDsaName, seed: Uint8Array): { signature: Uint8Array; privateKey: Uint8Array } {
  slhDsaBeginSeeded(core, name, seed);
  while (slhDsaState(core).phase !== "verify") slhDsaStep(core, 1);
  const at = core.exports.slhPartPtr(1);
  const signature = new Uint8Array(core.memory.buffer, at, nobleSlhDsa(name).lengths.signature).slice();
  while (!slhDsaStep(core, ALL_AT_ONCE));
  const { privateKey } = slhDsaTake(core, name);
  return { signature, privateKey };
}

describe.each(fastNames)("%s", (name) => {
  const reference = nobleSlhDsa(name);
  const n = slhDsaLength(name);

  test("keys of random seeds are those of noble", () => {
    for (let round = 0; round < 3; round++) {
      const seed = randomSeed(name);
      const { publicKey, secretKey } = reference.keygen(seed);
      const pair = makeKey(core, name, seed);
      expect(pair.seed).toEqual(seed);
      expect(pair.privateKey).toEqual(secretKey);
      expect(pair.publicKey).toEqual(publicKey);
    }
  });

  test("the signature of the pairwise test is noble's, byte for byte, and OpenSSL verifies it", () => {
    const { signature, privateKey } = signed(name, randomSeed(name));
    expect(Buffer.compare(signature, reference.sign(signedMessage, privateKey, { extraEntropy: false }))).toBe(0);
    expect(opensslVerifies(name, privateKey.subarray(2 * n), signedMessage, signature)).toBe(true);
    signature[n + 5] = (signature[n + 5] ?? 0) ^ 1;
    expect(opensslVerifies(name, privateKey.subarray(2 * n), signedMessage, signature)).toBe(false);
  });

  test("OpenSSL's key of the same seed has the same root", () => {
    const { privateKey } = generateKeyPairSync(name.toLowerCase() as "ed25519"); // the types do not know all names
    const der = new Uint8Array(privateKey.export({ format: "der", type: "pkcs8" }));
    const theirs = der.subarray(-4 * n); // RFC 9909, 6: the key ends the octet string that ends the structure
    expect(publicKeyOf(core, name, theirs.subarray(0, 3 * n))).toEqual(theirs.slice(2 * n));
  });

  test("steps of any size make the same key, and progress is exact", () => {
    const seed = randomSeed(name);
    const whole = makeKey(core, name, seed);
    for (const work of [1, 1000, 7777]) {
      slhDsaBeginSeeded(core, name, seed);
      let last = { leaves: 0, done: 0, phase: "tree" };
      const seen = new Set<string>();
      for (let done = false; !done; ) {
        done = slhDsaStep(core, work);
        const now = slhDsaState(core);
        expect(now.done).toBeGreaterThanOrEqual(last.done);
        expect(now.leaves).toBeGreaterThanOrEqual(last.leaves);
        if (now.phase !== "tree") expect(now.leaves).toBe(slhDsaLeaves(name));
        if (now.phase === "verify") expect(now.done).toBe(now.work);
        seen.add(now.phase);
        last = now;
      }
      expect(last.done).toBe(slhDsaState(core).work);
      if (work === 1) expect([...seen]).toEqual(["tree", "sign", "verify", "ready"]);
      expect(slhDsaTake(core, name)).toEqual(whole);
    }
  });
});

test("the count of hash calls is exact when a signature stands: nothing is done twice, and nothing forgotten", () => {
  for (const name of fastNames) {
    slhDsaBeginSeeded(core, name, randomSeed(name));
    while (slhDsaState(core).phase !== "verify") slhDsaStep(core, 1);
    expect(core.exports.slhDone()).toBe(core.exports.slhWork());
    slhDsaEnd(core);
  }
});

// The small sets take hundreds of milliseconds and more in any implementation: one key and one signature of each family.
test.each(["SLH-DSA-SHA2-128s", "SLH-DSA-SHAKE-256s"] as const)(
  "%s: OpenSSL verifies the signature",
  (name) => {
    const { signature, privateKey } = signed(name, randomSeed(name));
    const publicKey = privateKey.slice(2 * slhDsaLength(name));
    expect(opensslVerifies(name, publicKey, signedMessage, signature)).toBe(true);
  },
  60_000,
);

test("there are twelve sets", () => {
  expect(slhDsaNames).toHaveLength(12);
  expect(fastNames).toHaveLength(6);
});
