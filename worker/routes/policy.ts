/** GET /v1/policy: the policy under which this Worker makes keys, and its digest as records name it. */
import { Hono } from "hono";
import { resolvePolicy } from "#keywright";
import type { AppEnv } from "../app-env.ts";

export const policy = new Hono<AppEnv>().get("/", (c) => {
  const { environment, tenant, policy: document } = c.get("config");
  const resolved = resolvePolicy(document, environment);
  return c.json({ environment, tenant, digest: resolved.digest, policy: document });
});
