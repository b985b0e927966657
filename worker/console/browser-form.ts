/** The form of the first tab: which key, under which rules, for what. */
import type { Provider } from "#keywright";
import { type AskFields, askFields } from "./ask-fields.ts";
import { make } from "./element.ts";
import { type Choice, choiceField } from "./field.ts";
import { group } from "./group.ts";
import type { Ask, Setting } from "./messages.ts";
import { type SettingFields, settingFields } from "./setting-fields.ts";

export interface Wanted {
  readonly setting: Setting;
  readonly ask: Ask;
}

function providerChoice(): Choice<Provider> {
  return choiceField("here-provider", "Made by", [
    { value: "core", text: "this library", hint: "its own generator, seeded by the browser's" },
    { value: "platform", text: "this browser's WebCrypto", hint: "this library checks what it can see of the key" },
  ]);
}

function readingChoice(): Choice<"readable" | "sealed"> {
  return choiceField("here-extractable", "The finished key", [
    { value: "readable", text: "can be read", hint: "shown, copied and downloaded here" },
    { value: "sealed", text: "is sealed in this browser", hint: "a non-extractable CryptoKey: used, never read" },
  ]);
}

export class BrowserForm {
  readonly root: HTMLFormElement;
  readonly submit = make("button", { type: "submit", class: "primary" }, "Make the key");
  readonly #ask: AskFields = askFields("here");
  readonly #setting: SettingFields = settingFields("here");
  readonly #provider = providerChoice();
  readonly #reading = readingChoice();
  readonly #fields: HTMLFieldSetElement;

  /** `answers` stand below the button: above it they would move it, and a press under way would be lost. */
  constructor(answers: readonly HTMLElement[]) {
    const { algorithm, purpose, classification, protectUntil } = this.#ask;
    this.#fields = make(
      "fieldset",
      { class: "form" },
      group("here-key", "The key", algorithm.root, this.#provider.root, this.#reading.root),
      group("here-rules", "Under which rules", this.#setting.root),
      group("here-use", "What it is for", purpose.root, classification.root, protectUntil.root),
    );
    const aside = make("div", { class: "aside" }, this.submit, ...answers);
    this.root = make("form", { class: "desk", novalidate: true, autocomplete: "off" }, this.#fields, aside);
  }

  /** Undefined while a field cannot be read; that field then says so. */
  read(): Wanted | undefined {
    const asked = this.#ask.read();
    const setting = this.#setting.read();
    if (asked === undefined || setting === undefined) return undefined;
    return {
      setting,
      ask: { ...asked, provider: this.#provider.value(), extractable: this.#reading.value() === "readable" },
    };
  }

  suggestClassifications(): void {
    this.#ask.classification.suggest(this.#setting.classifications());
  }

  /** False if no document is pasted that could be complained of. */
  complainOfPolicy(text: string | undefined): boolean {
    return this.#setting.complain(text);
  }

  focusComplaint(): void {
    this.root.querySelector<HTMLElement>("[aria-invalid]")?.focus();
  }

  /** While a key is made, its request stays as it is. */
  lock(isLocked: boolean): void {
    this.#fields.disabled = isLocked;
    this.submit.hidden = isLocked;
  }
}
