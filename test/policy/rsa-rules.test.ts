// What a policy may demand of how RSA primes are made and tested, and where the demand is met, missed, or moot.
import { expect, test } from "vitest";
import { decide } from "../../src/policy/decide.ts";
import { parsePolicy } from "../../src/policy/policy.ts";
import type { PolicyRequest } from "../../src/policy/request.ts";
import { document, documentWith, now, request } from "./support.ts";

const lucas = { rsaLucas: true };
const node = { runtime: "node", acceptedBy: "Crypto Board", acceptedOn: "2026-11-21", basis: "its vector report" };
const platform = { providers: { ...document.providers, platform: { accepted: [node] } } };
const byPlatform = { provider: "platform", module: { runtime: "node" } };

test.each([
  ["the Lucas test, asked for", lucas, lucas, []],
  ["the Lucas test, not asked for: the policy's word then counts", lucas, {}, []],
  ["the Lucas test, of primes that are proved", lucas, { rsaMethod: "A.1.2", rsaLucas: false }, []],
  ["the Lucas test, refused by the request", lucas, { rsaLucas: false }, ["policy/rsa-lucas"]],
  ["the Lucas test, of another key", lucas, { algorithm: "AES-256", purpose: "encrypt", rsaLucas: false }, []],
  ["the Lucas test, of a platform", { ...lucas, ...platform }, { ...byPlatform, ...lucas }, ["policy/rsa-lucas"]],
  ["no Lucas test", { rsaLucas: false }, { rsaLucas: false }, []],
  ["a method, asked for", { rsaMethods: ["A.1.2"] }, { rsaMethod: "A.1.2" }, []],
  ["a method, not asked for", { rsaMethods: ["A.1.2"] }, {}, []],
  ["a method, of a platform", { rsaMethods: ["A.1.2"], ...platform }, byPlatform, ["policy/rsa-method"]],
  [
    "a method and the test, both missed",
    { rsaMethods: ["A.1.3"], ...lucas },
    { rsaMethod: "A.1.6", rsaLucas: false },
    ["policy/rsa-method", "policy/rsa-lucas"],
  ],
  ["nothing, of a platform", platform, byPlatform, []],
])("a policy demands %s", (_, fields, asked, broken) => {
  const decision = decide(parsePolicy(documentWith(fields)), { ...request, ...asked } as PolicyRequest, now);
  expect(decision.broken.map(({ id }) => id)).toEqual(broken);
  for (const { why } of decision.broken) expect(why).toMatch(/FIPS 186-5/);
});
