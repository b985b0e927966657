/** The public key in the open, and the private or secret key behind a deliberate click. */
import { bytesToHex } from "@noble/hashes/utils.js";
import { make } from "./element.ts";
import { choiceField } from "./field.ts";
import type { HeldKey } from "./held-key.ts";
import type { Format, PublicForms } from "./messages.ts";
import { copyButton, downloadButton } from "./take.ts";

const formatNames: Readonly<Record<Format, string>> = { pem: "PEM", jwk: "JWK", raw: "Raw" };
const extensions: Readonly<Record<Format, string>> = { pem: "pem", jwk: "jwk.json", raw: "bin" };

function formatChoice<F extends Format>(name: string, formats: readonly F[]) {
  const choice = choiceField(
    name,
    "Format",
    formats.map((value) => ({ value, text: formatNames[value] })),
  );
  choice.root.classList.add("inline");
  return choice;
}

export function publicKeyView(prefix: string, keyId: string, forms: PublicForms): HTMLElement {
  const choice = formatChoice(`${prefix}-public-format`, forms.jwk === undefined ? ["pem"] : ["pem", "jwk"]);
  const chosen = (): string => forms[choice.value()] ?? forms.pem;
  const text = make("pre", { class: "material", tabindex: 0, role: "region", "aria-label": "Public key" }, forms.pem);
  text.dataset.format = "pem";
  choice.root.addEventListener("change", () => {
    text.textContent = chosen();
    text.dataset.format = choice.value();
  });
  return make(
    "section",
    { class: "card", "aria-labelledby": `${prefix}-public` },
    make("h3", { id: `${prefix}-public` }, "Public key"),
    choice.root,
    text,
    make(
      "div",
      { class: "actions" },
      copyButton("Copy", chosen),
      downloadButton("Download", () => ({
        name: `${keyId}.public.${extensions[choice.value()]}`,
        bytes: chosen(),
      })),
    ),
  );
}

export interface HiddenKeyView {
  readonly root: HTMLElement;
  /** Takes the shown text away; the key is still held. */
  hide(): void;
}

/** `onTaken` is told when the key was copied or downloaded. */
export function hiddenKeyView(prefix: string, held: HeldKey, onTaken: () => void): HiddenKeyView {
  const isPair = held.publicKey !== undefined;
  const word = isPair ? "private key" : "secret key";
  const hasJwk = held.publicKey === undefined || held.publicKey.jwk !== undefined;
  const formats: readonly Format[] = [isPair ? "pem" : "raw", ...(hasJwk ? (["jwk"] as const) : [])];
  const keyId = held.record.subject[0].name;
  const choice = formatChoice(`${prefix}-secret-format`, formats);
  const shown = make("pre", {
    class: "material secret",
    tabindex: 0,
    role: "region",
    "aria-label": `The ${word}`,
    id: `${prefix}-secret-text`,
  });
  const toggle = make(
    "button",
    { type: "button", class: "small", "aria-expanded": "false", "aria-controls": shown.id },
    `Show the ${word}`,
  );
  const problem = make("p", { class: "complaint", role: "alert" });
  shown.hidden = true;
  shown.addEventListener("copy", onTaken);

  const hide = (): void => {
    shown.textContent = "";
    shown.hidden = true;
    toggle.textContent = `Show the ${word}`;
    toggle.setAttribute("aria-expanded", "false");
  };
  const show = async (): Promise<void> => {
    const bytes = await held.reveal(choice.value());
    shown.textContent = asText(choice.value(), bytes);
    bytes.fill(0);
    shown.dataset.format = choice.value();
    shown.hidden = false;
    toggle.textContent = `Hide the ${word}`;
    toggle.setAttribute("aria-expanded", "true");
  };
  const complain = (error: unknown): void => {
    problem.textContent = error instanceof Error ? error.message : String(error);
  };
  const attempt = (act: () => Promise<void>): void => {
    problem.textContent = "";
    act().catch(complain);
  };
  toggle.addEventListener("click", () => (shown.hidden ? attempt(show) : hide()));
  choice.root.addEventListener("change", () => {
    if (!shown.hidden) attempt(show);
  });
  const copied = async (): Promise<string> => {
    const bytes = await held.reveal(choice.value());
    const text = asText(choice.value(), bytes);
    bytes.fill(0);
    return text;
  };
  const root = make(
    "section",
    { class: "card secret-card", "aria-labelledby": `${prefix}-secret` },
    make("h3", { id: `${prefix}-secret` }, isPair ? "Private key" : "Secret key"),
    make(
      "p",
      {},
      `Who sees it has the key. ${held.holder} Copies on the clipboard, in files and in the browser's memory cannot be wiped from here.`,
    ),
    choice.root,
    make(
      "div",
      { class: "actions" },
      toggle,
      copyButton("Copy", copied, onTaken),
      downloadButton(
        "Download",
        async () => {
          const format = choice.value();
          const bytes = await held.reveal(format);
          onTaken();
          return { name: `${keyId}.key.${extensions[format]}`, bytes };
        },
        complain,
      ),
    ),
    shown,
    problem,
  );
  return { root, hide };
}

/** Raw bytes are shown as hexadecimal digits. */
function asText(format: Format, bytes: Uint8Array): string {
  return format === "raw" ? bytesToHex(bytes) : new TextDecoder().decode(bytes);
}
