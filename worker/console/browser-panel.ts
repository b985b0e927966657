/** The first tab: keys made in this browser. The decision follows the form; the key is made in the worker. */
import { BrowserForm, type Wanted } from "./browser-form.ts";
import { decisionView } from "./decision-view.ts";
import { hiddenHeading, make } from "./element.ts";
import { explain, failureOf, sentence } from "./failure.ts";
import type { GenerationClient } from "./generation-client.ts";
import type { HeldKey } from "./held-key.ts";
import type { Ask, MadeKey } from "./messages.ts";
import { notice } from "./notice.ts";
import type { Panel } from "./panel.ts";
import { progressView } from "./progress-view.ts";
import { resultView } from "./result-view.ts";

/** Typing is over when nothing was typed for this long. */
const SETTLED_MS = 200;

export class BrowserPanel implements Panel {
  readonly #client: GenerationClient;
  readonly #decision = decisionView("here", "The policy is being asked.");
  readonly #problem = notice();
  readonly #progress = progressView(() => this.#making?.abort());
  readonly #result = resultView("here", () => this.#giveFocus());
  readonly #form = new BrowserForm([
    this.#result.question,
    this.#progress.root,
    this.#problem.root,
    this.#decision.root,
  ]);
  #making: AbortController | undefined;
  /** Counts the questions, so that a late answer does not overwrite a newer one. */
  #asked = 0;
  #settled: ReturnType<typeof setTimeout> | undefined;

  constructor(root: HTMLElement, client: GenerationClient) {
    this.#client = client;
    const lead = "The key is made in a worker of this page, and is sent nowhere.";
    root.append(make("p", { class: "lead" }, lead), hiddenHeading("The request"), this.#form.root, this.#result.root);
    this.#form.root.addEventListener("input", () => {
      clearTimeout(this.#settled);
      this.#settled = setTimeout(() => void this.#decide(), SETTLED_MS);
    });
    this.#form.root.addEventListener("submit", (event) => {
      event.preventDefault();
      if (this.#form.read() === undefined) this.#form.focusComplaint();
      else if (this.#making === undefined) this.#result.replace(() => this.#makeAsAsked());
    });
    void this.#decide();
  }

  hideSecret(): void {
    this.#result.hideSecret();
  }

  leave(): void {
    this.#making?.abort();
    this.#result.clear();
  }

  async #decide(): Promise<void> {
    const turn = ++this.#asked;
    const wanted = this.#form.read();
    this.#form.suggestClassifications();
    if (wanted === undefined) {
      this.#decision.showProblem("A field cannot be read.", "It says what is wrong.");
      return;
    }
    try {
      const { decision, obstacle } = await this.#client.call("decide", wanted);
      if (turn !== this.#asked) return;
      this.#form.complainOfPolicy(undefined);
      const { algorithm } = wanted.ask;
      this.#decision.show(decision, { algorithm, obstacle: obstacle && sentence(obstacle) });
    } catch (error) {
      if (turn === this.#asked) this.#showUndecided(error);
    }
  }

  #showUndecided(error: unknown): void {
    const failure = failureOf(error);
    const { what, wayOn } = explain(failure);
    // A pasted document has its complaint beside it; said once is enough.
    const isTold = failure.code === "policy-invalid" && this.#form.complainOfPolicy(what);
    this.#decision.showProblem(isTold ? "The policy document cannot be used." : what, wayOn);
  }

  #giveFocus(): void {
    if (this.#making === undefined) this.#form.submit.focus();
    else this.#progress.focus();
  }

  /** By the form as it is now: it may have changed while it was asked whether a key may go. */
  #makeAsAsked(): void {
    const wanted = this.#form.read();
    if (wanted === undefined) this.#form.focusComplaint();
    else void this.#make(wanted);
  }

  async #make(wanted: Wanted): Promise<void> {
    const making = new AbortController();
    this.#begin(making, wanted);
    try {
      const options = { signal: making.signal, onProgress: this.#progress.show };
      const made = await this.#client.call("generate", wanted, options);
      if (making.signal.aborted) this.#client.forget(made.record.subject[0].name); // the answer was on its way
      making.signal.throwIfAborted();
      this.#end();
      this.#result.show(heldByWorker(this.#client, wanted.ask, made));
    } catch (error) {
      this.#end();
      const failure = failureOf(error);
      const { what, wayOn } = explain(failure);
      if (failure.decision !== undefined) this.#decision.show(failure.decision, wanted.ask);
      this.#problem.show(what, wayOn);
    }
  }

  #begin(making: AbortController, { ask: { algorithm, provider = "core" } }: Wanted): void {
    this.#making = making;
    this.#problem.clear();
    this.#form.lock(true);
    this.#progress.start(algorithm, provider);
  }

  #end(): void {
    this.#making = undefined;
    this.#form.lock(false);
    this.#progress.end();
  }
}

function heldByWorker(
  client: GenerationClient,
  { algorithm, extractable }: Ask,
  { record, publicKey }: MadeKey,
): HeldKey {
  const keyId = record.subject[0].name;
  return {
    algorithm,
    record,
    publicKey,
    holder: "Until you ask for it, it stays in this page's worker.",
    use: extractable === false ? (ask) => client.call("use", { keyId, ask }) : undefined,
    reveal: (format) => client.call("reveal", { keyId, format }),
    check: (text) => client.call("check", { keyId, record: text }),
    forget: () => client.forget(keyId),
  };
}
