/** The doors that make no key: health, policy, decisions. */
import { expect, test } from "vitest";
import { ask } from "./client.ts";

test("health is open", async () => {
  expect(await ask("/healthz", { token: "" })).toMatchObject({ status: 200, json: { status: "ok" } });
});

test("the policy in force is shown with its digest, to those who hold the token", async () => {
  const { status, json, headers } = await ask("/v1/policy");
  expect(status).toBe(200);
  expect(json).toMatchObject({
    environment: "test",
    tenant: "default",
    digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
  });
  expect(json.policy.id).toBeTypeOf("string");
  expect(headers.get("cache-control")).toBe("no-store");
  expect((await ask("/v1/policy", { token: "" })).status).toBe(401);
});

test("a refusal is an answer to the question, not an error", async () => {
  const body = { algorithm: "RSA-2048", purpose: "sign", classification: "sample-data", protectUntil: "2040-01-01" };
  const { status, json } = await ask("/v1/decisions", { body });
  expect(status).toBe(200);
  expect(json).toMatchObject({ allowed: false, policy: { approved: true } });
  expect(json.broken[0].source).toBeTypeOf("string");
});

test("a method and the Lucas test are asked for, and only of RSA", async () => {
  const rsa = { algorithm: "RSA-2048", purpose: "sign", classification: "sample-data", method: "A.1.3" };
  const body = { ...rsa, lucas: true };
  expect((await ask("/v1/decisions", { body })).json).toMatchObject({ allowed: true });
  const { status, text } = await ask("/v1/decisions", { body: { ...body, algorithm: "AES-256" } });
  expect(status).toBe(400);
  expect(text).toContain("/method");
});

test.each(["P-224", "X-Wing-draft-10"])("%s has no JWK, and is refused as a key of it is", async (algorithm) => {
  const body = { algorithm };
  const [decision, key] = [await ask("/v1/decisions", { body }), await ask("/v1/keys", { body })];
  expect(decision.status).toBe(400);
  expect(decision.json).toEqual(key.json);
});

test("a decision and the record of the key speak of one policy", async () => {
  const { json: policy } = await ask("/v1/policy");
  const { json: decision } = await ask("/v1/decisions", {
    body: { algorithm: "AES-256", purpose: "encrypt", classification: "sample-data" },
  });
  expect(decision).toMatchObject({ allowed: true, policy: { digest: policy.digest } });
});
