/** The page: two tabs, one worker. Nothing is kept beyond this page, and no key is sent anywhere. */
import { BrowserPanel } from "./browser-panel.ts";
import { EdgePanel } from "./edge-panel.ts";
import { GenerationClient } from "./generation-client.ts";
import { startTabs } from "./tabs.ts";

function byId(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`the page has no element ${id}`);
  return found;
}

const client = new GenerationClient();
const panels = [new BrowserPanel(byId("panel-here"), client), new EdgePanel(byId("panel-edge"), client)];

startTabs(byId("tabs"), () => {
  for (const panel of panels) panel.hideSecret();
});
window.addEventListener("pagehide", () => {
  for (const panel of panels) panel.leave();
});
// SP 800-90A Rev. 1, 8.6.8: a page that comes back may be a copy, so its generator takes new entropy.
window.addEventListener("pageshow", ({ persisted }) => {
  if (persisted) client.reseed();
});
