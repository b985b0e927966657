/** A state that was copied in the middle of a search: two instances that drew the same bytes until then. */
import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import type { Keygen } from "#keywright";
import { loadCore } from "#keywright/load";
import { readSecret } from "../../src/algorithms/key.ts";
import type { RsaMethodName } from "../../src/algorithms/rsa-methods.ts";
import type { EntropySource } from "../../src/entropy/source.ts";
import { webCryptoSource } from "../../src/entropy/web-crypto.ts";
import { openKeygenWith } from "../../src/keygen.ts";
import type { GeneratedPair } from "../../src/options.ts";

/** The same stream for the same seed, until `part` is called: from then on the platform's. */
function commonSource(seed: string): { source: EntropySource; part: () => void } {
  let drawn = 0;
  let common = true;
  const read = (length: number) => {
    if (!common) return webCryptoSource.read(length);
    const bytes = webCryptoSource.read(length);
    for (let i = 0; i < length; i += 32) {
      bytes.set(
        createHash("sha256")
          .update(`${seed} ${drawn++}`)
          .digest()
          .subarray(0, length - i),
        i,
      );
    }
    return bytes;
  };
  const part = () => {
    common = false;
  };
  return { source: { ...webCryptoSource, read }, part };
}

interface Copy {
  readonly p: string;
  readonly q: string;
  /** Whether the copy was made while p stood and q did not. */
  readonly between: boolean;
}

/** A key whose search was copied when it began to look for q; `then` is what the owner of the copy does. */
async function copied(seed: string, method: RsaMethodName, then: (keygen: Keygen) => void): Promise<Copy> {
  const { source, part } = commonSource(seed);
  using keygen = await openKeygenWith({ load: loadCore, source }, { policy: "open", environment: "test" });
  let between = false;
  const onProgress = ({ phase }: { phase: string }) => {
    if (phase === "p" || between) return;
    between = phase === "q";
    part();
    then(keygen);
  };
  const { privateKey } = (await keygen.generate("RSA-3072", { method, onProgress })) as GeneratedPair;
  const parts = readSecret(privateKey);
  if (parts.kind !== "rsa") throw new Error("an RSA key was wanted");
  const text = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");
  return { p: text(parts.rsa.p), q: text(parts.rsa.q), between };
}

/** Seeds with which the search by A.1.3 comes to a step between its two primes. */
const seeds = ["a", "b", "c"];

test("two copies never have one prime in common, and another that is not", async () => {
  let looked = 0;
  for (const seed of seeds) {
    const one = await copied(seed, "A.1.3", () => undefined);
    const two = await copied(seed, "A.1.3", () => undefined);
    if (one.between) looked++;
    expect(one.p === two.p).toBe(one.q === two.q);
  }
  expect(looked).toBeGreaterThan(0);
});

test.each(["A.1.3", "A.1.6"] as const)(
  "by %s, an owner who knows of the copy gets a key of his own",
  async (method) => {
    const reseed = (keygen: Keygen) => keygen.reseed();
    for (const seed of seeds) {
      const one = await copied(seed, method, reseed);
      const two = await copied(seed, method, () => undefined);
      expect(new Set([one.p, one.q, two.p, two.q]).size).toBe(4);
    }
  },
);

test("the same of SLH-DSA, whose seed is drawn first", async () => {
  const make = async (then: (keygen: Keygen) => void) => {
    const { source, part } = commonSource("slh");
    using keygen = await openKeygenWith({ load: loadCore, source }, { policy: "open", environment: "test" });
    let told = 0;
    const onProgress = () => {
      if (told++ > 0) return;
      part();
      then(keygen);
    };
    const { publicKey } = await keygen.generate("SLH-DSA-SHA2-128f", { onProgress });
    if (publicKey.parts.kind !== "octets") throw new Error("octets were wanted");
    return Buffer.from(publicKey.parts.octets).toString("hex");
  };
  const copy = await make(() => undefined);
  expect(await make(() => undefined)).toBe(copy);
  expect(await make((keygen) => keygen.reseed())).not.toBe(copy);
});
