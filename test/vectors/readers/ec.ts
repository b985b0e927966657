/** ECC keys, CAVP: FIPS 186-4, B.4 by d and its point, and the validation of public keys. */
import { curveOf, numberIn, pointOf } from "../../../src/acvp/ec.ts";
import { curveFacts } from "../../../src/core/ec.ts";
import { differ, differBoolean, first } from "../compare.ts";
import { grouped } from "./reader.ts";

/** d is in range and gives the point, and the point is valid. The random bits behind d are not told. */
export const readCavpEcKeyPair = grouped(({ group, test }) => {
  const curve = curveOf(group);
  const d = numberIn(test, "d", curveFacts(curve).length);
  const point = pointOf(curve, test, "Qx", "Qy");
  return async (subject) =>
    first(
      differ("point", subject.ecPublicPoint(curve, d), point),
      differBoolean("point accepted", subject.isEcPoint(curve, point), true),
    );
});

/** "P (0 )", or F and the reason. */
function isPass(result: string): boolean {
  if (!/^[PF] /.test(result)) throw new RangeError(`no result is known as ${result}`);
  return result.startsWith("P");
}

export const readCavpEcPkv = grouped(({ group, test }) => {
  const curve = curveOf(group);
  const wanted = isPass(test.text("Result"));
  const point = pointOf(curve, test, "Qx", "Qy");
  return async (subject) => differBoolean("point accepted", subject.isEcPoint(curve, point), wanted);
});
