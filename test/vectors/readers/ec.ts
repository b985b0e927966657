/** ECC keys: FIPS 186-5, A.2 (186-4, B.4) by d and its point, and the validation of public keys. */
import { differ, differBoolean, first } from "../compare.ts";
import { type Fields, fromHex } from "../fields.ts";
import type { Reason } from "../report.ts";
import type { EcCurve } from "../subject.ts";
import { type Check, grouped, type Place } from "./reader.ts";

/** Bytes of a coordinate and of d. */
const lengths: Readonly<Record<EcCurve, number>> = {
  "P-224": 28,
  "P-256": 32,
  "P-384": 48,
  "P-521": 66,
  secp256k1: 32,
};

const isCurve = (name: string): name is EcCurve => Object.hasOwn(lengths, name);

/** Undefined for the one curve that the sources have and we do not. */
function curveOf(group: Fields): EcCurve | undefined {
  const name = group.text("curve");
  if (name === "P-192") return undefined;
  if (!isCurve(name)) throw new RangeError(`no curve is known as ${name}`);
  return name;
}

/** A number in `length` bytes; undefined if it is too long. Sources leave leading zeros out, or add some, or half a byte. */
function fit(digits: string, length: number): Uint8Array | undefined {
  const short = digits.replace(/^0+/, "");
  return short.length > 2 * length ? undefined : fromHex(short.padStart(2 * length, "0"));
}

function must(number: Uint8Array | undefined, what: string): Uint8Array {
  if (number === undefined) throw new RangeError(`${what} is longer than its curve allows`);
  return number;
}

const pointOf = (x: Uint8Array, y: Uint8Array) => Uint8Array.from([4, ...x, ...y]);

/** d is in range and gives the point, and the point is valid. The random bits behind d are not told. */
function pairCase({ group, test }: Place, xName: string, yName: string): Check | Reason {
  const curve = curveOf(group);
  if (curve === undefined) return "p-192";
  const number = (name: string) => must(fit(test.text(name), lengths[curve]), name);
  const d = number("d");
  const point = pointOf(number(xName), number(yName));
  return async (subject) =>
    first(
      differ("point", subject.ecPublicPoint(curve, d), point),
      differBoolean("point accepted", subject.isEcPoint(curve, point), true),
    );
}

/** Whether a point is valid. A coordinate too long for its place is out of range in any encoding, and its point refused. */
function pointCase({ group, test }: Place, xName: string, yName: string, accepted: () => boolean): Check | Reason {
  const curve = curveOf(group);
  if (curve === undefined) return "p-192";
  const wanted = accepted();
  const length = lengths[curve];
  const wide = Math.max(
    length,
    ...[xName, yName].map((name) => Math.ceil(test.text(name).replace(/^0+/, "").length / 2)),
  );
  const number = (name: string) => must(fit(test.text(name), wide), name);
  const point = pointOf(number(xName), number(yName));
  return async (subject) => differBoolean("point accepted", subject.isEcPoint(curve, point), wanted);
}

const modes = ["extra bits", "testing candidates"];

export const readAcvpEcKeyGen = grouped((place) => {
  const mode = place.group.text("secretGenerationMode");
  if (!modes.includes(mode)) throw new RangeError(`no method is known as ${mode}`);
  return pairCase(place, "qx", "qy");
});

export const readAcvpEcKeyVer = grouped((place) =>
  pointCase(place, "qx", "qy", () => place.test.boolean("testPassed")),
);

export const readCavpEcKeyPair = grouped((place) => pairCase(place, "Qx", "Qy"));

/** "P (0 )", or F and the reason. */
function isPass(result: string): boolean {
  if (!/^[PF] /.test(result)) throw new RangeError(`no result is known as ${result}`);
  return result.startsWith("P");
}

export const readCavpEcPkv = grouped((place) => pointCase(place, "Qx", "Qy", () => isPass(place.test.text("Result"))));
