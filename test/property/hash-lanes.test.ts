// The compression functions in lanes against the scalar ones, on random messages and on lanes that differ in one bit.
import { afterAll, describe, expect, test } from "vitest";
import { openArithmetic } from "../support/arithmetic.ts";
import { Random } from "../support/random.ts";

const core = openArithmetic("lanes");
const { call, at } = core;
const random = new Random("hash-lanes");
const memory = new Uint8Array(core.memory.buffer);

const functions = [
  { name: "sha256", lanes: 4, word: 32 },
  { name: "sha512", lanes: 2, word: 64 },
] as const;

/** Slots 0 to 3: values and blocks in lanes; 4 and up: one message after the other. */
const [CHAIN, BLOCK, OUT, SCALAR] = [0, 1, 2, 4];

describe.each(functions)("$name", ({ name, lanes, word }) => {
  const bytes = word / 8;

  /** Fills the lanes from messages of `words` words, each put by itself. */
  function put(slot: number, words: number, messages: readonly Uint8Array[]): void {
    for (const [lane, message] of messages.entries()) {
      memory.set(message, at(SCALAR));
      call(`putLane${word}`, at(slot), lane, at(SCALAR), words);
    }
  }

  function take(slot: number, lane: number, words: number): Uint8Array {
    call(`takeLane${word}`, at(SCALAR), at(slot), lane, words);
    return memory.slice(at(SCALAR), at(SCALAR) + words * bytes);
  }

  function scalar(chain: Uint8Array, block: Uint8Array): Uint8Array {
    memory.set(chain, at(SCALAR));
    memory.set(block, at(SCALAR + 1));
    call(name, at(SCALAR), at(SCALAR), at(SCALAR + 1));
    return memory.slice(at(SCALAR), at(SCALAR) + 8 * bytes);
  }

  const many = (length: number) => Array.from({ length: lanes }, () => random.bytes(length * bytes));

  test("a lane gives back what was put into it", () => {
    const messages = many(16);
    put(BLOCK, 16, messages);
    for (const [lane, message] of messages.entries()) expect(take(BLOCK, lane, 16)).toEqual(message);
  });

  test("each lane is the compression of its own message", () => {
    let compared = 0;
    for (let round = 0; round < 200; round++) {
      const [chains, blocks] = [many(8), many(16)];
      put(CHAIN, 8, chains);
      put(BLOCK, 16, blocks);
      call(`${name}Lanes`, at(OUT), at(CHAIN), at(BLOCK));
      for (const [lane, chain] of chains.entries()) {
        expect(take(OUT, lane, 8)).toEqual(scalar(chain, blocks[lane] ?? chain));
        expect(take(CHAIN, lane, 8)).toEqual(chain);
        compared++;
      }
    }
    expect(compared).toBe(200 * lanes);
  });

  test("every bit of a block counts in its lane, and in no other", () => {
    const [chains, blocks] = [many(8), many(16)];
    put(CHAIN, 8, chains);
    const results = chains.map((chain, lane) => scalar(chain, blocks[lane] ?? chain));
    for (let bit = 0; bit < 16 * word; bit++) {
      const changed = bit % lanes;
      const other = (blocks[changed] ?? chains[0])?.slice() ?? new Uint8Array();
      other[bit >> 3] = (other[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      put(
        BLOCK,
        16,
        blocks.map((block, lane) => (lane === changed ? other : block)),
      );
      call(`${name}Lanes`, at(OUT), at(CHAIN), at(BLOCK));
      const same = results.map((result, lane) => Buffer.compare(take(OUT, lane, 8), result) === 0);
      expect(same).toEqual(results.map((_, lane) => lane !== changed));
    }
  });

  test("the result may stand where the values or the block stood", () => {
    const [chains, blocks] = [many(8), many(16)];
    for (const slot of [CHAIN, BLOCK]) {
      put(CHAIN, 8, chains);
      put(BLOCK, 16, blocks);
      call(`${name}Lanes`, at(slot), at(CHAIN), at(BLOCK));
      const got = chains.map((_, lane) => take(slot, lane, 8));
      expect(got).toEqual(chains.map((chain, lane) => scalar(chain, blocks[lane] ?? chain)));
    }
  });
});

afterAll(() => {
  expect(core.residue()).toBe(0); // the schedule is wiped
});
