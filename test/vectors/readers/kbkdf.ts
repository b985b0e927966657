/** Key derivation from a key (SP 800-108), CAVP. HMAC alone: other PRFs are not built. */
import type { Fields } from "../../../src/acvp/fields.ts";
import { macHash } from "../../../src/acvp/kbkdf.ts";
import { differ } from "../compare.ts";
import type { KbkdfInput } from "../subject.ts";
import { type FileReader, grouped } from "./reader.ts";

type Place = KbkdfInput["counterPlace"];

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
    const hasIv = mode === "feedback" && test.numeral("IVlen") > 0;
    const input: KbkdfInput = {
      hash: macHash(group.text("PRF")),
      mode,
      keyIn: test.bytes("KI"),
      ...cavpFixed(group, test),
      lengthBits: test.numeral("L"),
      ...(hasIv ? { iv: test.bytes("IV") } : {}),
    };
    const wanted = test.bytes("KO");
    return (subject) => differ("output", subject.kbkdf(input), wanted);
  });
}
