/**
 * Steps 4.4 to 4.7 of the Miller-Rabin test (FIPS 186-5, B.3.1) after b^m in the lanes: which bases do not prove their
 * number composite.
 */
import { powerIsMinusOne, powerSign, powerSquare } from "../lanes/power";

/**
 * Bit i: base i is harmless. With w - 1 = 2^a m, `twos0` and `twos1` are the a of the numbers in the two lanes. Of these
 * nothing is told but that they are below `maxTwos`: all the squarings that they could ask for are made, and those from the
 * a-th on do not count.
 */
export function harmlessBases(count: u32, twos0: u32, twos1: u32, maxTwos: u32): u32 {
  let harmless: u32 = 0;
  for (let i: u32 = 0; i < count; i++) {
    const sign = powerSign(i);
    harmless |= ((sign | (sign >>> 1)) & 1) << i; // step 4.4: z = 1 or z = w - 1
  }
  for (let j: u32 = 1; j < maxTwos; j++) {
    powerSquare(); // step 4.5.1
    for (let i: u32 = 0; i < count; i++) {
      const counts = (j - ((i & 1) != 0 ? twos1 : twos0)) >>> 31; // 1 while j < a
      harmless |= (powerIsMinusOne(i) & counts) << i; // steps 4.5.2-4.5.3: z = w - 1; once z is 1 it stays 1
    }
  }
  return harmless;
}
