import { cloudflareTest } from "@cloudflare/vitest-plugin";
import { playwright } from "@vitest/browser-playwright";
import { defineConfig } from "vitest/config";

// `runtime/` and `kat/` state facts of the library itself and run in all three runtimes; the rest needs Node.
const everywhere = ["test/runtime/**/*.test.ts", "test/kat/**/*.test.ts"];
const executablePath = process.env.CHROMIUM_PATH ?? "/usr/bin/chromium";

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "node",
          environment: "node",
          include: ["test/**/*.test.ts"],
          exclude: ["test/worker/**", "test/e2e/**"],
          testTimeout: 60_000,
          isolate: false, // no test changes what another sees, and to load all for each file costs a sixth of the time
        },
      },
      {
        test: {
          name: "e2e",
          environment: "node",
          include: ["test/e2e/**/*.test.ts"],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
      {
        plugins: [
          cloudflareTest({
            wrangler: { configPath: "./wrangler.toml" },
            miniflare: { bindings: { ENVIRONMENT: "test", API_TOKEN: "test-token-of-at-least-32-characters" } },
          }),
        ],
        test: {
          name: "workerd",
          include: [...everywhere, "test/worker/**/*.test.ts"],
          testTimeout: 120_000,
          isolate: false, // to start workerd for each file costs more than the tests
        },
      },
      {
        // Found only when a test asks for it, a dependency would make the browser load everything again, and fail.
        optimizeDeps: { include: ["jose", "@noble/post-quantum/hybrid.js"] },
        test: {
          name: "chromium",
          include: everywhere,
          testTimeout: 120_000,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({ launchOptions: { executablePath } }),
            instances: [{ browser: "chromium" }],
          },
        },
      },
    ],
  },
});
