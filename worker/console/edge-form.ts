/** The form of the second tab: who asks, and for which key. The token is kept in its field and nowhere else. */
import { algorithmNames } from "#keywright";
import { registry } from "../../src/algorithms/registry.ts";
import { type Asked, type AskFields, askFields } from "./ask-fields.ts";
import type { ProblemBody } from "./edge-client.ts";
import { make } from "./element.ts";
import { sentence } from "./failure.ts";
import { type Field, inputField } from "./field.ts";
import { group } from "./group.ts";

/** What the service can answer with: it wraps keys as JWK, and not every algorithm has that form. */
const wrappable = algorithmNames.filter((name) => (registry[name].formats as readonly string[]).includes("jwk"));

function tokenField(): Field<HTMLInputElement> {
  const hint = "npm start prints the development token. It is kept in this field only.";
  const attributes = { type: "password", autocomplete: "off", spellcheck: "false" };
  return inputField({ id: "edge-token", label: "Token", hint }, attributes);
}

export class EdgeForm {
  readonly root: HTMLFormElement;
  readonly askKey = make("button", { type: "submit", class: "primary" }, "Ask for the key");
  readonly askDecision = make("button", { type: "button" }, "Ask for a decision");
  readonly askPolicy = make("button", { type: "button" }, "Show the policy in force");
  readonly #token = tokenField();
  readonly #ask: AskFields = askFields("edge", wrappable);
  readonly #key: HTMLElement;

  /** `answers` stand below the buttons: above them they would move them, and a press under way would be lost. */
  constructor(answers: readonly HTMLElement[]) {
    const { algorithm, purpose, classification, protectUntil } = this.#ask;
    const actions = make("div", { class: "actions" }, this.askKey, this.askDecision, this.askPolicy);
    this.#key = group("edge-key", "The key", algorithm.root, purpose.root, classification.root, protectUntil.root);
    this.root = make(
      "form",
      { class: "desk", novalidate: true, autocomplete: "off" },
      make("div", { class: "form" }, group("edge-who", "Who asks", this.#token.root), this.#key),
      make("div", { class: "aside" }, actions, ...answers),
    );
  }

  /** The key that is asked for; undefined while a field cannot be read, which then says so and has the focus. */
  readAsk(): Asked | undefined {
    return this.#ask.read() ?? this.#focusComplaint();
  }

  /** As above, for the token. */
  readToken(): string | undefined {
    const token = this.#token.control.value.trim();
    const isToken = /^[\x21-\x7e]+$/.test(token);
    const complaint = token === "" ? "Paste the token first." : "A token has no spaces, and ASCII characters only.";
    this.#token.complain(isToken ? undefined : complaint);
    return isToken ? token : this.#focusComplaint();
  }

  /** When another key is described than before; the token describes none. */
  onChange(listener: () => void): void {
    this.#key.addEventListener("input", listener);
  }

  clearToken(): void {
    this.#token.control.value = "";
  }

  clearComplaints(): void {
    this.#ask.clearComplaints();
  }

  /** Puts what a problem says of a field beside that field. */
  complain({ status, detail, errors }: ProblemBody): void {
    for (const error of errors) this.#ask.complain(error.pointer, sentence(error.detail));
    if (status === 401) this.#token.complain(sentence(detail));
  }

  lock(isLocked: boolean): void {
    for (const button of [this.askKey, this.askDecision, this.askPolicy]) button.disabled = isLocked;
  }

  #focusComplaint(): undefined {
    this.root.querySelector<HTMLElement>("[aria-invalid]")?.focus();
  }
}
