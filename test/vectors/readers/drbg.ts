/** HMAC_DRBG (SP 800-90A Rev. 1, 10.1.2): CAVP and ACVP. A case is a seed, calls in order, and the last call's output. */
import { type Difference, differ } from "../compare.ts";
import type { Fields } from "../fields.ts";
import type { DrbgSeed, HashName, Subject, SubjectDrbg } from "../subject.ts";
import { hashNamed } from "./hash-names.ts";
import { grouped } from "./reader.ts";

export type Call =
  | { readonly kind: "reseed"; readonly entropy: Uint8Array; readonly additionalInput: Uint8Array }
  /** With `entropy` it is asked with prediction resistance. */
  | { readonly kind: "generate"; readonly entropy?: Uint8Array; readonly additionalInput: Uint8Array };

export interface Script {
  readonly seed: DrbgSeed;
  readonly calls: readonly Call[];
  readonly length: number;
  readonly returned: Uint8Array;
}

/** The highest strength that the hash has (SP 800-57 Part 1 Rev. 5, Table 3) and the seed material carries (8.6.7). */
function strengthBits(hash: HashName, entropy: Uint8Array, nonce: Uint8Array): number {
  const ofHash = hash.endsWith("224") ? 192 : 256;
  const most = Math.min(ofHash, entropy.length * 8, ((entropy.length + nonce.length) * 8) / 1.5);
  const strength = [256, 192, 128, 112].find((bits) => bits <= most);
  if (strength === undefined) throw new RangeError(`the seed carries ${most} bits of strength, fewer than 112`);
  return strength;
}

function seedOf(hash: HashName, predictionResistance: boolean, test: Fields, personalization: string): DrbgSeed {
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

export function cavpScript(group: Fields, test: Fields): Script | "sha-1" {
  const hash = hashNamed(group.text("hash"));
  if (hash === "sha-1") return hash;
  const calls: Call[] = [];
  if (test.has("entropyInputReseed")) {
    const [entropy, additionalInput] = [test.bytes("entropyInputReseed"), test.bytes("additionalInputReseed")];
    calls.push({ kind: "reseed", entropy, additionalInput });
  }
  const predictionResistance = group.boolean("predictionResistance");
  const entropies = predictionResistance ? test.byteStrings("entropyInputPR") : [];
  for (const [at, additionalInput] of test.byteStrings("additionalInput").entries()) {
    const entropy = entropies[at];
    if (predictionResistance && entropy === undefined) throw new RangeError(`entropyInputPR has no item ${at}`);
    calls.push({ kind: "generate", additionalInput, ...(entropy === undefined ? {} : { entropy }) });
  }
  return {
    seed: seedOf(hash, predictionResistance, test, "personalizationString"),
    calls,
    length: group.bytesOfBits("returnedBitsLen"),
    returned: test.bytes("returnedBits"),
  };
}

function acvpCall(input: Fields, predictionResistance: boolean): Call {
  const [entropy, additionalInput] = [input.bytes("entropyInput"), input.bytes("additionalInput")];
  const use = input.text("intendedUse");
  if (use === "reSeed") return { kind: "reseed", entropy, additionalInput };
  if (use !== "generate") throw new RangeError(`no use is known as ${use}`);
  return { kind: "generate", additionalInput, ...(predictionResistance ? { entropy } : {}) };
}

function acvpScript(group: Fields, test: Fields): Script | "sha-1" {
  const hash = hashNamed(group.text("mode"));
  if (hash === "sha-1") return hash;
  const predictionResistance = group.boolean("predResistance");
  return {
    seed: seedOf(hash, predictionResistance, test, "persoString"),
    calls: test.objects("otherInput").map((input) => acvpCall(input, predictionResistance)),
    length: group.bytesOfBits("returnedBitsLen"),
    returned: test.bytes("returnedBits"),
  };
}

/** Makes the calls and hands on what the last generate returned; `after` gets the instance before it ends. */
export function play(
  subject: Subject,
  { seed, calls, length }: Script,
  after?: (drbg: SubjectDrbg) => void,
): Uint8Array {
  const drbg = subject.drbg(seed);
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

export function checkReturned(subject: Subject, script: Script): Difference {
  return differ("returned bits", play(subject, script), script.returned);
}

export const readCavpDrbg = grouped(({ group, test }) => {
  const script = cavpScript(group, test);
  return script === "sha-1" ? script : (subject) => checkReturned(subject, script);
});

export const readAcvpDrbg = grouped(({ group, test }) => {
  const script = acvpScript(group, test);
  return script === "sha-1" ? script : (subject) => checkReturned(subject, script);
});
