// The first bytes that NIST prints for the empty message (FIPS 202, examples of SHAKE128 and SHAKE256), and the stream's cuts.
import { hex } from "@scure/base";
import { expect, test } from "vitest";
import { createShake, shake } from "../../src/core/shake.ts";
import { freshCore } from "../support/core.ts";

const core = await freshCore();

test("SHAKE128 and SHAKE256 of nothing", () => {
  expect(hex.encode(shake(core, "SHAKE128", 32))).toBe(
    "7f9c2ba4e88f827d616045507605853ed73b8093f6efbc88eb1a6eacfa66ef26",
  );
  expect(hex.encode(shake(core, "SHAKE256", 32))).toBe(
    "46b9dd2b0ba88d13233b3feb743eeb243fcd52ea62b81b82b50c27646ed5762f",
  );
});

test.each(["SHAKE128", "SHAKE256"] as const)("%s absorbs and squeezes in any pieces", (name) => {
  const message = Uint8Array.from({ length: 400 }, (_, i) => i);
  const whole = shake(core, name, 400, message);
  for (let cut = 0; cut <= 400; cut++) {
    const stream = createShake(core, name).absorb(message.subarray(0, cut)).absorb(message.subarray(cut));
    expect([...stream.squeeze(cut), ...stream.squeeze(400 - cut)]).toEqual([...whole]);
    stream.close();
  }
});

test("more than one piece of the core's memory is squeezed as one", () => {
  const long = shake(core, "SHAKE256", 150_000);
  const stream = createShake(core, "SHAKE256");
  for (let at = 0; at < 150_000; at += 50_000) expect(stream.squeeze(50_000)).toEqual(long.subarray(at, at + 50_000));
  stream.close();
});
