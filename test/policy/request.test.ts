/** Requests that are none: TypeError and RangeError, with the field, what was wanted and what came. */
import { expect, test } from "vitest";
import { decide } from "../../src/policy/decide.ts";
import { parsePolicy } from "../../src/policy/policy.ts";
import type { PolicyRequest } from "../../src/policy/request.ts";
import { thrown } from "../support/errors.ts";
import { document, now, request } from "./support.ts";

const wrongCalls: readonly (readonly [
  text: string,
  kind: typeof TypeError | typeof RangeError,
  change: Record<string, unknown>,
])[] = [
  ["algorithm of the request must be a string, got number", TypeError, { algorithm: 256 }],
  ["algorithm must be one of AES-128, ", RangeError, { algorithm: "AES-512" }],
  [
    'environment of the request must be one of development, test, production, got "prod"',
    RangeError,
    { environment: "prod" },
  ],
  ["environment of the request must be a string, got undefined", TypeError, { environment: undefined }],
  ["tenant of the request must be a string that is not empty, got string", TypeError, { tenant: "" }],
  ["scope of the request must be a string that is not empty, got null", TypeError, { scope: null }],
  ["purpose of the request must be a string that is not empty, got an array", TypeError, { purpose: ["sign"] }],
  ["classification of the request must be a string that is not empty, got Object", TypeError, { classification: {} }],
  ["jurisdiction of the request must be a string that is not empty, got number", TypeError, { jurisdiction: 1 }],
  ["extractable of the request must be true or false, got string", TypeError, { extractable: "no" }],
  ["rsaLucas of the request must be true or false, got number", TypeError, { rsaLucas: 1 }],
  [
    "rsaLucas of the request wants primes that are not proved, got rsaMethod A.1.4",
    RangeError,
    { rsaLucas: true, rsaMethod: "A.1.4" },
  ],
  ["rsaMethod of the request must be one of A.1.6, A.1.3", RangeError, { rsaMethod: "A.1.1" }],
  ['export of the request must be one of plaintext, wrapped, sealed, got "pem"', RangeError, { export: "pem" }],
  ["protectUntil of the request must be a date such as 2035-12-31", RangeError, { protectUntil: "2035-13-01" }],
  ["protectUntil of the request must be a string that is not empty, got Date", TypeError, { protectUntil: new Date() }],
  ['provider of the request must be one of core, platform, got "hsm"', RangeError, { provider: "hsm" }],
  ["module of the request must be an object, got undefined", TypeError, { module: undefined }],
  ["module.digest of the request must be a string that is not empty, got undefined", TypeError, { module: {} }],
  [
    "module.runtime of the request must be a string that is not empty, got undefined",
    TypeError,
    { provider: "platform", module: {} },
  ],
  ["generator of the request must be an object, got null", TypeError, { generator: null }],
  [
    "generator.mechanism of the request must be a string",
    TypeError,
    { generator: { hash: "SHA-256", strengthBits: 256 } },
  ],
  [
    "generator.hash of the request must be a string",
    TypeError,
    { generator: { mechanism: "HMAC_DRBG", strengthBits: 256 } },
  ],
  [
    "generator.strengthBits of the request must be a number, got number",
    TypeError,
    { generator: { mechanism: "HMAC_DRBG", hash: "SHA-256", strengthBits: Number.NaN } },
  ],
  ['generation of the request must be one of random, seed, got "derived"', RangeError, { generation: "derived" }],
  ["seed.origin of the request must be a string that is not empty, got undefined", TypeError, { seed: { bits: 256 } }],
  ["seed.bits of the request must be a number, got string", TypeError, { seed: { origin: "hsm", bits: "256" } }],
];

test.each(wrongCalls)("a wrong call: %s", (text, kind, change) => {
  const error = thrown(() => decide(parsePolicy(document), { ...request, ...change } as PolicyRequest, now));
  expect(error).toBeInstanceOf(kind);
  expect(error.message).toContain(text);
});

test("a policy that was not read, and a time that is none, are wrong calls", () => {
  const policy = parsePolicy(document);
  expect(() => decide(document as unknown as typeof policy, request, now)).toThrow("policy must come from parsePolicy");
  expect(() =>
    decide({ ...policy, export: { plaintext: ["production"], wrapped: [], extractable: [] } }, request, now),
  ).toThrow(TypeError);
  expect(() => decide(policy, request, new Date("never"))).toThrow("now must be a valid Date");
  expect(() => decide(policy, request, "2026-11-22" as unknown as Date)).toThrow("now must be a valid Date");
});
