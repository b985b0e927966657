/** Every refusal of the API: its status, its reason, and nothing that should not be said. */

import { base64urlnopad } from "@scure/base";
import { describe, expect, test } from "vitest";
import { searching } from "../../worker/generators.ts";
import { problemOf } from "../../worker/problem.ts";
import { type Ask, ask, makeRecipient, TOKEN } from "./client.ts";

const recipient = (await makeRecipient("ECDH-ES+A256KW", { crv: "P-521", extractable: true })).publicJwk;
const good = { algorithm: "AES-256", purpose: "encrypt", classification: "sample-data", recipient };

const weak = { ...good, algorithm: "AES-128" };

/** A point of small order: RFC 7748, 6.1. */
function x25519(x: 0 | 1) {
  return { kty: "OKP", crv: "X25519", x: base64urlnopad.encode(Uint8Array.of(x, ...new Uint8Array(31))) };
}

/** 4096 bits that end as `last` does. */
function rsa(last: number, e: readonly number[] = [1, 0, 1]) {
  return {
    kty: "RSA",
    n: base64urlnopad.encode(new Uint8Array(512).fill(0xff).fill(last, -1)),
    e: base64urlnopad.encode(Uint8Array.from(e)),
  };
}

const rsa1024 = { kty: "RSA", n: base64urlnopad.encode(new Uint8Array(128).fill(0xff)), e: "AQAB" };

const cases: readonly (readonly [string, number, Ask, string])[] = [
  ["no token", 401, { body: good, token: "" }, "Authorization: Bearer"],
  ["a wrong token", 401, { body: good, token: `${TOKEN}x` }, "not that of this service"],
  ["another content type", 415, { body: "{}", headers: { "content-type": "text/plain" } }, "application/json"],
  ["what is not JSON", 400, { body: "{" }, "not JSON"],
  ["an empty purpose", 400, { body: { ...good, purpose: "" } }, "/purpose"],
  ["an empty classification", 400, { body: { ...good, classification: "" } }, "/classification"],
  ["a day that does not exist", 400, { body: { ...good, protectUntil: "2027-02-31" } }, "/protectUntil"],
  ["an array", 400, { body: [] }, ""],
  ["a body over 64 KiB", 413, { body: { ...good, purpose: "x".repeat(70_000) } }, "65536"],
  ["an unknown field", 400, { body: { ...good, algoritm: "AES-256" } }, "/algoritm"],
  ["an unknown algorithm", 400, { body: { ...good, algorithm: "DES" } }, "/algorithm"],
  ["a missing algorithm", 400, { body: { recipient } }, '"detail":"/algorithm is missing"'],
  ["a recipient without its kind", 400, { body: { ...good, recipient: {} } }, '"detail":"/recipient/kty is missing"'],
  [
    "a recipient without a coordinate",
    400,
    { body: { ...good, recipient: { ...recipient, y: undefined } } },
    '"detail":"/recipient/y is missing"',
  ],
  ["nothing for an algorithm", 400, { body: { ...good, algorithm: null } }, "/algorithm: "],
  ["a date that is none", 400, { body: { ...good, protectUntil: "soon" } }, "/protectUntil"],
  ["a method of RSA for another key", 400, { body: { ...good, method: "A.1.6" } }, "/method"],
  ["a method that there is not", 400, { body: { ...good, algorithm: "RSA-2048", method: "A.1.1" } }, "A.1.6"],
  ["a Lucas test for another key", 400, { body: { ...good, lucas: true } }, "/lucas"],
  ["a Lucas test that is no truth value", 400, { body: { ...good, algorithm: "RSA-2048", lucas: 1 } }, "/lucas"],
  [
    "a Lucas test of primes that are proved",
    400,
    { body: { ...good, algorithm: "RSA-2048", method: "A.1.2", lucas: true } },
    "/lucas",
  ],
  [
    "a method that a platform does not tell",
    400,
    { body: { ...good, algorithm: "RSA-2048", purpose: "sign", provider: "platform", method: "A.1.3" } },
    "/method",
  ],
  [
    "an algorithm that the platform does not have",
    400,
    { body: { ...good, algorithm: "HMAC-SHA3-256", purpose: "authenticate", provider: "platform" } },
    '"by":"runtime"',
  ],
  ["an even exponent", 400, { body: { ...good, algorithm: "RSA-2048", publicExponent: 65538 } }, "/publicExponent"],
  ["a curve without a JWK", 400, { body: { ...good, algorithm: "P-224", purpose: "sign" } }, "/algorithm"],
  ["no recipient", 400, { body: { ...good, recipient: undefined } }, "/recipient"],
  ["a recipient of an unknown kind", 400, { body: { ...good, recipient: { kty: "oct", k: "AAAA" } } }, "/recipient"],
  ["a recipient with whom nothing is agreed (0)", 400, { body: { ...weak, recipient: x25519(0) } }, "/recipient/x"],
  ["a recipient with whom nothing is agreed (1)", 400, { body: { ...weak, recipient: x25519(1) } }, "/recipient/x"],
  ["a recipient with an even modulus", 400, { body: { ...good, recipient: rsa(-2) } }, "/recipient"],
  ["a recipient with an exponent of 3", 400, { body: { ...good, recipient: rsa(-1, [3]) } }, "public exponent"],
  ["a recipient of a size that has no strength here", 400, { body: { ...good, recipient: rsa1024 } }, "1024"],
  ["a recipient that is no point", 400, { body: { ...good, recipient: { ...recipient, x: "AAAA" } } }, "/recipient"],
  [
    "another algorithm for the recipient",
    400,
    { body: { ...good, recipient: { ...recipient, alg: "RSA1_5" } } },
    "/recipient/alg",
  ],
  [
    "plaintext, which no shipped policy allows",
    403,
    { body: { ...good, recipient: undefined, export: "plaintext" } },
    "plaintext",
  ],
  [
    "a key that the data outlives",
    403,
    { body: { ...good, algorithm: "RSA-2048", purpose: "sign", protectUntil: "2040-01-01" } },
    "2040",
  ],
];

describe("POST /v1/keys", () => {
  test.each(cases)("refuses %s with %i", async (_, status, request, reason) => {
    const answer = await ask("/v1/keys", request);
    expect(answer.status, answer.text).toBe(status);
    expect(answer.headers.get("content-type")).toBe("application/problem+json");
    expect(answer.json).toMatchObject({ type: "about:blank", status });
    expect(answer.text).toContain(reason);
    expect(answer.text).not.toMatch(/\bat .+:\d+:\d+/); // no stack
  });

  test("refuses a private recipient key without repeating it", async () => {
    const d = "c2VjcmV0LXNjYWxhci1vZi10aGlydHktdHdvLWJ5dGU";
    const answer = await ask("/v1/keys", { body: { ...good, recipient: { ...recipient, d } } });
    expect(answer.status).toBe(400);
    expect(answer.json.errors[0].pointer).toBe("/recipient/d");
    expect(answer.text).not.toContain(d);
  });

  test("refuses bytes that are not UTF-8", async () => {
    const { default: worker } = await import("../../worker/index.ts");
    const headers = { authorization: `Bearer ${TOKEN}`, "content-type": "application/json" };
    const body = Uint8Array.of(0x22, 0xff, 0x22);
    const request = new Request("https://keys.example/v1/keys", { method: "POST", headers, body });
    const answer = await worker.fetch(request, { ENVIRONMENT: "test", API_TOKEN: TOKEN });
    expect(answer.status).toBe(400);
  });

  test("names each broken rule with its clause", async () => {
    const { json } = await ask("/v1/keys", {
      body: { ...good, algorithm: "RSA-2048", purpose: "sign", protectUntil: "2040-01-01" },
    });
    expect(json.broken.length).toBeGreaterThan(0);
    for (const rule of json.broken)
      expect(rule).toMatchObject({ id: expect.any(String), source: expect.any(String), why: expect.any(String) });
  });

  test("reads no more than 64 KiB of a body without a length", async () => {
    const endless = new ReadableStream({
      pull: (controller) => controller.enqueue(new TextEncoder().encode(" ".repeat(8192))),
    });
    const { default: worker } = await import("../../worker/index.ts");
    const headers = { authorization: `Bearer ${TOKEN}`, "content-type": "application/json" };
    const request = new Request("https://keys.example/v1/keys", { method: "POST", headers, body: endless });
    const answer = await worker.fetch(request, { ENVIRONMENT: "test", API_TOKEN: TOKEN });
    expect(answer.status).toBe(413);
  });
});

test("of many searches at once some are sent away with a time to wait, and the others are served", async () => {
  const body = { algorithm: "RSA-2048", purpose: "sign", classification: "sample-data", recipient };
  const answers = await Promise.all(Array.from({ length: 10 }, () => ask("/v1/keys", { body })));
  expect(answers.map(({ status }) => status).sort()).toEqual([...Array<number>(8).fill(200), 503, 503]);
  expect(answers.find(({ status }) => status === 503)?.headers.get("retry-after")).toBe("1");
  expect((await ask("/v1/keys", { body })).status).toBe(200);
});

test("the time to wait is that of the searches that wait: more than a minute for eight of the longest", async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const waiting = Array.from({ length: 8 }, () => searching("RSA-8192", () => promise));
  const refused: unknown = await searching("RSA-2048", async () => undefined).catch((error: unknown) => error);
  resolve();
  await Promise.all(waiting);
  expect(refused).toMatchObject({ status: 503, headers: { "retry-after": "80" } });
});

describe("deployment", () => {
  test.each([
    ["ENVIRONMENT", { ENVIRONMENT: undefined }],
    ["ENVIRONMENT", { ENVIRONMENT: "prod" }],
    ["API_TOKEN", { API_TOKEN: undefined }],
    ["API_TOKEN", { API_TOKEN: "short" }],
    ["API_TOKEN", { API_TOKEN: `${TOKEN}\n` }],
    ["POLICY", { POLICY: "{" }],
    ["TENANT", { TENANT: "" }],
    ["JURISDICTION", { JURISDICTION: "x".repeat(257) }],
  ])("without a valid %s no key is served", async (name, env) => {
    const answer = await ask("/v1/keys", { body: good, env });
    expect(answer.status).toBe(503);
    expect(answer.json.detail).toContain(name);
    expect((await ask("/healthz", { env })).status).toBe(503);
  });

  test("a policy that contradicts itself is told, and serves nothing", async () => {
    const env = { POLICY: '{"id":"x"}', TENANT: "other" };
    const answer = await ask("/v1/keys", { body: good, env });
    expect(answer.status).toBe(503);
    expect(answer.json).toMatchObject({ code: "policy-invalid" });
    expect(await ask("/healthz", { env })).toMatchObject({ status: 503, json: { status: "not-configured" } });
  });

  test("too many requests end in 429 with a time to wait", async () => {
    const LIMITER = { limit: async () => ({ success: false }) };
    const answer = await ask("/v1/policy", { env: { LIMITER } });
    expect(answer.status).toBe(429);
    expect(answer.headers.get("retry-after")).toBe("60");
  });
});

test("what nobody expected is told without its text, and with what is sure: no key left", () => {
  expect(problemOf(new Error("inner words"))).toMatchObject({
    status: 500,
    message: "an unexpected error; no key was handed out",
  });
});

test("what is not there is a problem as well", async () => {
  expect(await ask("/v1/nothing")).toMatchObject({ status: 404, json: { status: 404 } });
  const outside = await ask("/nothing");
  expect(outside.status).toBe(404);
  expect(outside.headers.get("x-content-type-options")).toBe("nosniff");
});

test.each([
  ["GET", "/v1/keys", "POST"],
  ["DELETE", "/v1/keys", "POST"],
  ["GET", "/v1/decisions", "POST"],
  ["POST", "/v1/policy", "GET, HEAD"],
  ["POST", "/healthz", "GET, HEAD"],
])("%s of %s is told which method is allowed", async (method, path, allow) => {
  const { status, json, headers } = await ask(path, { method });
  expect([status, headers.get("allow")]).toEqual([405, allow]);
  expect(json).toMatchObject({ status: 405, detail: expect.stringContaining(method) });
});
