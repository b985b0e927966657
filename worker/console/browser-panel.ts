/** The first tab: keys made in this browser. The decision follows the form; the key is made in the worker. */
import { askFields } from "./ask-fields.ts";
import { decisionView } from "./decision-view.ts";
import { make } from "./element.ts";
import { explain, failureOf } from "./failure.ts";
import { choiceField } from "./field.ts";
import type { GenerationClient } from "./generation-client.ts";
import type { HeldKey } from "./held-key.ts";
import type { Ask, MadeKey, Setting } from "./messages.ts";
import { notice } from "./notice.ts";
import type { Panel } from "./panel.ts";
import { progressView } from "./progress-view.ts";
import { resultView } from "./result-view.ts";
import { settingFields } from "./setting-fields.ts";

/** Typing is over when nothing was typed for this long. */
const SETTLED_MS = 200;

interface Read {
  readonly setting: Setting;
  readonly ask: Ask;
}

export function browserPanel(root: HTMLElement, client: GenerationClient): Panel {
  const ask = askFields("here");
  const setting = settingFields("here");
  const reading = choiceField("here-extractable", "The finished key", [
    { value: "readable", text: "can be read", hint: "shown, copied and downloaded here" },
    { value: "sealed", text: "is sealed in this browser", hint: "a non-extractable CryptoKey: used, never read" },
  ] as const);
  const decision = decisionView("here", "The policy is being asked.");
  const generate = make("button", { type: "submit", class: "primary" }, "Make the key");
  const cancel = make("button", { type: "button" }, "Cancel");
  const progress = progressView(cancel);
  const problem = notice();
  const result = resultView("here", () => generate.focus());
  const fields = make(
    "fieldset",
    { class: "form" },
    group("here", "The key", ask.algorithm.root, reading.root),
    group("here-rules", "Under which rules", setting.root),
    group("here-use", "What it is for", ask.purpose.root, ask.classification.root, ask.protectUntil.root),
  );
  const form = make(
    "form",
    { class: "desk", novalidate: true, autocomplete: "off" },
    fields,
    make("div", { class: "aside" }, decision.root, problem.root, generate, progress.root),
  );
  root.append(
    make(
      "p",
      { class: "lead" },
      "The key is made in a worker of this page by the library itself, and is sent nowhere.",
    ),
    form,
    result.root,
  );

  const read = (): Read | undefined => {
    const asked = ask.read();
    const under = setting.read();
    if (asked === undefined || under === undefined) return undefined;
    return { setting: under, ask: { ...asked, extractable: reading.value() === "readable" } };
  };

  let asking = 0;
  const decide = async (): Promise<void> => {
    const turn = ++asking;
    const wanted = read();
    ask.classification.suggest(setting.classifications());
    if (wanted === undefined) {
      decision.showProblem("A field cannot be read.", "It says what is wrong.");
      return;
    }
    try {
      const decided = await client.call("decide", wanted);
      if (turn !== asking) return;
      setting.complain(undefined);
      decision.show(decided);
    } catch (error) {
      if (turn === asking) showUndecided(error);
    }
  };
  const showUndecided = (error: unknown): void => {
    const failure = failureOf(error);
    const { what, wayOn } = explain(failure);
    // A pasted document has its complaint beside it; said once is enough.
    const isTold = failure.code === "policy-invalid" && setting.complain(what);
    decision.showProblem(isTold ? "The policy document cannot be used." : what, wayOn);
  };

  let settled: ReturnType<typeof setTimeout> | undefined;
  form.addEventListener("input", () => {
    clearTimeout(settled);
    settled = setTimeout(() => void decide(), SETTLED_MS);
  });

  let making: AbortController | undefined;
  cancel.addEventListener("click", () => making?.abort());
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const wanted = read();
    if (wanted === undefined) form.querySelector<HTMLElement>("[aria-invalid]")?.focus();
    else if (making === undefined) void makeKey(wanted);
  });

  const makeKey = async (wanted: Read): Promise<void> => {
    making = new AbortController();
    result.clear();
    problem.clear();
    begin(wanted);
    try {
      const made = await client.call("generate", wanted, { signal: making.signal, onProgress: progress.show });
      end();
      result.show(heldByWorker(client, wanted.ask, made));
    } catch (error) {
      end();
      const failure = failureOf(error);
      const { what, wayOn } = explain(failure);
      if (failure.decision !== undefined) decision.show(failure.decision);
      problem.show(what, wayOn);
    }
  };
  const begin = ({ ask: { algorithm } }: Read): void => {
    fields.disabled = true;
    generate.hidden = true;
    progress.start(algorithm);
    cancel.focus();
  };
  const end = (): void => {
    making = undefined;
    fields.disabled = false;
    generate.hidden = false;
    progress.end();
  };

  void decide();
  return {
    hideSecret: result.hideSecret,
    leave: () => {
      making?.abort();
      result.clear();
    },
  };
}

function group(id: string, title: string, ...children: readonly HTMLElement[]): HTMLElement {
  return make(
    "section",
    { class: "group", "aria-labelledby": `${id}-group` },
    make("h3", { id: `${id}-group` }, title),
    ...children,
  );
}

function heldByWorker(
  client: GenerationClient,
  { algorithm, extractable }: Ask,
  { record, publicKey }: MadeKey,
): HeldKey {
  return {
    algorithm,
    record,
    publicKey,
    holder: "Until you ask for it, it stays in this page's worker.",
    use: extractable === false ? (ask) => client.call("use", ask) : undefined,
    reveal: (format) => client.call("reveal", { format }),
    check: (text) => client.call("check", { record: text }),
    forget: () => client.forget(),
  };
}
