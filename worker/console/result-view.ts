/** A new key with everything about it. One at a time: the next one, once it is there, or leaving the page, ends it. */
import { focusOn, make } from "./element.ts";
import type { HeldKey } from "./held-key.ts";
import { type HiddenKeyView, hiddenKeyView, publicKeyView } from "./key-view.ts";
import { recordView } from "./record-view.ts";
import { replaceQuestion } from "./replace-question.ts";
import { copyButton } from "./take.ts";
import { useView } from "./use-view.ts";

export interface ResultView {
  readonly root: HTMLElement;
  /** Stands by the button that asks for a key. */
  readonly question: HTMLElement;
  /** Asks for the next key: at once, or once the user let go of one that was not taken out of the page. */
  replace(askNext: () => void): void;
  show(held: HeldKey): void;
  /** Takes a shown private or secret key off the page; it is still held. */
  hideSecret(): void;
  /** Wipes the key and takes everything about it off the page. */
  clear(): void;
}

interface Current {
  readonly held: HeldKey;
  readonly hidden: HiddenKeyView | undefined;
  /** Whether its user has it elsewhere. */
  isTaken: boolean;
}

/** `giveFocus` is called when what had the focus is gone: the user wiped the key, or decided to keep it. */
export function resultView(prefix: string, giveFocus: () => void): ResultView {
  const root = make("section", { class: "result", "aria-labelledby": `${prefix}-result` });
  const question = replaceQuestion(prefix, giveFocus);
  let current: Current | undefined;
  root.hidden = true;

  const clear = (): void => {
    current?.hidden?.hide();
    current?.held.forget();
    current = undefined;
    question.clear();
    root.replaceChildren();
    root.hidden = true;
  };
  const wipe = (): void => {
    clear();
    giveFocus();
  };
  const take = (): void => {
    if (current !== undefined) current.isTaken = true;
    question.clear();
  };
  const replace = (askNext: () => void): void => {
    if (current === undefined || current.isTaken) askNext();
    else question.ask(current.held, askNext);
  };
  const show = (held: HeldKey): void => {
    clear();
    const hidden = held.use === undefined ? hiddenKeyView(prefix, held, take) : undefined;
    current = { held, hidden, isTaken: false };
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
  return { root, question: question.root, replace, show, clear, hideSecret: () => current?.hidden?.hide() };
}
