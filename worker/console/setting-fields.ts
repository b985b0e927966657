/** Under which rules: the environment, and a profile, the sample policy or a pasted document. */
import sample from "../policies/development.json";
import { make } from "./element.ts";
import { choiceField, selectField, textField } from "./field.ts";
import type { Setting } from "./messages.ts";

const SAMPLE = "sample";
const PASTED = "pasted";

export interface SettingFields {
  readonly root: HTMLElement;
  /** The setting, or undefined when the pasted text is not JSON; the field then says so. */
  read(): Setting | undefined;
  /** The classifications that the chosen document knows. */
  classifications(): readonly string[];
  /** Puts a complaint about the document beside the pasted text; false if none is pasted. */
  complain(text: string | undefined): boolean;
}

export function settingFields(prefix: string): SettingFields {
  const environment = choiceField(`${prefix}-environment`, "Environment", [
    { value: "development", text: "development" },
    { value: "test", text: "test" },
  ] as const);
  const policy = selectField(
    {
      id: `${prefix}-policy`,
      label: "Policy",
      hint: "Each key is made under the policy that is chosen here, and its record names it.",
    },
    [
      { value: "nist", text: "nist", group: "Profiles" },
      { value: "cnsa-2", text: "cnsa-2", group: "Profiles" },
      { value: "open", text: "open", group: "Profiles" },
      { value: SAMPLE, text: "the sample development policy", group: "Documents" },
      { value: PASTED, text: "a document that I paste", group: "Documents" },
    ],
  );
  const pasted = textField(
    { id: `${prefix}-document`, label: "Policy document (JSON)", hint: "It stays in this page." },
    { rows: "8", spellcheck: "false", autocomplete: "off" },
  );
  pasted.root.hidden = true;
  policy.control.addEventListener("change", () => {
    pasted.root.hidden = policy.control.value !== PASTED;
    // A document to start from is of more use than an empty field.
    if (!pasted.root.hidden && pasted.control.value === "") pasted.control.value = JSON.stringify(sample, undefined, 2);
  });

  const document = (): { readonly policy: unknown } | undefined => {
    const { value } = policy.control;
    if (value === SAMPLE) return { policy: sample };
    if (value !== PASTED) return { policy: value };
    try {
      const parsed: unknown = JSON.parse(pasted.control.value);
      pasted.complain(undefined);
      return { policy: parsed };
    } catch (error) {
      pasted.complain(`This is not JSON: ${error instanceof Error ? error.message : String(error)}`);
      return undefined;
    }
  };
  return {
    root: make("div", { class: "fields" }, environment.root, policy.root, pasted.root),
    read: () => {
      const read = document();
      return read === undefined ? undefined : { ...read, environment: environment.value() };
    },
    classifications: () => classificationsOf(document()?.policy),
    complain: (text) => {
      if (policy.control.value !== PASTED) return false;
      pasted.complain(text);
      return true;
    },
  };
}

/** Only a hint for the form, so a document of another shape has none; opening it says what is wrong. */
function classificationsOf(policy: unknown): readonly string[] {
  if (typeof policy !== "object" || policy === null || !("classifications" in policy)) return [];
  const { classifications } = policy;
  return typeof classifications === "object" && classifications !== null ? Object.keys(classifications) : [];
}
