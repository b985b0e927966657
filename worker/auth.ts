/** Bearer tokens (RFC 6750), compared without telling by time where they differ. */
import { createMiddleware } from "hono/factory";
import type { AppEnv } from "./app-env.ts";
import { readConfig } from "./config.ts";
import { Problem } from "./problem.ts";

async function digest(text: string): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
}

/** Compares digests, so that neither length nor content of the token shows in the time. */
async function sameToken(given: string, wanted: string): Promise<boolean> {
  const [a, b] = await Promise.all([digest(given), digest(wanted)]);
  let difference = 0;
  for (const [i, byte] of a.entries()) difference |= byte ^ (b[i] ?? 0);
  return difference === 0;
}

const challenge = { "www-authenticate": 'Bearer realm="keywright"' };

/** Lets a request pass that carries the token of this deployment, and hands on the configuration. */
export const authenticate = createMiddleware<AppEnv>(async (c, next) => {
  const config = readConfig(c.env);
  if ("missing" in config) throw new Problem(503, config.missing, { code: "not-configured" });
  const limited = await c.env.LIMITER?.limit({ key: c.req.header("cf-connecting-ip") ?? "local" });
  if (limited?.success === false) throw new Problem(429, "try again in a minute", {}, { "retry-after": "60" });
  const token = /^Bearer ([\x21-\x7e]+)$/i.exec(c.req.header("authorization") ?? "")?.[1];
  if (token === undefined) throw new Problem(401, "send the header Authorization: Bearer TOKEN", {}, challenge);
  if (!(await sameToken(token, config.token)))
    throw new Problem(401, "the token is not that of this service", {}, challenge);
  c.set("config", config);
  await next();
});
