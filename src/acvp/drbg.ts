/** HMAC_DRBG (SP 800-90A Rev. 1, 10.1.2). A case is a seed, calls in order, and the output of the last. */
import type { HashName } from "../core/hash.ts";
import { type Family, mustBeFunctional } from "./family.ts";
import { type Fields, toHex } from "./fields.ts";
import { hashNamed } from "./hash-names.ts";
import type { Drbg, DrbgSeed, Implementation } from "./implementation.ts";

export type Call =
  | { readonly kind: "reseed"; readonly entropy: Uint8Array; readonly additionalInput: Uint8Array }
  /** With `entropy` it is asked with prediction resistance. */
  | { readonly kind: "generate"; readonly entropy?: Uint8Array; readonly additionalInput: Uint8Array };

export interface Script {
  readonly seed: DrbgSeed;
  readonly calls: readonly Call[];
  /** Bytes of each output. */
  readonly length: number;
}

/** The highest strength that the hash has (SP 800-57 Part 1 Rev. 5, Table 3) and the seed material carries (8.6.7). */
function strengthBits(hash: HashName, entropy: Uint8Array, nonce: Uint8Array): number {
  const ofHash = hash.endsWith("224") ? 192 : 256;
  const most = Math.min(ofHash, entropy.length * 8, ((entropy.length + nonce.length) * 8) / 1.5);
  const strength = [256, 192, 128, 112].find((bits) => bits <= most);
  if (strength === undefined) throw new RangeError(`the seed carries ${most} bits of strength, fewer than 112`);
  return strength;
}

/** The seed of a case, whose personalization string has a name of the source's own. */
export function seedOf(hash: HashName, predictionResistance: boolean, test: Fields, personalization: string): DrbgSeed {
  const [entropy, nonce] = [test.bytes("entropyInput"), test.bytes("nonce")];
  return {
    hash,
    strengthBits: strengthBits(hash, entropy, nonce),
    entropy,
    nonce,
    personalization: test.bytes(personalization),
    predictionResistance,
  };
}

/** Makes the calls and hands on what the last generate returned; `after` gets the instance before it ends. */
export function play(
  iut: Pick<Implementation, "drbg">,
  { seed, calls, length }: Script,
  after?: (drbg: Drbg) => void,
): Uint8Array {
  const drbg = iut.drbg(seed);
  try {
    let returned = new Uint8Array();
    for (const { kind, entropy, additionalInput } of calls) {
      if (kind === "reseed") drbg.reseed(entropy, additionalInput);
      else if (entropy === undefined) returned = drbg.generate(length, { additionalInput }).slice();
      else returned = drbg.generate(length, { additionalInput, predictionResistance: { entropy } }).slice();
    }
    after?.(drbg);
    return returned;
  } finally {
    drbg.uninstantiate();
  }
}

function callOf(input: Fields, predictionResistance: boolean): Call {
  const [entropy, additionalInput] = [input.bytes("entropyInput"), input.bytes("additionalInput")];
  const use = input.text("intendedUse");
  if (use === "reSeed") return { kind: "reseed", entropy, additionalInput };
  if (use !== "generate") throw new RangeError(`no use is known as ${use}`);
  return { kind: "generate", additionalInput, ...(predictionResistance ? { entropy } : {}) };
}

export const hmacDrbg: Family = {
  algorithms: ["hmacDRBG"],
  revisions: ["1.0", "SP800-90Ar1"],
  answer({ group, test }, iut) {
    mustBeFunctional(group);
    const predictionResistance = group.boolean("predResistance");
    const calls = test.objects("otherInput").map((input) => callOf(input, predictionResistance));
    if (calls.at(-1)?.kind !== "generate") throw new RangeError("otherInput must end with a generate");
    const seed = seedOf(hashNamed(group.text("mode")), predictionResistance, test, "persoString");
    return { returnedBits: toHex(play(iut, { seed, calls, length: group.bytesOfBits("returnedBitsLen") })) };
  },
};
