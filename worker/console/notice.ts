/** A place where a failure is told: what happened, and the way on. */
import { type Child, focusOn, make } from "./element.ts";

export interface Notice {
  readonly root: HTMLElement;
  show(what: string, wayOn: string, ...more: readonly Child[]): void;
  clear(): void;
}

export function notice(): Notice {
  const root = make("div", { class: "notice", role: "alert" });
  root.hidden = true;
  return {
    root,
    show: (what, wayOn, ...more) => {
      root.replaceChildren(make("p", {}, make("b", {}, what)), make("p", {}, wayOn), ...more);
      root.hidden = false;
      focusOn(root);
    },
    clear: () => {
      root.replaceChildren();
      root.hidden = true;
    },
  };
}
