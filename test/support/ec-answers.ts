/** What `assembly/self-test/ec-answers.ts` must hold, computed here with BigInt and @noble/curves. */
import { curves } from "./ec-reference.ts";

/** Bytes that the core holds of each coordinate. */
const ANSWER_LENGTH = 16;

/** For each curve in the order of the core's numbers: the first bytes of x and of y of the known pair. */
export function ecAnswers(): Uint8Array {
  const parts = curves.map(({ length, bits, order, multiply }) => {
    const stringBits = bits + 64;
    const string = Uint8Array.from({ length: Math.ceil(stringBits / 8) }, (_, i) => (255 - 3 * i) & 255);
    const c = BigInt(`0x${Buffer.from(string).toString("hex")}`) >> BigInt(8 * string.length - stringBits);
    const point = multiply((c % (order - 1n)) + 1n); // FIPS 186-5, A.2.1
    return [point.subarray(1, 1 + ANSWER_LENGTH), point.subarray(1 + length, 1 + length + ANSWER_LENGTH)];
  });
  return Buffer.concat(parts.flat());
}
