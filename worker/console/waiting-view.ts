/** A request under way: how long it has taken, and how to end it. */
import { make } from "./element.ts";

const TICK_MS = 1000;

export interface WaitingView {
  readonly root: HTMLElement;
  start(): void;
  end(): void;
  /** On Cancel. */
  focus(): void;
}

export function waitingView(onCancel: () => void): WaitingView {
  const status = make("span", { role: "status" });
  const seconds = make("span", { class: "tabular" });
  const cancel = make("button", { type: "button", class: "small", onclick: onCancel }, "Cancel");
  const root = make("div", { class: "waiting" }, make("p", {}, status, seconds), cancel);
  let timer: ReturnType<typeof setInterval> | undefined;
  root.hidden = true;
  return {
    root,
    start: () => {
      let passed = 0;
      seconds.textContent = "";
      timer = setInterval(() => {
        seconds.textContent = ` · ${++passed} s`;
      }, TICK_MS);
      root.hidden = false;
      status.textContent = "Waiting for the service";
      cancel.focus();
    },
    focus: () => cancel.focus(),
    end: () => {
      clearInterval(timer);
      root.hidden = true;
      status.textContent = "";
    },
  };
}
