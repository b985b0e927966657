/** Key derivation from a key (SP 800-108 Rev. 1) with HMAC. The module chooses the fixed data, and where a counter parts it. */
import type { KbkdfInput } from "../derive/kbkdf.ts";
import { type Family, holderOf, mustBeFunctional } from "./family.ts";
import { type Fields, toHex } from "./fields.ts";
import { hashNamed } from "./hash-names.ts";
import { NotServed } from "./not-served.ts";

const kdfModes: ReadonlyMap<string, KbkdfInput["mode"]> = new Map([
  ["counter", "counter"],
  ["feedback", "feedback"],
  ["double pipeline iteration", "double-pipeline"],
] as const);

export function kdfModeOf(fields: Fields): KbkdfInput["mode"] {
  const mode = kdfModes.get(fields.text("kdfMode"));
  if (mode === undefined) throw new RangeError(`no mode is known as ${fields.text("kdfMode")}`);
  return mode;
}

/** The hash of an HMAC; other PRFs are not there. */
export function macHash(name: string) {
  if (/^[CK]MAC/.test(name)) throw new NotServed("variant", `key derivation with ${name}`);
  return hashNamed(name);
}

/** `breakLocation`, asked for where the counter parts the fixed data, in bits. */
export function counterPlace(location: string, breakLocation: () => number): KbkdfInput["counterPlace"] {
  if (location === "none" || location === "before iterator") return location === "none" ? location : "before-iterator";
  if (location === "before fixed data") return "before-fixed-data";
  if (location === "after fixed data") return "after-fixed-data";
  if (location === "middle fixed data") return { afterBits: breakLocation() };
  throw new RangeError(`no place of the counter is known as ${location}`);
}

/** What the module takes for fixed data: bytes, and the bits before a counter in the middle. */
const FIXED_DATA_BYTES = 16;
const BREAK_LOCATION = 64;

export const kbkdf: Family = {
  algorithms: ["KDF"],
  revisions: ["1.0"],
  answer({ group, test }, iut) {
    mustBeFunctional(group);
    const hash = macHash(group.text("macMode"));
    const mode = kdfModeOf(group);
    const fixedInput = test.has("fixedData") ? test.bytes("fixedData") : iut.random(FIXED_DATA_BYTES);
    const breakLocation = test.has("breakLocation") ? test.number("breakLocation") : BREAK_LOCATION;
    const place = counterPlace(group.text("counterLocation"), () => breakLocation);
    const withoutIv = mode !== "feedback" || (group.has("zeroLengthIv") && group.boolean("zeroLengthIv"));
    const keyOut = iut.kbkdf({
      hash,
      mode,
      keyIn: test.bytes("keyIn"),
      fixedInput,
      counterBits: group.number("counterLength"),
      counterPlace: place,
      lengthBits: holderOf("keyOutLength", [test, group]).number("keyOutLength"),
      ...(withoutIv ? {} : { iv: test.bytes("iv") }),
    });
    return {
      keyOut: toHex(keyOut),
      fixedData: toHex(fixedInput),
      ...(typeof place === "object" ? { breakLocation } : {}),
    };
  },
};
