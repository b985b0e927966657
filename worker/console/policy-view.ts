/** The policy under which the service makes keys, as it was when it was asked for. */
import type { InferOutput } from "valibot";
import type { policyAnswer } from "./edge-client.ts";
import { focusOn, make } from "./element.ts";

export interface PolicyView {
  readonly root: HTMLElement;
  /** What a record is compared with, once the policy was shown. */
  digest(): string | undefined;
  show(answer: InferOutput<typeof policyAnswer>): void;
}

export function policyView(): PolicyView {
  const heading = make("h3", { id: "edge-policy" }, "The policy in force");
  const root = make("section", { class: "card policy", "aria-labelledby": heading.id });
  let known: string | undefined;
  root.hidden = true;
  return {
    root,
    digest: () => known,
    show: ({ environment, tenant, digest, policy }) => {
      known = digest;
      const named = make("code", { class: "break" }, digest);
      const document = { class: "material", tabindex: 0, role: "region", "aria-label": "Policy document" };
      root.replaceChildren(
        heading,
        make("p", {}, `For ${environment}, tenant ${tenant}. Records name it by its digest:`),
        make("p", {}, named),
        make("pre", document, JSON.stringify(policy, undefined, 2)),
      );
      root.hidden = false;
      focusOn(heading);
    },
  };
}
