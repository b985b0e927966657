/** Options are read once, when the call is made: what was decided is what is made, whatever a caller changes meanwhile. */
import { expect, test } from "vitest";
import { derive, type GenerateOptions, openKeygen, openRecovery } from "#keywright";
import { seedPolicy } from "../support/seeds.ts";

const wrappingKey = async () => {
  const pair = await crypto.subtle.generateKey({ name: "ECDH", namedCurve: "P-521" }, true, ["deriveBits"]);
  return await openRecovery(await crypto.subtle.exportKey("jwk", pair.publicKey));
};

/** No copy of a key may leave. */
const sealedUp = seedPolicy("nist", { export: { plaintext: [], wrapped: [], extractable: [] } });

test("a recovery key that is put in after the decision gets no copy", async () => {
  using keygen = await openKeygen({ policy: sealedUp, environment: "test" });
  const recovery = await wrappingKey();
  const honest = keygen.generate("RSA-2048", { purpose: "sign", extractable: false, recovery });
  await expect(honest).rejects.toMatchObject({ code: "policy-refused" });
  const options: { -readonly [K in keyof GenerateOptions]: GenerateOptions[K] } = {
    purpose: "sign",
    extractable: false,
  };
  const making = keygen.generate("RSA-2048", options);
  options.recovery = recovery;
  options.extractable = true;
  const made = await making;
  expect(made).not.toHaveProperty("wrapped");
  expect(made.privateKey.extractable).toBe(false);
});

test("one that a getter gives the second time gets no copy either", async () => {
  using keygen = await openKeygen({ policy: sealedUp, environment: "test" });
  const recovery = await wrappingKey();
  let asked = 0;
  const options = {
    purpose: "sign",
    extractable: false,
    get recovery() {
      return asked++ === 0 ? undefined : recovery;
    },
  };
  expect(await keygen.generate("Ed25519", options as object)).not.toHaveProperty("wrapped");
  expect(asked).toBe(1);
  asked = 0;
  for await (const made of keygen.generateMany("Ed25519", 2, options as object)) {
    expect(made).not.toHaveProperty("wrapped");
  }
  expect(asked).toBe(1);
});

test("a derivation is computed with the iterations that were decided on", async () => {
  using keygen = await openKeygen({ policy: "nist", environment: "test" });
  let asked = 0;
  const input = { password: new Uint8Array(12).fill(1), salt: new Uint8Array(16).fill(2), length: 32 };
  const changing = {
    ...input,
    get iterations() {
      return asked++ === 0 ? 2000 : 1;
    },
  };
  const honest = await derive(keygen, "PBKDF2-HMAC-SHA-256", { ...input, iterations: 2000 });
  expect(await derive(keygen, "PBKDF2-HMAC-SHA-256", changing)).toEqual(honest);
});
