// A key whose record cannot be made does not leave, and does not stay: alone or with others, it is overwritten.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Keygen, openKeygen } from "#keywright";
import { findAlgorithm } from "../../src/algorithms/registry.ts";
import { askFor, type Desk } from "../../src/desk.ts";
import { finish, finishTogether } from "../../src/finish.ts";
import type { Made } from "../../src/generate/made.ts";
import { type AtOnce, makeTogether } from "../../src/generate/together.ts";
import { deskOf } from "../../src/keygen.ts";

let keygen: Keygen;
beforeAll(async () => {
  keygen = await openKeygen({ policy: "open", environment: "test" });
});
afterAll(() => keygen.close());

function secretOf(made: Made): Uint8Array {
  if (made.kind === "secret") return made.raw;
  const { privateParts: parts } = made;
  if (parts.kind === "octets") return parts.octets.privateKey;
  if (parts.kind === "ec") return parts.ec.d;
  throw new TypeError("a key that is made at once was expected");
}

describe.each(["AES-256", "P-256", "Ed25519", "ML-KEM-512"])("%s", (name) => {
  const row = findAlgorithm(name) as AtOnce;

  /** A clock that stops once `asked` records were dated. */
  function stopping(asked: number): Desk {
    const desk = deskOf(keygen);
    let left = asked;
    const now = () => {
      if (left-- > 0) return desk.now();
      throw new Error("the clock stands");
    };
    return { ...desk, now };
  }

  test.each([1, 2, 16])("%i keys, the last of which gets no record", (count) => {
    const desk = deskOf(keygen);
    const made = makeTogether(desk, row, count);
    const states = askFor(desk, row, {});
    expect(made.every((each) => secretOf(each).some((byte) => byte !== 0))).toBe(true);
    expect(() => finishTogether(stopping(count - 1), row, made, states)).toThrow("the clock stands");
    for (const each of made) expect(secretOf(each).every((byte) => byte === 0)).toBe(true);
  });

  test("one key for itself", () => {
    const desk = deskOf(keygen);
    const [made] = makeTogether(desk, row, 1) as [Made];
    expect(() => finish(stopping(0), row, made, askFor(desk, row, {}))).toThrow("the clock stands");
    expect(secretOf(made).every((byte) => byte === 0)).toBe(true);
  });
});
