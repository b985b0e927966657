/** Key derivation from a key (SP 800-108): ACVP and CAVP. HMAC alone: other PRFs are not built. */
import { differ } from "../compare.ts";
import type { Fields } from "../fields.ts";
import type { Reason } from "../report.ts";
import type { HashName, KbkdfInput } from "../subject.ts";
import { hashNamed } from "./hash-names.ts";
import { type Check, type FileReader, grouped } from "./reader.ts";

type Place = KbkdfInput["counterPlace"];

/** The hash of a PRF, or why there is none. */
function hashOf(prf: string): HashName | Reason {
  return /^[CK]MAC/.test(prf) ? "not-built-yet" : hashNamed(prf);
}

const isReason = (hash: HashName | Reason): hash is Reason => hash === "sha-1" || hash === "not-built-yet";

function deriving(input: KbkdfInput, wanted: Uint8Array): Check {
  const length = Math.ceil(input.lengthBits / 8);
  if (wanted.length !== length) throw new RangeError(`the output must have ${length} bytes, got ${wanted.length}`);
  return (subject) => differ("output", subject.kbkdf(input), wanted);
}

const acvpModes: Readonly<Record<string, KbkdfInput["mode"]>> = {
  counter: "counter",
  feedback: "feedback",
  "double pipeline iteration": "double-pipeline",
};

function acvpPlace(location: string, test: Fields): Place {
  if (location === "none" || location === "before iterator") return location === "none" ? location : "before-iterator";
  if (location === "before fixed data") return "before-fixed-data";
  if (location === "after fixed data") return "after-fixed-data";
  if (location === "middle fixed data") return { afterBits: test.number("breakLocation") };
  throw new RangeError(`no place of the counter is known as ${location}`);
}

export const readAcvpKbkdf = grouped(({ group, test }) => {
  const hash = hashOf(group.text("macMode"));
  if (isReason(hash)) return hash;
  const mode = acvpModes[group.text("kdfMode")];
  if (mode === undefined) throw new RangeError(`no mode is known as ${group.text("kdfMode")}`);
  const input: KbkdfInput = {
    hash,
    mode,
    keyIn: test.bytes("keyIn"),
    fixedInput: test.bytes("fixedData"),
    counterBits: group.number("counterLength"),
    counterPlace: acvpPlace(group.text("counterLocation"), test),
    lengthBits: test.number("keyOutLength"),
    ...(mode === "feedback" && !group.boolean("zeroLengthIv") ? { iv: test.bytes("iv") } : {}),
  };
  return deriving(input, test.bytes("keyOut"));
});

/** The counter and the fixed data of a CAVP case; files without a counter do not speak of one. */
function cavpFixed(group: Fields, test: Fields): Pick<KbkdfInput, "counterBits" | "counterPlace" | "fixedInput"> {
  if (!group.has("CTRLOCATION")) {
    return { counterBits: 0, counterPlace: "none", fixedInput: test.bytes("FixedInputData") };
  }
  const counterBits = Number(/^(\d+)_BITS$/.exec(group.text("RLEN"))?.[1]);
  const location = group.text("CTRLOCATION");
  if (location === "MIDDLE_FIXED") {
    const [before, after] = [test.bytes("DataBeforeCtrData"), test.bytes("DataAfterCtrData")];
    const fixedInput = Uint8Array.from([...before, ...after]);
    return { counterBits, counterPlace: { afterBits: 8 * before.length }, fixedInput };
  }
  const places: Readonly<Record<string, Place>> = {
    BEFORE_ITER: "before-iterator",
    AFTER_ITER: "before-fixed-data",
    BEFORE_FIXED: "before-fixed-data",
    AFTER_FIXED: "after-fixed-data",
  };
  const counterPlace = places[location];
  if (counterPlace === undefined) throw new RangeError(`no place of the counter is known as ${location}`);
  return { counterBits, counterPlace, fixedInput: test.bytes("FixedInputData") };
}

/** A file has one mode, which its path tells and its text does not. */
export function readCavpKbkdf(mode: KbkdfInput["mode"]): FileReader {
  return grouped(({ group, test }) => {
    const hash = hashOf(group.text("PRF"));
    if (isReason(hash)) return hash;
    const hasIv = mode === "feedback" && test.numeral("IVlen") > 0;
    const input: KbkdfInput = {
      hash,
      mode,
      keyIn: test.bytes("KI"),
      ...cavpFixed(group, test),
      lengthBits: test.numeral("L"),
      ...(hasIv ? { iv: test.bytes("IV") } : {}),
    };
    return deriving(input, test.bytes("KO"));
  });
}
