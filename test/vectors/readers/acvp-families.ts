/** What each family of ACVP files states as answers, and what more can be asked of its cases. */
import { curveOf, pointOf } from "../../../src/acvp/ec.ts";
import type { Fields } from "../../../src/acvp/fields.ts";
import { hashNamed } from "../../../src/acvp/hash-names.ts";
import { type Difference, differ, differBoolean } from "../compare.ts";
import type { Subject } from "../subject.ts";
import { acvp } from "./acvp.ts";
import type { Place } from "./reader.ts";

/** From this many bits on, an RSA key takes seconds. */
const SLOW_BITS = 4096;

const isChain = (group: Fields) => group.text("testType") === "MCT";
const digests = ({ group }: Place) => [isChain(group) ? "resultsArray" : "md"];
const answering =
  (...names: readonly string[]) =>
  () =>
    names;

/** The digest of a whole message must also be that of the message in two pieces, cut where no block ends. */
function shaInPieces({ file, group, test }: Place, subject: Subject): Difference {
  if (group.text("testType") !== "AFT") return undefined;
  const message = test.bytes("msg").subarray(0, test.number("len") / 8);
  const stream = subject.createHash(hashNamed(file.text("algorithm")));
  const cut = Math.floor(message.length / 3);
  stream.update(message.subarray(0, cut));
  stream.update(message.subarray(cut));
  return differ("digest of the message in two pieces", stream.digest(), test.bytes("md"));
}

/** The output for a whole message must also be that for two pieces of it, squeezed in three. */
function shakeInPieces({ file, group, test }: Place, subject: Subject): Difference {
  if (isChain(group)) return undefined;
  const [message, wanted] = [test.bytes("msg").subarray(0, test.number("len") / 8), test.bytes("md")];
  const stream = subject.createShake(file.text("algorithm") === "SHAKE-128" ? "SHAKE128" : "SHAKE256");
  const cut = Math.floor(message.length / 3);
  stream.absorb(message.subarray(0, cut));
  stream.absorb(message.subarray(cut));
  const third = Math.floor(wanted.length / 3);
  const lengths = [third, 0, third + 1, wanted.length - 2 * third - 1].filter((length) => length >= 0);
  const pieces = Uint8Array.from(lengths.flatMap((length) => [...stream.squeeze(length)])).subarray(0, wanted.length);
  stream.close();
  return differ("output in pieces", pieces, wanted);
}

export const readSha = acvp({
  answers: digests,
  slow: ({ group }) => group.text("testType") === "LDT",
  also: shaInPieces,
});
export const readShake = acvp({ answers: digests, also: shakeInPieces });
export const readAcvpHmac = acvp({ answers: answering("mac") });
export const readAcvpDrbg = acvp({ answers: answering("returnedBits") });

const judged = answering("testPassed");
const crt = ["n", "dmp1", "dmq1", "iqmp"];

/** GDT: the primes are given, and the rest of the key follows from them. AFT: they follow too. */
export const readAcvpRsa = acvp({
  answers({ group }) {
    const type = group.text("testType");
    if (type === "KAT") return ["testPassed"];
    return type === "GDT" ? crt : ["p", "q", ...crt];
  },
  slow: ({ group }) => group.text("testType") === "AFT" && group.number("modulo") >= SLOW_BITS,
  numbers: true,
});

/** d is given, since the random bits behind it are not told. The point must be accepted as well. */
export const readAcvpEcKeyGen = acvp({
  answers: answering("qx", "qy"),
  also({ group, test }, subject) {
    const curve = curveOf(group);
    return differBoolean("point accepted", subject.isEcPoint(curve, pointOf(curve, test, "qx", "qy")), true);
  },
});
export const readOkpKeyGen = acvp({ answers: ({ test }) => [test.has("q") ? "q" : "publicKey"] });
export const readAcvpKeyVer = acvp({ answers: judged });

export const readAcvpKbkdf = acvp({ answers: answering("keyOut") });
export const readAcvpKda = acvp({
  answers({ group, test }) {
    if (group.text("testType") === "VAL") return ["testPassed"];
    return [test.has("dkms") ? "dkms" : "dkm"];
  },
});
export const readAcvpPbkdf2 = acvp({ answers: answering("derivedKey") });

export const readAcvpMlKem = acvp({ answers: answering("ek", "dk") });
export const readAcvpMlKemUse = acvp({
  answers({ group }) {
    const use = group.text("function");
    if (use === "encapsulation") return ["c", "k"];
    return [use === "decapsulation" ? "k" : "testPassed"];
  },
});
export const readAcvpMlDsa = acvp({ answers: answering("pk", "sk") });
export const readAcvpSlhDsa = acvp({
  answers: answering("pk", "sk"),
  slow: ({ group }) => group.text("parameterSet").endsWith("s"), // a second a key, its pairwise test included
});
