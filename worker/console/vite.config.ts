/** Builds the page into dist-page/, where the Worker's assets are served from. Nothing is inlined: the page's CSP forbids it. */
import { defineConfig } from "vite";

export default defineConfig({
  base: "./",
  build: {
    outDir: "../../dist-page",
    emptyOutDir: true,
    target: "es2023",
    assetsInlineLimit: 0,
    // The polyfill would fetch on browsers that lack modules preloading; all that run the core have it.
    modulePreload: { polyfill: false },
    // The core is one chunk of base64 of known size; size budgets watch it.
    chunkSizeWarningLimit: 1000,
  },
  worker: { format: "es" },
  server: { fs: { allow: ["../.."] } },
});
