/** What the routes find in their context. */
import type { Config, Env } from "./config.ts";

export interface AppEnv {
  Bindings: Env;
  Variables: { config: Config };
}
