// SHA-256 of several messages at once against Node's crypto, one by one: every number of them, every length about a block.
import { expect, test } from "vitest";
import { sha256Hex } from "../../src/core/hash.ts";
import { Status } from "../../src/core/status.ts";
import { freshCore } from "../support/core.ts";
import { image, leftovers } from "../support/memory.ts";
import { Random } from "../support/random.ts";
import { referenceHash } from "../support/reference.ts";

const core = await freshCore();
const random = new Random("hash-many");
const reference = (message: Uint8Array) => Buffer.from(referenceHash("SHA-256", message)).toString("hex");
const messagesOf = (count: number, length: number) => Array.from({ length: count }, () => random.bytes(length));

test("1 to 16 messages, all of one length", () => {
  for (let count = 1; count <= 16; count++) {
    for (const length of [0, 1, 55, 56, 63, 64, 65, 119, 120, 128, 1206]) {
      const messages = messagesOf(count, length);
      const digests = sha256Hex(core, messages);
      expect(digests, `${count} of ${length} bytes`).toEqual(messages.map(reference));
    }
  }
});

test("four messages of each length up to two blocks and a half", () => {
  for (let length = 0; length <= 160; length++) {
    const messages = messagesOf(4, length);
    expect(sha256Hex(core, messages), `${length} bytes`).toEqual(messages.map(reference));
  }
});

test("messages of several lengths are refused", () => {
  for (const [a, b] of [
    [64, 63],
    [3, 4],
    [0, 1],
  ] as const) {
    expect(() => sha256Hex(core, [random.bytes(a), random.bytes(b)])).toThrow(RangeError);
  }
});

test.each([0, 17, -1, 2 ** 31])("%i messages are refused, and nothing is written", (count) => {
  const at = core.exports.arenaPtr();
  const before = image(core);
  expect(core.exports.sha256Many(at, at + 1024, 8, count)).toBe(Status.BAD_ARGUMENT);
  expect(leftovers(core, before)).toEqual([]);
});

test("nothing of the messages stays", async () => {
  const fresh = await freshCore();
  const clean = image(fresh);
  for (const count of [1, 2, 4, 7]) sha256Hex(fresh, messagesOf(count, 150));
  expect(leftovers(fresh, clean)).toEqual([]);
});
