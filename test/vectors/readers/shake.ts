/** ACVP, SHAKE128 and SHAKE256 (FIPS 202): AFT, VOT and MCT, in whole bytes. */
import { differ, first } from "../compare.ts";
import type { Fields } from "../fields.ts";
import type { ShakeName, Subject } from "../subject.ts";
import { type Check, grouped } from "./reader.ts";

const INNER_ROUNDS = 1000;

function xof(subject: Subject, name: ShakeName, length: number, ...chunks: readonly Uint8Array[]): Uint8Array {
  const stream = subject.createShake(name);
  try {
    for (const chunk of chunks) stream.absorb(chunk);
    return stream.squeeze(length);
  } finally {
    stream.close();
  }
}

/** The output for a whole message must also be that for two pieces of it, squeezed in three. */
function functional(name: ShakeName, test: Fields): Check {
  const message = test.bytes("msg");
  const wanted = test.bytes("md");
  return (subject) => {
    if (wanted.length !== test.bytesOfBits("outLen")) return "md has another length than outLen";
    const stream = subject.createShake(name);
    const cut = Math.floor(message.length / 3);
    stream.absorb(message.subarray(0, cut));
    stream.absorb(message.subarray(cut));
    const third = Math.floor(wanted.length / 3);
    const lengths = [third, 0, third + 1, wanted.length - 2 * third - 1].filter((length) => length >= 0);
    const pieces = Uint8Array.from(lengths.flatMap((length) => [...stream.squeeze(length)])).subarray(0, wanted.length);
    stream.close();
    return first(
      differ("output", xof(subject, name, wanted.length, message), wanted),
      differ("output in pieces", pieces, wanted),
    );
  };
}

/** Each of the 1000 hashes the first 128 bits of the output before, to a length that its last 16 bits give. */
function monteCarlo(name: ShakeName, group: Fields, test: Fields): Check {
  const message = test.bytes("msg");
  const wanted = test.objects("resultsArray").map((result) => result.bytes("md"));
  const [least, most] = [group.bytesOfBits("minOutLen"), group.bytesOfBits("maxOutLen")];
  return (subject) => {
    if (wanted.length === 0) return "no round is given";
    let output: Uint8Array = message;
    let length = most;
    for (const [at, digest] of wanted.entries()) {
      for (let i = 0; i < INNER_ROUNDS; i++) {
        const seed = new Uint8Array(16);
        seed.set(output.subarray(0, 16));
        output = xof(subject, name, length, seed);
        const [high = 0, low = 0] = output.subarray(-2);
        length = least + ((high * 256 + low) % (most - least + 1));
      }
      const difference = differ(`output of round ${at}`, output, digest);
      if (difference !== undefined) return difference;
    }
    return undefined;
  };
}

export const readShake = grouped(({ file, group, test }) => {
  const algorithm = file.text("algorithm");
  if (algorithm !== "SHAKE-128" && algorithm !== "SHAKE-256") throw new RangeError(`no XOF is known as ${algorithm}`);
  const name = algorithm === "SHAKE-128" ? "SHAKE128" : "SHAKE256";
  const type = group.text("testType");
  if (type === "MCT") return monteCarlo(name, group, test);
  if (type !== "AFT" && type !== "VOT") throw new RangeError(`no XOF test is known as ${type}`);
  // Messages and outputs that end within a byte are for bit-oriented implementations.
  const whole = test.number("len") % 8 === 0 && test.number("outLen") % 8 === 0;
  return whole ? functional(name, test) : "not-built-yet";
});
