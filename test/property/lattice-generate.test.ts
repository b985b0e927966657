// A new ML-KEM or ML-DSA pair: its seed is the next output of a generator of just its strength, its public key the seed's.
import { expect, test } from "vitest";
import { mlDsaNames } from "../../src/core/ml-dsa.ts";
import { mlKemNames } from "../../src/core/ml-kem.ts";
import { HmacDrbg } from "../../src/drbg/hmac-drbg.ts";
import { expandLatticeSeed, generateMlDsa, generateMlKem, latticePublicKey } from "../../src/generate/lattice.ts";
import { freshCore } from "../support/core.ts";
import { nobleKeys } from "../support/lattice.ts";
import { Random } from "../support/random.ts";
import { ReferenceDrbg } from "../support/reference.ts";
import { expectSame } from "../support/same.ts";

const core = await freshCore();
const random = new Random("property/lattice-generate");

/** A generator whose outputs the reference draws as well; it counts how often it was asked to be fresh. */
function twins(strengthBits: number) {
  const entropy = random.bytes(48);
  const drbg = HmacDrbg.instantiate(core, { hash: "SHA-512", strengthBits, entropy });
  const calls = { freshen: 0 };
  const generator = {
    pointer: drbg.pointer,
    freshen: () => {
      calls.freshen++;
    },
  };
  return { drbg, generator, calls, reference: new ReferenceDrbg("SHA-512", entropy) };
}

const strengths: Readonly<Record<string, number>> = {
  "ML-KEM-512": 128,
  "ML-KEM-768": 192,
  "ML-KEM-1024": 256,
  "ML-DSA-44": 192,
  "ML-DSA-65": 192,
  "ML-DSA-87": 256,
};

const makers = [
  ...mlKemNames.map((name) => ({ name, seedLength: 64, make: generateMlKem.bind(undefined, core) as never })),
  ...mlDsaNames.map((name) => ({ name, seedLength: 32, make: generateMlDsa.bind(undefined, core) as never })),
] as readonly {
  readonly name: (typeof mlKemNames)[number] | (typeof mlDsaNames)[number];
  readonly seedLength: number;
  make(generator: object, name: string): { readonly seed: Uint8Array; readonly publicKey: Uint8Array };
}[];

test.each(makers)("$name", ({ name, seedLength, make }) => {
  const { drbg, generator, calls, reference } = twins(strengths[name] ?? 0); // just enough strength
  for (let i = 1; i <= 3; i++) {
    const { seed, publicKey } = make(generator, name);
    expectSame(seed, reference.generate(seedLength), "seed");
    const theirs = nobleKeys(name, seed);
    expectSame(publicKey, theirs.publicKey, "public key");
    expectSame(latticePublicKey(core, name, seed), theirs.publicKey, "public key of the seed");
    expectSame(expandLatticeSeed(core, name, seed), theirs.secretKey, "expanded key");
    expect(calls.freshen).toBe(i);
  }
  drbg.uninstantiate();
});
