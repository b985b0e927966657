// ML-DSA of the core against @noble/post-quantum and OpenSSL: the same keys of a seed, and signatures that verify there.
import { createPublicKey, sign, verify } from "node:crypto";
import { describe, expect, test } from "vitest";
import { mlDsaExpand, mlDsaNames, mlDsaPublicKey, mlDsaSets, mlDsaSign, mlDsaVerify } from "../../src/core/ml-dsa.ts";
import { freshCore } from "../support/core.ts";
import { nobleDsa, opensslKey, opensslPublic } from "../support/lattice.ts";
import { Random } from "../support/random.ts";
import { expectSame } from "../support/same.ts";

const core = await freshCore();
const random = new Random("property/ml-dsa");
const RUNS = 15;

describe.each(mlDsaNames)("%s", (name) => {
  const { pkLength, signatureLength } = mlDsaSets[name];
  const noble = nobleDsa[name];
  const seeds = Array.from({ length: RUNS }, () => random.bytes(32));

  test("a seed gives the keys that noble and OpenSSL give", () => {
    for (const seed of seeds) {
      const { publicKey, secretKey } = noble.keygen(seed);
      expectSame(mlDsaPublicKey(core, name, seed), publicKey, "pk");
      expectSame(mlDsaExpand(core, name, seed), secretKey, "sk");
      expectSame(opensslPublic(opensslKey(name, seed), pkLength), publicKey, "pk of OpenSSL");
    }
  });

  test("signatures are those of noble, deterministic and hedged, and OpenSSL verifies them", () => {
    for (const [i, seed] of seeds.entries()) {
      const message = random.bytes(i * 23);
      const sk = mlDsaExpand(core, name, seed);
      const pk = mlDsaPublicKey(core, name, seed);
      const signature = mlDsaSign(core, name, sk, message);
      expectSame(signature, noble.sign(message, sk, { extraEntropy: false }), "deterministic");
      const rnd = random.bytes(32);
      expectSame(mlDsaSign(core, name, sk, message, rnd), noble.sign(message, sk, { extraEntropy: rnd }), "hedged");
      const key = opensslKey(name, seed);
      expect(verify(null, message, createPublicKey(key), signature)).toBe(true);
      expect(mlDsaVerify(core, name, pk, message, signature)).toBe(true);
      expect(mlDsaVerify(core, name, pk, message, new Uint8Array(sign(null, message, key)))).toBe(true);
    }
  });

  test("a signature that was changed anywhere does not verify, nor for another message or key", () => {
    const [one = new Uint8Array(32), other = new Uint8Array(32)] = seeds;
    const message = random.bytes(50);
    const pk = mlDsaPublicKey(core, name, one);
    const signature = mlDsaSign(core, name, mlDsaExpand(core, name, one), message);
    expect(mlDsaVerify(core, name, pk, message, signature)).toBe(true);
    for (let at = 0; at < signatureLength; at += at < signatureLength - 100 ? 41 : 1) {
      const changed = Uint8Array.from(signature, (byte, i) => (i === at ? byte ^ (1 << (at & 7)) : byte));
      expect(mlDsaVerify(core, name, pk, message, changed), `byte ${at}`).toBe(false);
    }
    expect(mlDsaVerify(core, name, pk, message.subarray(1), signature)).toBe(false);
    expect(mlDsaVerify(core, name, mlDsaPublicKey(core, name, other), message, signature)).toBe(false);
    expect(mlDsaVerify(core, name, pk, message, signature.subarray(1))).toBe(false);
  });

  test("a hint that is not the one way to write it is refused", () => {
    const [seed = new Uint8Array(32)] = seeds;
    const message = random.bytes(9);
    const pk = mlDsaPublicKey(core, name, seed);
    const signature = mlDsaSign(core, name, mlDsaExpand(core, name, seed), message);
    const k = { "ML-DSA-44": 4, "ML-DSA-65": 6, "ML-DSA-87": 8 }[name];
    const omega = { "ML-DSA-44": 80, "ML-DSA-65": 55, "ML-DSA-87": 75 }[name];
    const hint = signatureLength - omega - k;
    const ends = signature.subarray(hint + omega);
    const row = ends.findIndex((end, i) => end - (i === 0 ? 0 : (ends[i - 1] ?? 0)) > 1);
    expect(row).toBeGreaterThanOrEqual(0); // two places in one row, to be swapped
    const place = hint + (row === 0 ? 0 : (ends[row - 1] ?? 0));
    const swapped = signature.slice();
    swapped[place] = signature[place + 1] ?? 0;
    swapped[place + 1] = signature[place] ?? 0;
    expect(mlDsaVerify(core, name, pk, message, swapped)).toBe(false);
    for (const [at, value] of [
      [omega + k - 1, omega + 1],
      [omega + k - 1, 0],
      [omega - 1, 1],
    ] as const) {
      const wrong = signature.slice();
      wrong[hint + at] = value;
      expect(mlDsaVerify(core, name, pk, message, wrong), `byte ${at} of the hint`).toBe(false);
    }
  });
});
