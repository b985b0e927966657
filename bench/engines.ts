/** Which engine ran, by the version that it states itself. */
import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import { findBrowser } from "../test/browser.ts";
import type { Runtime } from "../test/support/runtimes.ts";

const stated: Readonly<Record<Runtime, () => Promise<string>>> = {
  node: async () => `Node ${process.versions.node} (V8 ${process.versions.v8}, OpenSSL ${process.versions.openssl})`,
  chromium: async () =>
    execFileSync(await findBrowser(), ["--version"], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim(),
  workerd: async () => {
    const { version } = createRequire(import.meta.url)("workerd/package.json") as { version: string };
    return `workerd ${version}`;
  },
};

export function engineOf(runtime: Runtime): Promise<string> {
  return stated[runtime]();
}
