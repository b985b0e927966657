/** Taking something out of the page: onto the clipboard, or into a file. */
import { make } from "./element.ts";

const SHOWN_MS = 2000;

/** A button beside a line that says, and speaks, whether it worked. */
export function copyButton(
  label: string,
  text: () => string | Promise<string>,
  onCopied: () => void = () => undefined,
): HTMLElement {
  const status = make("span", { class: "copied", role: "status" });
  let shown: ReturnType<typeof setTimeout> | undefined;
  const tell = (outcome: string): void => {
    status.textContent = outcome;
    clearTimeout(shown);
    shown = setTimeout(() => status.replaceChildren(), SHOWN_MS);
  };
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(await text());
      tell("Copied");
      onCopied();
    } catch {
      tell("Not allowed here: select it and copy by hand");
    }
  };
  const button = make("button", { type: "button", class: "small", onclick: () => void copy() }, label);
  return make("span", { class: "copy" }, button, status);
}

/** Bytes are wiped once the file has them. `fail` is told why there is no file. */
export function downloadButton(
  label: string,
  content: () => Download | Promise<Download>,
  fail: (error: unknown) => void = () => undefined,
): HTMLButtonElement {
  const save = async (): Promise<void> => {
    const { name, bytes } = await content();
    const url = URL.createObjectURL(new Blob([bytes], { type: "application/octet-stream" }));
    if (typeof bytes !== "string") bytes.fill(0); // the blob has a copy of its own
    make("a", { href: url, download: name }).click();
    // The browser has its own copy by then; revoking in this turn would be too early for some.
    setTimeout(() => URL.revokeObjectURL(url), SHOWN_MS);
  };
  return make("button", { type: "button", class: "small", onclick: () => void save().catch(fail) }, label);
}

export interface Download {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer> | string;
}
