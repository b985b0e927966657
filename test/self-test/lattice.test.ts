// The known-answer tests of ML-KEM and ML-DSA: each set passes its own before its first use, each can fail, one closes all.
import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { Core } from "../../src/core/core.ts";
import { hash } from "../../src/core/hash.ts";
import {
  mlDsaExpand,
  mlDsaNames,
  mlDsaPairwise,
  mlDsaPublicKey,
  mlDsaSign,
  mlDsaVerify,
} from "../../src/core/ml-dsa.ts";
import {
  mlKemCheckDk,
  mlKemCheckEk,
  mlKemDecapsulate,
  mlKemEncapsulate,
  mlKemExpand,
  mlKemNames,
  mlKemPairwise,
  mlKemPublicKey,
} from "../../src/core/ml-kem.ts";
import { selfTestsPassed } from "../../src/core/self-test.ts";
import { freshCore } from "../support/core.ts";
import { ascending, nobleDsa, nobleKem } from "../support/lattice.ts";

const ANSWER_LENGTH = 16;
const closed = expect.objectContaining({ name: "KeygenError", code: "self-test-failed" });
const seed64 = ascending(0, 64);
const seed32 = ascending(0, 32);

const digest = (...parts: readonly Uint8Array[]) =>
  new Uint8Array(
    parts.reduce((h, part) => h.update(part), createHash("shake256", { outputLength: ANSWER_LENGTH })).digest(),
  );

const kemAnswers = mlKemNames.map((name) => {
  const noble = nobleKem[name];
  const { publicKey, secretKey } = noble.keygen(seed64);
  const { cipherText, sharedSecret } = noble.encapsulate(publicKey, ascending(64, 96));
  const wrong = Uint8Array.from(cipherText, (byte, i) => (i === 0 ? byte ^ 1 : byte));
  return digest(secretKey, cipherText, sharedSecret, sharedSecret, noble.decapsulate(wrong, secretKey));
});

const dsaAnswers = mlDsaNames.map((name) => {
  const noble = nobleDsa[name];
  const { secretKey } = noble.keygen(seed32);
  return digest(secretKey, noble.sign(ascending(32, 64), secretKey, { extraEntropy: false }));
});

interface Family {
  readonly names: readonly string[];
  readonly answers: readonly Uint8Array[];
  readonly below: readonly string[];
  at(core: Core): number;
  use(core: Core, name: string): unknown;
}

const families: readonly Family[] = [
  {
    names: mlKemNames,
    answers: kemAnswers,
    below: ["SHA3-256", "SHA3-512", "SHAKE128", "SHAKE256"],
    at: (core) => core.exports.mlKemAnswersPtr(),
    use: (core, name) => mlKemPublicKey(core, name as (typeof mlKemNames)[number], seed64),
  },
  {
    names: mlDsaNames,
    answers: dsaAnswers,
    below: ["SHAKE128", "SHAKE256"],
    at: (core) => core.exports.mlDsaAnswersPtr(),
    use: (core, name) => mlDsaPublicKey(core, name as (typeof mlDsaNames)[number], seed32),
  },
];

describe.each(families)("$names", ({ names, answers, below, at, use }) => {
  test("the core expects what @noble/post-quantum computes", async () => {
    const core = await freshCore();
    for (const [place, answer] of answers.entries()) {
      const held = new Uint8Array(core.memory.buffer, at(core) + place * ANSWER_LENGTH, ANSWER_LENGTH);
      expect(held, names[place]).toEqual(answer);
    }
  });

  test.each(names)("%s is tested before its first use, with what it stands on, and named", async (name) => {
    const core = await freshCore();
    use(core, name);
    expect(selfTestsPassed(core)).toEqual([...below, name]);
  });

  const bytes = names.flatMap((name, place) => [0, 15].map((byte) => [name, place * ANSWER_LENGTH + byte] as const));
  test.each(bytes)("%s fails if byte %i of the answers is another, and closes the instance", async (name, byte) => {
    const core = await freshCore();
    const view = new DataView(core.memory.buffer);
    const place = at(core) + byte;
    view.setUint8(place, view.getUint8(place) ^ 0x80);
    expect(() => use(core, name)).toThrow(closed);
    view.setUint8(place, view.getUint8(place) ^ 0x80);
    for (const any of names) expect(() => use(core, any)).toThrow(closed);
    expect(() => hash(core, "SHA-256")).toThrow(closed);
    expect(selfTestsPassed(core)).toEqual([...below]);
  });
});

test("a failed test of a hash below closes both families, and every entry of theirs answers so", async () => {
  const core = await freshCore();
  new DataView(core.memory.buffer).setUint8(core.exports.shakeAnswersPtr(), 0);
  const kem = { seed: seed64, publicKey: new Uint8Array(800) };
  const dsa = { seed: seed32, publicKey: new Uint8Array(1312) };
  const calls: readonly (() => unknown)[] = [
    () => mlKemPublicKey(core, "ML-KEM-512", seed64),
    () => mlKemExpand(core, "ML-KEM-512", seed64),
    () => mlKemPairwise(core, "ML-KEM-512", kem),
    () => mlKemCheckEk(core, "ML-KEM-512", new Uint8Array(800)),
    () => mlKemCheckDk(core, "ML-KEM-512", new Uint8Array(1632)),
    () => mlKemEncapsulate(core, "ML-KEM-512", new Uint8Array(800), seed32),
    () => mlKemDecapsulate(core, "ML-KEM-512", new Uint8Array(1632), new Uint8Array(768)),
    () => mlDsaPublicKey(core, "ML-DSA-44", seed32),
    () => mlDsaExpand(core, "ML-DSA-44", seed32),
    () => mlDsaPairwise(core, "ML-DSA-44", dsa),
    () => mlDsaSign(core, "ML-DSA-44", new Uint8Array(2560), seed32),
    () => mlDsaVerify(core, "ML-DSA-44", new Uint8Array(1312), seed32, new Uint8Array(2420)),
  ];
  for (const call of calls) expect(call).toThrow(closed);
});
