/** Asked before a new key takes the place of one that would be gone with it. */
import { focusOn, make } from "./element.ts";
import type { HeldKey } from "./held-key.ts";

export interface ReplaceQuestion {
  readonly root: HTMLElement;
  ask(held: HeldKey, onReplace: () => void): void;
  clear(): void;
}

/** `onKept` is told of the answer no, to give the focus a place. */
export function replaceQuestion(prefix: string, onKept: () => void): ReplaceQuestion {
  const what = make("p", { id: `${prefix}-replace` });
  let replace: () => void = () => undefined;
  const clear = (): void => {
    root.hidden = true;
    replace = () => undefined;
  };
  const yes = (): void => {
    const act = replace;
    clear();
    act();
  };
  const no = (): void => {
    clear();
    onKept();
  };
  const root = make(
    "section",
    { class: "notice question", role: "group", "aria-labelledby": what.id },
    what,
    make("p", {}, "It is held until the new key is there, and is wiped then."),
    make(
      "div",
      { class: "actions" },
      make("button", { type: "button", class: "small", onclick: yes }, "Replace it"),
      make("button", { type: "button", class: "small", onclick: no }, "Keep it"),
    ),
  );
  root.hidden = true;
  return {
    root,
    ask: ({ algorithm, use }, onReplace) => {
      const why =
        use === undefined ? "was neither copied nor downloaded" : "is sealed: it can be used here, and nowhere else";
      what.replaceChildren(make("b", {}, `The ${algorithm} key below ${why}.`));
      replace = onReplace;
      root.hidden = false;
      focusOn(root);
    },
    clear,
  };
}
