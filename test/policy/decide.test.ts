import { expect, test } from "vitest";
import { decide } from "../../src/policy/decide.ts";
import { parsePolicy } from "../../src/policy/policy.ts";
import { document, now, request } from "./support.ts";

test("a request that satisfies every rule is allowed, without warnings", () => {
  const decision = decide(parsePolicy(document), request, now);
  expect(decision).toMatchObject({
    allowed: true,
    broken: [],
    policy: { id: "acme-prod", version: 3, approved: true },
  });
  expect(decision.warnings.map(({ id }) => id)).toEqual(["nist/draft-rsa-2036"]);
});
