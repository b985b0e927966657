/** An instance whose self-test failed hands nothing out any more, also not a key that stood ready before. */
import { expect, test } from "vitest";
import { ecGenerate } from "../../src/core/ec.ts";
import { rsaBegin, rsaProgress, rsaStep } from "../../src/core/rsa.ts";
import { slhDsaBegin, slhDsaStep, slhDsaTake } from "../../src/core/slh-dsa.ts";
import { Status } from "../../src/core/status.ts";
import { freshCore } from "../support/core.ts";
import { Random } from "../support/random.ts";
import { generatorFrom } from "../support/rsa.ts";

const random = new Random("failed");

test("keys that stand ready are wiped when they are asked for after a failure", async () => {
  const core = await freshCore();
  const { pointer } = generatorFrom(core, random.bytes(48));
  const test = { candidates: pointer, bases: pointer, strengthBits: 112, millerRabinRounds: 5 };
  rsaBegin(core, { ...test, modulusBits: 2048, variant: "FIPS 186-5, A.1.6" });
  while (!rsaStep(core, 1e9));
  slhDsaBegin(core, "SLH-DSA-SHAKE-128f", pointer);
  while (!slhDsaStep(core, 1e6));
  const answer = new Uint8Array(core.memory.buffer, core.exports.ecAnswersPtr(), 1);
  answer[0] = (answer[0] ?? 0) ^ 1;
  expect(() => ecGenerate(core, "P-224", "FIPS 186-5, A.2.1", pointer, 112)).toThrow(
    expect.objectContaining({ code: "self-test-failed" }),
  );
  const at = core.alloc(256);
  const out = new Uint8Array(core.memory.buffer, at, 256);
  expect(core.exports.rsaTake(2, at, 256)).toBe(Status.SELF_TEST_FAILED);
  expect(rsaProgress(core).phase).toBe("idle");
  expect(() => slhDsaTake(core, "SLH-DSA-SHAKE-128f")).toThrow(expect.objectContaining({ code: "self-test-failed" }));
  expect(out.every((byte) => byte === 0)).toBe(true);
});
