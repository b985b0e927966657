/** SHAKE128 and SHAKE256 (FIPS 202): AFT, VOT and MCT, in whole bytes. */
import type { ShakeName } from "../core/shake.ts";
import { type Family, type Place, unknownTestType } from "./family.ts";
import { type Fields, toHex } from "./fields.ts";
import type { Implementation } from "./implementation.ts";
import { NotServed } from "./not-served.ts";
import { wholeBytes } from "./sha.ts";

const OUTER_ROUNDS = 100;
const INNER_ROUNDS = 1000;

function xof(iut: Implementation, name: ShakeName, length: number, message: Uint8Array): Uint8Array {
  const stream = iut.createShake(name);
  try {
    stream.absorb(message);
    return stream.squeeze(length);
  } finally {
    stream.close();
  }
}

/** Each of the 1000 hashes the first 128 bits of the output before, to a length that its last 16 bits give. */
function monteCarlo(name: ShakeName, group: Fields, message: Uint8Array, iut: Implementation) {
  const [least, most] = [group.bytesOfBits("minOutLen"), group.bytesOfBits("maxOutLen")];
  if (least < 2 || most < least) throw new RangeError("minOutLen and maxOutLen must be a range from 16 bits on");
  let output = message;
  let length = most;
  const resultsArray = Array.from({ length: OUTER_ROUNDS }, () => {
    for (let i = 0; i < INNER_ROUNDS; i++) {
      const seed = new Uint8Array(16);
      seed.set(output.subarray(0, 16));
      output = xof(iut, name, length, seed);
      const [high = 0, low = 0] = output.subarray(-2);
      length = least + ((high * 256 + low) % (most - least + 1));
    }
    return { md: toHex(output), outLen: output.length * 8 };
  });
  return { resultsArray };
}

function answer({ set, group, test }: Place, iut: Implementation) {
  const name = set.text("algorithm") === "SHAKE-128" ? "SHAKE128" : "SHAKE256";
  const type = group.text("testType");
  if (type !== "AFT" && type !== "VOT" && type !== "MCT") throw unknownTestType(type);
  const message = wholeBytes(test, "msg", test.number("len"));
  if (type === "MCT") return monteCarlo(name, group, message, iut);
  const outLen = test.number("outLen");
  if (outLen % 8 !== 0) throw new NotServed("variant", `outputs that end within a byte: outLen is ${outLen}`);
  return { md: toHex(xof(iut, name, outLen / 8, message)), outLen };
}

export const shake: Family = { algorithms: ["SHAKE-128", "SHAKE-256"], revisions: ["1.0", "FIPS202"], answer };
