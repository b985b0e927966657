/** Fields that belong together, under a heading. */
import { make } from "./element.ts";

export function group(id: string, title: string, ...fields: readonly HTMLElement[]): HTMLElement {
  const heading = make("h3", { id: `${id}-heading` }, title);
  return make("section", { class: "group", "aria-labelledby": heading.id }, heading, ...fields);
}
