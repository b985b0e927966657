/** Key derivation from a shared secret (SP 800-56C Rev. 1 and 2): HKDF, one step and two steps, with hashes and HMAC. */
import { concat } from "../bytes.ts";
import { type Answer, type AnswerCase, type Family, holderOf, type Place, unknownTestType } from "./family.ts";
import { type Fields, fromHex, toHex } from "./fields.ts";
import { hashNamed } from "./hash-names.ts";
import type { Implementation } from "./implementation.ts";
import { counterPlace, kdfModeOf, macHash } from "./kbkdf.ts";

function bigEndian32(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value);
  return bytes;
}

function partyInfo(party: Fields): Uint8Array {
  return concat(party.bytes("partyId"), party.has("ephemeralData") ? party.bytes("ephemeralData") : new Uint8Array());
}

const given = ["t", "algorithmId", "label", "context"];

/** FixedInfo: the parts of the pattern, in its order. */
function fixedInfo(pattern: string, parameter: Fields, test: Fields): Uint8Array {
  const partOf = (part: string): Uint8Array => {
    if (part === "uPartyInfo") return partyInfo(test.object("fixedInfoPartyU"));
    if (part === "vPartyInfo") return partyInfo(test.object("fixedInfoPartyV"));
    if (part === "l") return bigEndian32(parameter.number("l"));
    if (given.includes(part)) return parameter.bytes(part);
    const literal = /^literal\[([^\]]*)\]$/.exec(part)?.[1];
    if (literal !== undefined) return fromHex(literal, part);
    throw new RangeError(`no part of FixedInfo is known as ${part}`);
  };
  return concat(...pattern.split("||").map(partOf));
}

interface Derivation {
  /** What the case gives; what it leaves out stands in the configuration of its group. */
  readonly parameter: Fields;
  of(name: string): Fields;
  /** FixedInfo and bits of each output. */
  readonly expansions: readonly { readonly info: Uint8Array; readonly lengthBits: number }[];
}

function derivationOf({ group, test }: Place): Derivation {
  const several = test.has("kdfMultiExpansionParameter");
  const parameter = test.object(several ? "kdfMultiExpansionParameter" : "kdfParameter");
  const configuration = several ? "kdfMultiExpansionConfiguration" : "kdfConfiguration";
  const of = (name: string) =>
    holderOf(name, group.has(configuration) ? [parameter, group.object(configuration)] : [parameter]);
  if (several) {
    const iterations = parameter.objects("iterationParameters");
    if (iterations.length === 0) throw new RangeError("iterationParameters must have at least one item");
    const expansions = iterations.map((each) => ({ info: each.bytes("fixedInfo"), lengthBits: each.number("l") }));
    return { parameter, of, expansions };
  }
  for (const name of ["fixedInfoEncoding", "fixedInputEncoding"]) {
    const encoding = of(name).has(name) ? of(name).text(name) : "concatenation";
    if (encoding !== "concatenation") throw new RangeError(`no encoding of FixedInfo is known as ${encoding}`);
  }
  const info = fixedInfo(of("fixedInfoPattern").text("fixedInfoPattern"), parameter, test);
  return { parameter, of, expansions: [{ info, lengthBits: parameter.number("l") }] };
}

function wholeBytes(bits: number): number {
  if (!Number.isInteger(bits / 8)) throw new RangeError(`l must be a multiple of 8, got ${bits}`);
  return bits / 8;
}

type Derive = (derivation: Derivation, iut: Implementation) => readonly Uint8Array[];

/** AFT: the outputs. VAL: whether those of the case are right. */
function answering(derive: Derive): AnswerCase {
  return (place, iut): Answer => {
    const { group, test } = place;
    const type = group.text("testType");
    if (type !== "AFT" && type !== "VAL") throw unknownTestType(type);
    const several = test.has("kdfMultiExpansionParameter");
    const outputs = derive(derivationOf(place), iut).map(toHex);
    if (type === "AFT") return several ? { dkms: outputs } : { dkm: outputs[0] };
    const stated = (several ? test.byteStrings("dkms") : [test.bytes("dkm")]).map(toHex);
    return { testPassed: stated.length === outputs.length && stated.every((dkm, at) => dkm === outputs[at]) };
  };
}

const hkdf: Derive = ({ parameter, of, expansions }, iut) =>
  iut.hkdf(
    { hash: hashNamed(of("hmacAlg").text("hmacAlg")), ikm: parameter.bytes("z"), salt: parameter.bytes("salt") },
    expansions.map(({ info, lengthBits }) => ({ info, length: wholeBytes(lengthBits) })),
  );

const oneStep: Derive = ({ parameter, of, expansions }, iut) => {
  const name = of("auxFunction").text("auxFunction");
  const hash = macHash(name);
  const auxiliary = name.startsWith("HMAC") ? "HMAC" : "hash";
  const salt = auxiliary === "HMAC" ? { salt: parameter.bytes("salt") } : {};
  return expansions.map(({ info, lengthBits }) =>
    iut.oneStepKdf({
      hash,
      auxiliary,
      z: parameter.bytes("z"),
      fixedInfo: info,
      length: wholeBytes(lengthBits),
      ...salt,
    }),
  );
};

const twoStep: Derive = ({ parameter, of, expansions }, iut) => {
  const mode = kdfModeOf(of("kdfMode"));
  const place = counterPlace(of("counterLocation").text("counterLocation"), () => {
    throw new RangeError("the counter cannot stand in the middle of FixedInfo");
  });
  return expansions.map(({ info, lengthBits }) =>
    iut.twoStepKdf({
      hash: macHash(of("macMode").text("macMode")),
      z: parameter.bytes("z"),
      salt: parameter.bytes("salt"),
      mode,
      fixedInput: info,
      counterBits: of("counterLen").number("counterLen"),
      counterPlace: place,
      lengthBits,
      ...(mode === "feedback" && parameter.has("iv") ? { iv: parameter.bytes("iv") } : {}),
    }),
  );
};

const kda = (mode: string, derive: Derive): Family => ({
  algorithms: ["KDA"],
  mode,
  revisions: ["Sp800-56Cr1", "Sp800-56Cr2"],
  answer: answering(derive),
});

export const kdaFamilies: readonly Family[] = [kda("HKDF", hkdf), kda("OneStep", oneStep), kda("TwoStep", twoStep)];
