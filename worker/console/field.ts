/** Form fields with a real label, a hint and a place for a complaint, all tied together for assistive technology. */
import { type Child, make } from "./element.ts";

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

export interface Field<C extends Control> {
  readonly root: HTMLElement;
  readonly control: C;
  hint(text: string): void;
  /** Says what is wrong with the field; undefined takes it back. */
  complain(text: string | undefined): void;
}

interface Labels {
  readonly id: string;
  readonly label: string;
  readonly hint?: string;
}

function field<C extends Control>(control: C, { id, label, hint = "" }: Labels, ...more: readonly Child[]): Field<C> {
  const hintLine = make("p", { class: "hint", id: `${id}-hint` }, hint);
  const complaint = make("p", { class: "complaint", id: `${id}-complaint` });
  complaint.hidden = true;
  hintLine.hidden = hint === "";
  control.id = id;
  control.setAttribute("aria-describedby", `${hintLine.id} ${complaint.id}`);
  return {
    root: make("div", { class: "field" }, make("label", { for: id }, label), control, ...more, hintLine, complaint),
    control,
    hint: (text) => {
      hintLine.textContent = text;
      hintLine.hidden = text === "";
    },
    complain: (text) => {
      complaint.textContent = text ?? "";
      complaint.hidden = text === undefined;
      if (text === undefined) control.removeAttribute("aria-invalid");
      else control.setAttribute("aria-invalid", "true");
    },
  };
}

export interface Option {
  readonly value: string;
  readonly text: string;
  /** Under which heading of the list. */
  readonly group?: string;
}

export function selectField(labels: Labels, options: readonly Option[]): Field<HTMLSelectElement> {
  const select = make("select");
  for (const { value, text, group } of options) {
    const option = make("option", { value }, text);
    if (group === undefined) select.append(option);
    else groupOf(select, group).append(option);
  }
  return field(select, labels);
}

function groupOf(select: HTMLSelectElement, label: string): HTMLOptGroupElement {
  const last = select.lastElementChild;
  if (last instanceof HTMLOptGroupElement && last.label === label) return last;
  const group = make("optgroup", { label });
  select.append(group);
  return group;
}

export function inputField(labels: Labels, attributes: Readonly<Record<string, string>>): Field<HTMLInputElement> {
  return field(make("input", attributes), labels);
}

/** An input that offers `suggestions` and takes anything. */
export function suggestField(labels: Labels): Field<HTMLInputElement> & { suggest(values: readonly string[]): void } {
  const list = make("datalist", { id: `${labels.id}-list` });
  const input = make("input", { type: "text", autocomplete: "off", spellcheck: "false", list: list.id });
  const made = field(input, labels, list);
  return { ...made, suggest: (values) => list.replaceChildren(...values.map((value) => make("option", { value }))) };
}

export function textField(labels: Labels, attributes: Readonly<Record<string, string>>): Field<HTMLTextAreaElement> {
  return field(make("textarea", attributes), labels);
}

export interface Choice<V extends string> {
  readonly root: HTMLFieldSetElement;
  value(): V;
}

/** Radio buttons under a legend; the first is chosen. */
export function choiceField<V extends string>(
  name: string,
  legend: string,
  options: readonly { readonly value: V; readonly text: string; readonly hint?: string }[],
): Choice<V> {
  const inputs = options.map(({ value }, i) =>
    make("input", { type: "radio", name, value, id: `${name}-${value}`, checked: i === 0 }),
  );
  const rows = options.map(({ value, text, hint }, i) => {
    const words = make("span", {}, text, ...(hint === undefined ? [] : [make("small", {}, hint)]));
    return make("label", { class: "choice", for: `${name}-${value}` }, inputs[i] ?? "", words);
  });
  return {
    root: make("fieldset", { class: "choices" }, make("legend", {}, legend), ...rows),
    value: () => {
      const chosen = options[inputs.findIndex((input) => input.checked)] ?? options[0];
      if (chosen === undefined) throw new RangeError(`the choice ${name} has no options`);
      return chosen.value;
    },
  };
}
