/** A new key with everything about it. One at a time: a new one, or leaving the page, ends the one before. */
import { focusOn, make } from "./element.ts";
import type { HeldKey } from "./held-key.ts";
import { type HiddenKeyView, hiddenKeyView, publicKeyView } from "./key-view.ts";
import { recordView } from "./record-view.ts";
import { copyButton } from "./take.ts";
import { useView } from "./use-view.ts";

export interface ResultView {
  readonly root: HTMLElement;
  show(held: HeldKey): void;
  /** Takes a shown private or secret key off the page; it is still held. */
  hideSecret(): void;
  /** Wipes the key and takes everything about it off the page. */
  clear(): void;
}

/** `onWiped` is told when the user wiped the key, to give the focus a place. */
export function resultView(prefix: string, onWiped: () => void): ResultView {
  const root = make("section", { class: "result", "aria-labelledby": `${prefix}-result` });
  let current: { readonly held: HeldKey; readonly hidden: HiddenKeyView | undefined } | undefined;
  root.hidden = true;

  const clear = (): void => {
    current?.hidden?.hide();
    current?.held.forget();
    current = undefined;
    root.replaceChildren();
    root.hidden = true;
  };
  const wipe = (): void => {
    clear();
    onWiped();
  };
  const show = (held: HeldKey): void => {
    clear();
    const hidden = held.use === undefined ? hiddenKeyView(prefix, held) : undefined;
    current = { held, hidden };
    const keyId = held.record.subject[0].name;
    const heading = make("h2", { id: `${prefix}-result` }, held.algorithm);
    root.append(
      make(
        "header",
        { class: "label" },
        make("div", {}, heading, make("p", { class: "key-id" }, "Key id ", make("code", {}, keyId))),
        make(
          "div",
          { class: "actions" },
          copyButton("Copy key id", () => keyId),
          make(
            "button",
            { type: "button", class: "small", onclick: wipe },
            held.use === undefined ? "Wipe this key" : "Forget this key",
          ),
        ),
      ),
      make(
        "div",
        { class: "keys" },
        ...(held.publicKey === undefined ? [] : [publicKeyView(prefix, keyId, held.publicKey)]),
        ...(hidden === undefined ? [] : [hidden.root]),
        ...(held.use === undefined ? [] : [useView(prefix, held, held.use)]),
      ),
      recordView(prefix, held),
    );
    root.hidden = false;
    focusOn(heading);
  };
  return { root, show, clear, hideSecret: () => current?.hidden?.hide() };
}
