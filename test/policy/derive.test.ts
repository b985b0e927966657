/** A keygen asks its policy before it derives, and refuses with the reason. */
import { describe, expect, test } from "vitest";
import { type Decision, type DerivationName, derivationDecision, derive, openKeygen, PolicyRefusal } from "#keywright";

const ids = (findings: Decision["broken"]) => findings.map(({ id }) => id);

describe("a keygen asks before it derives", () => {
  const key = new Uint8Array(32).fill(1);
  const weak = { password: key, salt: new Uint8Array(8), iterations: 10, length: 4 };

  test("and refuses with every broken rule", async () => {
    using keygen = await openKeygen({ policy: "nist", environment: "test" });
    const wanted = ["nist/pbkdf2-salt-128", "nist/pbkdf2-output-112"];
    expect(ids(derivationDecision(keygen, "PBKDF2-HMAC-SHA-256", weak).broken)).toEqual(wanted);
    const refusal = await derive(keygen, "PBKDF2-HMAC-SHA-256", weak).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(PolicyRefusal);
    expect((refusal as PolicyRefusal).message).toMatch(
      /refuses PBKDF2-HMAC-SHA-256: .*SP 800-132, 5\.1\), and 1 more$/,
    );
  });

  test("and takes an option that is undefined as one that is not given", async () => {
    using keygen = await openKeygen({ policy: "nist", environment: "test" });
    const okm = await derive(keygen, "HKDF-SHA-256", { key, length: 32, label: undefined } as never);
    expect(okm).toEqual(await derive(keygen, "HKDF-SHA-256", { key, length: 32 }));
  });

  test.each<readonly [string, DerivationName, object, RegExp]>([
    ["an empty key", "HKDF-SHA-256", { key: new Uint8Array(), length: 32 }, /at least 112 bits, got 0/],
    [
      "a key as text",
      "HKDF-SHA-256",
      { key: "secret", length: 32 },
      /key must be bytes.*got string; encode text first/,
    ],
    ["no key", "KBKDF-HMAC-SHA-256", { length: 32 }, /key must be bytes \(Uint8Array\), got undefined/],
    [
      "a password as text",
      "PBKDF2-HMAC-SHA-256",
      { ...weak, password: "x" },
      /password must be bytes.*encode text first/,
    ],
    ["no salt", "PBKDF2-HMAC-SHA-256", { ...weak, salt: undefined }, /salt must be bytes/],
    [
      "no iterations",
      "PBKDF2-HMAC-SHA-256",
      { ...weak, iterations: undefined },
      /iterations of the request must be a whole number/,
    ],
    ["an info that is no bytes", "HKDF-SHA-256", { key, info: "x", length: 32 }, /info must be bytes/],
    ["no length", "HKDF-SHA-256", { key }, /length must be a whole number of bytes, got undefined/],
    ["half a byte", "HKDF-SHA-256", { key, length: 1.5 }, /length must be a whole number/],
    ["an output of nothing", "HKDF-SHA-256", { key, length: 0 }, /at least 1, got 0 \(RFC 5869, 2.3\)/],
    ["256 blocks", "HKDF-SHA-256", { key, length: 8161 }, /at most 255 blocks.*RFC 5869, 2.3/],
    ["a salt for a bare hash", "one-step-SHA-256", { key, salt: key, length: 32 }, /salt is no option of one-step-SHA/],
    [
      "a salt without extraction",
      "KBKDF-HMAC-SHA-256",
      { key, salt: key, length: 32 },
      /salt is no option of KBKDF-HMAC-SHA-256, which takes key, mode/,
    ],
    [
      "both ways to say the fixed data",
      "KBKDF-HMAC-SHA-256",
      { key, label: key, fixedInput: key, length: 32 },
      /takes the place of label and context/,
    ],
    ["an IV without feedback", "KBKDF-HMAC-SHA-256", { key, iv: key, length: 32 }, /an IV is for feedback mode alone/],
    [
      "an empty password",
      "PBKDF2-HMAC-SHA-256",
      { password: new Uint8Array(), salt: key, iterations: 1000, length: 32 },
      /bytes of password must be an integer from 1/,
    ],
    ["no components", "extraction-HMAC-SHA-256", { length: 32 }, /keys must be a list/],
    ["an empty list of components", "extraction-HMAC-SHA-256", { keys: [], length: 32 }, /at least 112 bits, got 0/],
    [
      "more than a hash value",
      "extraction-HMAC-SHA-256",
      { keys: [key], length: 33 },
      /33 \(SP 800-133 Rev. 2, 6.3, option 3\)/,
    ],
    ["an unknown name", "scrypt-SHA-256" as DerivationName, { key, length: 32 }, /derivation must be one of/],
    ...(["KBKDF-HMAC", "two-step-HMAC"] as const).map(
      (kdf) => ["an info", `${kdf}-SHA-256`, { key, info: key, length: 32 }, /^info is no option/] as const,
    ),
    ["an info", "PBKDF2-HMAC-SHA-256", { ...weak, info: key }, /^info is no option of PBKDF2/],
    ["an info", "extraction-HMAC-SHA-256", { keys: [key], info: key, length: 32 }, /^info is no option/],
    ...["label", "context", "fixedInput", "iv"].flatMap((option) =>
      (["HKDF", "one-step", "one-step-HMAC"] as const).map(
        (kdf) => [`a ${option}`, `${kdf}-SHA-256`, { key, [option]: key, length: 32 }, /is no option of/] as const,
      ),
    ),
    ["a mode", "HKDF-SHA-256", { key, mode: "feedback", length: 32 }, /^mode is no option of HKDF-SHA-256/],
    [
      "a signal where nothing waits",
      "HKDF-SHA-256",
      { key, signal: new AbortController().signal, length: 32 },
      /^signal is no option/,
    ],
    ["a misspelt name", "HKDF-SHA-256", { key, slat: key, length: 32 }, /^slat is no option/],
    ["no options", "HKDF-SHA-256", undefined as unknown as object, /takes an object of options/],
  ])("%s is refused with its reason", async (_, name, options, reason) => {
    using keygen = await openKeygen({ policy: "nist", environment: "test" });
    await expect(derive(keygen, name, options as never)).rejects.toThrow(reason);
    expect(keygen.closed).toBe(false);
  });
});
