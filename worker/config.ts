/** What the Worker was told at deployment. Without it, it serves no key: there is no default environment and no default token. */
import type { Environment } from "../src/policy/schema.ts";
import development from "./policies/development.json";
import production from "./policies/production.json";

export interface Env {
  readonly ENVIRONMENT?: string;
  readonly API_TOKEN?: string;
  /** A policy document as JSON text; default: the one of `worker/policies/` for this environment. */
  readonly POLICY?: string;
  /** Whose keys this Worker makes. Default `default`. */
  readonly TENANT?: string;
  /** Where the generator runs, if the deployment pins it. */
  readonly JURISDICTION?: string;
  readonly LIMITER?: RateLimit;
}

interface RateLimit {
  limit(options: { key: string }): Promise<{ success: boolean }>;
}

export interface Config {
  readonly environment: Environment;
  readonly token: string;
  readonly policy: unknown;
  readonly tenant: string;
  readonly jurisdiction: string | undefined;
}

const MIN_TOKEN_LENGTH = 32;
/** What can stand in a header after `Bearer`. */
const TOKEN = /^[\x21-\x7e]+$/;
const MAX_NAME_LENGTH = 256;

/** The configuration, or what is missing in words for the person who deploys. */
export function readConfig(env: Env): Config | { readonly missing: string } {
  const { ENVIRONMENT, API_TOKEN, POLICY, TENANT, JURISDICTION } = env;
  if (ENVIRONMENT !== "development" && ENVIRONMENT !== "test" && ENVIRONMENT !== "production") {
    return {
      missing: "ENVIRONMENT must be development, test or production; set it with `wrangler secret put ENVIRONMENT`",
    };
  }
  if (API_TOKEN === undefined || API_TOKEN.length < MIN_TOKEN_LENGTH || !TOKEN.test(API_TOKEN)) {
    return {
      missing: `API_TOKEN must have at least ${MIN_TOKEN_LENGTH} characters of ASCII and no space; set it with \`wrangler secret put API_TOKEN\``,
    };
  }
  for (const [name, value] of Object.entries({ TENANT, JURISDICTION })) {
    if (value === undefined || (value.length > 0 && value.length <= MAX_NAME_LENGTH)) continue;
    return { missing: `${name} must have 1 to ${MAX_NAME_LENGTH} characters, or not be set` };
  }
  let policy: unknown = ENVIRONMENT === "production" ? production : development;
  if (POLICY !== undefined) {
    try {
      policy = JSON.parse(POLICY);
    } catch {
      return { missing: "POLICY is not JSON" };
    }
  }
  return {
    environment: ENVIRONMENT,
    token: API_TOKEN,
    policy,
    tenant: TENANT ?? "default",
    jurisdiction: JURISDICTION,
  };
}
