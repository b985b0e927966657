/** The Worker: routes over the library, behind a bearer token; health is open; everything else is the page. */
import { Hono } from "hono";
import { resolvePolicy } from "#keywright";
import type { AppEnv } from "./app-env.ts";
import { authenticate } from "./auth.ts";
import { readConfig } from "./config.ts";
import { Problem, problemOf, respond } from "./problem.ts";
import { decisions } from "./routes/decisions.ts";
import { keys } from "./routes/keys.ts";
import { policy } from "./routes/policy.ts";

const app = new Hono<AppEnv>();

/** What may be called, and how; HEAD goes wherever GET does. */
const methods = { "/healthz": "GET", "/v1/keys": "POST", "/v1/decisions": "POST", "/v1/policy": "GET" } as const;

app.get("/healthz", (c) => {
  const ready = isReady(readConfig(c.env));
  const headers = { "cache-control": "no-store", "x-content-type-options": "nosniff" };
  return c.json({ status: ready ? "ok" : "not-configured" }, ready ? 200 : 503, headers);
});

app.use("/v1/*", async (c, next) => {
  await next();
  c.header("cache-control", "no-store");
  c.header("x-content-type-options", "nosniff");
});
app.use("/v1/*", authenticate);
app.route("/v1/keys", keys);
app.route("/v1/decisions", decisions);
app.route("/v1/policy", policy);

for (const [path, method] of Object.entries(methods)) {
  app.all(path, (c) => {
    const allow = method === "GET" ? "GET, HEAD" : method;
    throw new Problem(405, `${path} takes ${allow}, got ${c.req.method}`, {}, { allow });
  });
}

app.notFound((c) => respond(new Problem(404, `there is no ${c.req.method} ${c.req.path}`)));
app.onError((error) => respond(problemOf(error)));

/** Whether all is set, and the policy can be read and serves this environment. Whether it allows any key is not asked. */
function isReady(config: ReturnType<typeof readConfig>): boolean {
  if ("missing" in config) return false;
  try {
    resolvePolicy(config.policy, config.environment);
    return true;
  } catch {
    return false;
  }
}

export default app;
