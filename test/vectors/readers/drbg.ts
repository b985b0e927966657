/** HMAC_DRBG (SP 800-90A Rev. 1, 10.1.2), CAVP: a seed, calls in order, and the last call's output. */
import { type Call, play, type Script, seedOf } from "../../../src/acvp/drbg.ts";
import type { Fields } from "../../../src/acvp/fields.ts";
import { hashNamed } from "../../../src/acvp/hash-names.ts";
import { type Difference, differ } from "../compare.ts";
import type { Subject } from "../subject.ts";
import { grouped } from "./reader.ts";

export interface StatedScript extends Script {
  readonly returned: Uint8Array;
}

export function cavpScript(group: Fields, test: Fields): StatedScript {
  const hash = hashNamed(group.text("hash"));
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

export function checkReturned(subject: Subject, script: StatedScript): Difference {
  return differ("returned bits", play(subject, script), script.returned);
}

export const readCavpDrbg = grouped(({ group, test }) => {
  const script = cavpScript(group, test);
  return (subject) => checkReturned(subject, script);
});
