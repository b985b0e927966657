/** Building the page's elements. Text is only ever set as text, never parsed as markup. */

type Value = string | number | boolean | undefined | ((event: Event) => void);
type Attributes = Readonly<Record<string, Value>>;
export type Child = Node | string;

/** A function under `onclick` and the like becomes a listener: the page's CSP forbids handlers as attributes. */
function apply(node: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") node.addEventListener(name.slice("on".length), value);
    else if (value !== undefined && value !== false) node.setAttribute(name, value === true ? "" : String(value));
  }
}

export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const node = document.createElement(tag);
  apply(node, attributes);
  node.append(...children);
  return node;
}

export function draw<K extends keyof SVGElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): SVGElementTagNameMap[K] {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  apply(node, attributes);
  node.append(...children);
  return node;
}

/** Of a part that shows what it is; in the outline of the page it needs the words. */
export function hiddenHeading(text: string): HTMLElement {
  return make("h2", { class: "visually-hidden" }, text);
}

/** Moves the focus to something that is not a control, such as the heading of what has just appeared. */
export function focusOn(node: HTMLElement): void {
  node.tabIndex = -1;
  node.focus();
}
