/** Taking something out of the page: onto the clipboard, or into a file. */
import { make } from "./element.ts";

const SHOWN_MS = 2000;

/** Says on itself, and to screen readers, whether it worked. */
export function copyButton(label: string, text: () => string | Promise<string>): HTMLButtonElement {
  const status = make("span", { role: "status" }, label);
  const button = make("button", { type: "button", class: "small", onclick: () => void copy() }, status);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(await text());
      status.textContent = "Copied";
    } catch {
      status.textContent = "Not allowed here: select and copy by hand";
    }
    setTimeout(() => {
      status.textContent = label;
    }, SHOWN_MS);
  };
  return button;
}

export function downloadButton(label: string, content: () => Download | Promise<Download>): HTMLButtonElement {
  const save = async (): Promise<void> => {
    const { name, bytes } = await content();
    const url = URL.createObjectURL(new Blob([bytes], { type: "application/octet-stream" }));
    make("a", { href: url, download: name }).click();
    // The browser has its own copy by then; revoking in this turn would be too early for some.
    setTimeout(() => URL.revokeObjectURL(url), SHOWN_MS);
  };
  return make("button", { type: "button", class: "small", onclick: () => void save() }, label);
}

export interface Download {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer> | string;
}
