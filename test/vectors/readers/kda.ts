/** Derivation from a shared secret: HKDF and one step (SP 800-56C) as ACVP has them, and HKDF (RFC 5869) as Wycheproof has it. */
import { type Difference, differ, differBoolean, first } from "../compare.ts";
import type { Fields } from "../fields.ts";
import type { Subject } from "../subject.ts";
import { hashNamed } from "./hash-names.ts";
import { type Check, grouped } from "./reader.ts";

const join = (parts: readonly Uint8Array[]) => Uint8Array.from(parts.flatMap((part) => [...part]));

function bigEndian32(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value);
  return bytes;
}

function partyInfo(party: Fields): Uint8Array {
  return join([party.bytes("partyId"), ...(party.has("ephemeralData") ? [party.bytes("ephemeralData")] : [])]);
}

/** FixedInfo: the parts of the pattern, in its order. */
function fixedInfo(parameter: Fields, test: Fields): Uint8Array {
  const parts = parameter.text("fixedInfoPattern").split("||");
  return join(
    parts.map((part) => {
      if (part === "uPartyInfo") return partyInfo(test.object("fixedInfoPartyU"));
      if (part === "vPartyInfo") return partyInfo(test.object("fixedInfoPartyV"));
      if (part === "l") return bigEndian32(parameter.number("l"));
      if (part === "t") return parameter.bytes("t");
      throw new RangeError(`no part of FixedInfo is known as ${part}`);
    }),
  );
}

/** AFT: the bytes must agree. VAL: whether they agree is what the case states. */
function decide(group: Fields, test: Fields, compute: (subject: Subject) => Difference): Check {
  const type = group.text("testType");
  if (type === "AFT") return compute;
  if (type !== "VAL") throw new RangeError(`no test is known as ${type}`);
  const passed = test.boolean("testPassed");
  return (subject) => differBoolean("output accepted", compute(subject) === undefined, passed);
}

export const readAcvpHkdf = grouped(({ group, test }) => {
  const several = test.has("kdfMultiExpansionParameter");
  const parameter = test.object(several ? "kdfMultiExpansionParameter" : "kdfParameter");
  const hash = hashNamed(parameter.text("hmacAlg"));
  if (hash === "sha-1") return hash;
  const input = { hash, ikm: parameter.bytes("z"), salt: parameter.bytes("salt") };
  const expansions = several
    ? parameter
        .objects("iterationParameters")
        .map((each) => ({ info: each.bytes("fixedInfo"), length: each.bytesOfBits("l") }))
    : [{ info: fixedInfo(parameter, test), length: parameter.bytesOfBits("l") }];
  const wanted = several ? test.byteStrings("dkms") : [test.bytes("dkm")];
  if (wanted.length !== expansions.length || wanted.length === 0) {
    throw new RangeError(`${expansions.length} outputs were to be there, got ${wanted.length}`);
  }
  return decide(group, test, (subject) => {
    const outputs = subject.hkdf(input, expansions);
    return first(...wanted.map((dkm, at) => differ(`output ${at + 1}`, outputs[at] ?? new Uint8Array(), dkm)));
  });
});

export const readAcvpOneStep = grouped(({ group, test }) => {
  const parameter = test.object("kdfParameter");
  const name = parameter.text("auxFunction");
  if (name.startsWith("KMAC")) return "not-built-yet";
  const hash = hashNamed(name);
  if (hash === "sha-1") return hash;
  const auxiliary = name.startsWith("HMAC") ? "HMAC" : "hash";
  const input = {
    hash,
    auxiliary,
    z: parameter.bytes("z"),
    fixedInfo: fixedInfo(parameter, test),
    length: parameter.bytesOfBits("l"),
    ...(auxiliary === "HMAC" ? { salt: parameter.bytes("salt") } : {}),
  } as const;
  const wanted = test.bytes("dkm");
  return decide(group, test, (subject) => differ("output", subject.oneStepKdf(input), wanted));
});

/** An "invalid" case asks for too much and must be refused. */
export const readWycheproofHkdf = grouped(({ file, test }) => {
  const hash = hashNamed(file.text("algorithm").replace(/^HKDF-/, ""));
  if (hash === "sha-1") return hash;
  const input = { hash, ikm: test.bytes("ikm"), salt: test.bytes("salt") };
  const expansion = { info: test.bytes("info"), length: test.number("size") };
  const result = test.text("result");
  if (result === "valid") {
    const okm = test.bytes("okm");
    return (subject) => differ("output", subject.hkdf(input, [expansion])[0] ?? new Uint8Array(), okm);
  }
  if (result !== "invalid") throw new RangeError(`no result is known as ${result}`);
  return (subject) => {
    try {
      subject.hkdf(input, [expansion]);
    } catch (error) {
      return error instanceof RangeError ? undefined : "it was refused for another reason than its length";
    }
    return "it must be refused, and was not";
  };
});
