// ML-KEM of the core against @noble/post-quantum and OpenSSL: the same keys of a seed, and secrets that cross both ways.
import { createPublicKey, decapsulate, encapsulate } from "node:crypto";
import { describe, expect, test } from "vitest";
import {
  mlKemDecapsulate,
  mlKemEncapsulate,
  mlKemExpand,
  mlKemNames,
  mlKemPublicKey,
  mlKemSets,
} from "../../src/core/ml-kem.ts";
import { freshCore } from "../support/core.ts";
import { nobleKem, opensslKey, opensslPublic } from "../support/lattice.ts";
import { Random } from "../support/random.ts";
import { expectSame } from "../support/same.ts";

const core = await freshCore();
const random = new Random("property/ml-kem");
const RUNS = 25;

describe.each(mlKemNames)("%s", (name) => {
  const { ekLength } = mlKemSets[name];
  const noble = nobleKem[name];
  const seeds = Array.from({ length: RUNS }, () => random.bytes(64));

  test("a seed gives the keys that noble and OpenSSL give", () => {
    for (const seed of seeds) {
      const { publicKey, secretKey } = noble.keygen(seed);
      expectSame(mlKemPublicKey(core, name, seed), publicKey, "ek");
      expectSame(mlKemExpand(core, name, seed), secretKey, "dk");
      expectSame(opensslPublic(opensslKey(name, seed), ekLength), publicKey, "ek of OpenSSL");
    }
  });

  test("what is encapsulated here is decapsulated there, and the other way round", () => {
    for (const seed of seeds) {
      const m = random.bytes(32);
      const ek = mlKemPublicKey(core, name, seed);
      const dk = mlKemExpand(core, name, seed);
      const ours = mlKemEncapsulate(core, name, ek, m);
      const theirs = noble.encapsulate(ek, m);
      expectSame(ours.ciphertext, theirs.cipherText, "ciphertext");
      expectSame(ours.sharedSecret, theirs.sharedSecret, "secret");
      const key = opensslKey(name, seed);
      expectSame(new Uint8Array(decapsulate(key, ours.ciphertext)), ours.sharedSecret, "secret of OpenSSL");
      const { ciphertext, sharedKey } = encapsulate(createPublicKey(key));
      expectSame(mlKemDecapsulate(core, name, dk, new Uint8Array(ciphertext)), new Uint8Array(sharedKey), "our secret");
    }
  });

  test("a wrong ciphertext gives the secret of the implicit rejection, wherever it is wrong", () => {
    const [seed = new Uint8Array(64)] = seeds;
    const dk = mlKemExpand(core, name, seed);
    const { ciphertext, sharedSecret } = mlKemEncapsulate(
      core,
      name,
      mlKemPublicKey(core, name, seed),
      random.bytes(32),
    );
    expectSame(mlKemDecapsulate(core, name, dk, ciphertext), sharedSecret, "the right one");
    const key = opensslKey(name, seed);
    for (let at = 0; at < ciphertext.length; at += 37) {
      const wrong = Uint8Array.from(ciphertext, (byte, i) => (i === at ? byte ^ (1 << (at & 7)) : byte));
      const secret = mlKemDecapsulate(core, name, dk, wrong);
      expectSame(secret, noble.decapsulate(wrong, dk), `byte ${at}`);
      expectSame(secret, new Uint8Array(decapsulate(key, wrong)), `byte ${at}, OpenSSL`);
      expect(secret).not.toEqual(sharedSecret);
    }
    const noise = random.bytes(ciphertext.length); // coefficients of all sizes
    expectSame(mlKemDecapsulate(core, name, dk, noise), noble.decapsulate(noise, dk), "random");
  });
});
