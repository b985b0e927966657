/** ECDSA keys on the curves over prime fields: FIPS 186-5, A.2 (186-4, B.4), and the validation of public keys. */
import { curveFacts, type EcCurve, type EcMethod, ecCurves } from "../core/ec.ts";
import { type Family, mustBeFunctional } from "./family.ts";
import { type Fields, fromHex, toHex } from "./fields.ts";
import { NotServed } from "./not-served.ts";

/** NotServed for P-192, RangeError for what is no curve here. */
export function curveOf(group: Fields): EcCurve {
  const name = group.text("curve");
  if (name === "P-192") throw new NotServed("p-192", "a curve of 96 bits of strength (P-192)");
  const curve = ecCurves.find((known) => known === name);
  if (curve === undefined) throw new RangeError(`no curve is known as ${name}`);
  return curve;
}

/** A number in `length` bytes; RangeError if it is longer. Sources leave leading zeros out, or add some, or half a byte. */
export function numberIn(fields: Fields, name: string, length: number): Uint8Array {
  const digits = fields.text(name).replace(/^0+/, "");
  if (digits.length > 2 * length) throw new RangeError(`${name} is longer than ${length} bytes`);
  return fromHex(digits.padStart(2 * length, "0"), name);
}

/** 04, x, y. A coordinate that is too long for its curve makes a point that is too long, which is none. */
export function pointOf(curve: EcCurve, test: Fields, xName: string, yName: string): Uint8Array {
  const bytesOf = (name: string) => Math.ceil(test.text(name).replace(/^0+/, "").length / 2);
  const wide = Math.max(curveFacts(curve).length, bytesOf(xName), bytesOf(yName));
  return Uint8Array.of(4, ...numberIn(test, xName, wide), ...numberIn(test, yName, wide));
}

const methods: ReadonlyMap<string, EcMethod> = new Map([
  ["extra bits", "FIPS 186-5, A.2.1"],
  ["testing candidates", "FIPS 186-5, A.2.2"],
] as const);

/** A key of the module's own. A case that gives d, as known answers do and prompts do not, has its point computed. */
export const ecdsaKeyGen: Family = {
  algorithms: ["ECDSA"],
  mode: "keyGen",
  revisions: ["1.0", "FIPS186-5"],
  answer({ group, test }, iut) {
    mustBeFunctional(group);
    const method = methods.get(group.text("secretGenerationMode"));
    if (method === undefined) throw new RangeError(`no method is known as ${group.text("secretGenerationMode")}`);
    const curve = curveOf(group);
    const { length } = curveFacts(curve);
    const given = test.has("d") ? numberIn(test, "d", length) : undefined;
    const { d, point } =
      given === undefined ? iut.ecKey(curve, method) : { d: given, point: iut.ecPublicPoint(curve, given) };
    return { d: toHex(d), qx: toHex(point.subarray(1, length + 1)), qy: toHex(point.subarray(length + 1)) };
  },
};

export const ecdsaKeyVer: Family = {
  algorithms: ["ECDSA"],
  mode: "keyVer",
  revisions: ["1.0", "FIPS186-5"],
  answer({ group, test }, iut) {
    mustBeFunctional(group);
    const curve = curveOf(group);
    return { testPassed: iut.isEcPoint(curve, pointOf(curve, test, "qx", "qy")) };
  },
};
