// Every modulus of the registry: strength and rounds against the formulas that they come from, and one long key from the
// public door to its formats, its record and its check.
import { describe, expect, test } from "vitest";
import { checkRsaKey, decodeJwk, decodePkcs8, encodeJwk, encodePkcs8, verifyRecord } from "#keywright";
import { deterministicKeygen } from "#keywright/testing";
import { rsaAlgorithms } from "../../src/algorithms/rsa.ts";
import { brokenUses } from "../support/openssl.ts";

/** The estimate of SP 800-56B Rev. 2, Appendix D, and FIPS 140-3 IG D.B. */
function estimate(nlen: number): number {
  const x = nlen * Math.LN2;
  return (1.923 * Math.cbrt(x) * Math.log(x) ** (2 / 3) - 4.69) / Math.LN2;
}

function log2Sum(a: number, b: number): number {
  return Math.max(a, b) + Math.log2(1 + 2 ** -Math.abs(a - b));
}

/** FIPS 186-5, Appendix C.1: log2 of the bound on the error of t rounds for a random number of k bits, at its best M. */
function log2Error(k: number, t: number): number {
  const scale = Math.log2(2.00743 * Math.LN2 * k) - k;
  let inner = -(2 + (k - 1) / 2);
  let outer = Number.NEGATIVE_INFINITY;
  let best = Number.POSITIVE_INFINITY;
  for (let m = 3; m <= 2 * Math.sqrt(k - 1) - 1; m++) {
    inner = log2Sum(inner, -(m + (k - 1) / m));
    outer = outer === Number.NEGATIVE_INFINITY ? m - (m - 1) * t + inner : log2Sum(outer, m - (m - 1) * t + inner);
    const term = Math.log2((8 * (Math.PI ** 2 - 6)) / 3) + k - 2 + outer;
    best = Math.min(best, scale + log2Sum(k - 2 - m * t, term));
  }
  return best;
}

describe.each(Object.values(rsaAlgorithms))("$name", ({ modulusBits, strengthBits, millerRabinRounds: rounds }) => {
  test("has the strength that the formula estimates, within half of its steps", () => {
    expect(Math.abs(estimate(modulusBits) - strengthBits)).toBeLessThan(4.5);
  });

  test("has rounds enough for an error of 2^-strength", () => {
    expect(log2Error(modulusBits / 2, rounds)).toBeLessThan(-strengthBits);
  });
});

test("fewer rounds would not do for the rows of Table B.1, and so the formula is read right", () => {
  const enough = (k: number, bits: number) => [1, 2, 3, 4, 5, 6].find((t) => log2Error(k, t) <= -bits);
  expect([enough(1024, 112), enough(1536, 128), enough(2048, 152)]).toEqual([5, 4, 4]);
  // Auxiliary primes: 38, 41 and 44 of the table for 141, 171 and 201 bits; then what the core has for longer moduli.
  const auxiliary = [
    [141, 38, 112],
    [171, 41, 128],
    [201, 44, 144],
    [201, 60, 176],
    [201, 68, 192],
    [201, 72, 200],
  ] as const;
  for (const [k, t, bits] of auxiliary) {
    expect(log2Error(k, t), `${t} rounds`).toBeLessThan(-bits);
    if (k === 201) expect(log2Error(k, t - 1), `${t - 1} rounds`).toBeGreaterThan(-bits);
  }
});

test("RSA-8192 by A.1.6, from the public door: record, formats, OpenSSL, WebCrypto, public validation", async () => {
  const entropy = new Uint8Array(48).fill(19); // a search that is short: the next after a change of the core may not be
  using keygen = await deterministicKeygen({ policy: "nist", entropy });
  const made = await keygen.generate("RSA-8192", { purpose: "sign", lucas: true });
  const { publicKey, privateKey, record } = made;
  expect(record.predicate.algorithm).toEqual({
    name: "RSA-8192",
    standard: "FIPS 186-5, A.1",
    strengthBits: 200,
    parameters: {
      modulusBits: 8192,
      publicExponent: 65537,
      method: expect.stringContaining("FIPS 186-5, A.1.6"),
      millerRabinRounds: 4,
      lucas: true,
      errorBound: "2^-200 (FIPS 186-5, Appendix C.1)",
    },
  });
  expect(await verifyRecord(record, { publicKey })).toMatchObject({ consistent: true, broken: [] });
  expect(brokenUses(made)).toEqual([]);
  const pkcs8 = encodePkcs8(privateKey);
  expect(decodePkcs8(pkcs8).algorithm).toBe("RSA-8192");
  expect(encodeJwk(decodeJwk(encodeJwk(privateKey)))).toEqual(encodeJwk(privateKey));
  const imported = await crypto.subtle.importKey("pkcs8", pkcs8, { name: "RSA-PSS", hash: "SHA-256" }, false, ["sign"]);
  expect(imported.algorithm).toMatchObject({ modulusLength: 8192 });
  expect(await checkRsaKey(publicKey)).toMatchObject({ modulusBits: 8192 });
}, 180_000);
