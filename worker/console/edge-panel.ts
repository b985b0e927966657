/** The second tab: keys from the edge API, wrapped to a key of this page. */
import type { Asked } from "./ask-fields.ts";
import { decisionView, type ShownDecision } from "./decision-view.ts";
import { callEdge, decisionAnswer, EdgeProblem, keyAnswer, type ProblemBody, policyAnswer } from "./edge-client.ts";
import { EdgeForm } from "./edge-form.ts";
import { type Child, hiddenHeading, make } from "./element.ts";
import { sentence } from "./failure.ts";
import type { GenerationClient } from "./generation-client.ts";
import { notice } from "./notice.ts";
import type { Panel } from "./panel.ts";
import { policyView } from "./policy-view.ts";
import { resultView } from "./result-view.ts";
import { waitingView } from "./waiting-view.ts";

interface Door {
  readonly token: string;
  readonly signal: AbortSignal;
}

const lead =
  "The service makes the key under its own policy and sends it wrapped to a key that this page makes for the one request.";

export class EdgePanel implements Panel {
  readonly #client: GenerationClient;
  readonly #decision = decisionView("edge", "Not asked yet.");
  readonly #problem = notice();
  readonly #waiting = waitingView(() => this.#asking?.abort());
  readonly #result = resultView("edge", () => this.#giveFocus());
  readonly #form = new EdgeForm([this.#result.question, this.#waiting.root, this.#problem.root, this.#decision.root]);
  readonly #policy = policyView();
  #asking: AbortController | undefined;
  /** Whether the form describes another key than the request under way. */
  #isChanged = false;

  /** `client`: keys of the service are checked in the page's worker. */
  constructor(root: HTMLElement, client: GenerationClient) {
    this.#client = client;
    root.append(
      make("p", { class: "lead" }, lead),
      hiddenHeading("The request"),
      this.#form.root,
      this.#policy.root,
      this.#result.root,
    );
    this.#form.root.addEventListener("submit", (event) => {
      event.preventDefault();
      if (this.#form.readAsk() === undefined || this.#form.readToken() === undefined) return;
      this.#result.replace(() => this.#askKeyAsStated());
    });
    this.#form.onChange(() => {
      this.#isChanged = true;
      this.#decision.outdate();
    });
    this.#form.askDecision.addEventListener("click", () => {
      const asked = this.#form.readAsk();
      if (asked !== undefined) void this.#during((door) => this.#askDecision(asked, door), asked);
    });
    this.#form.askPolicy.addEventListener("click", () => void this.#during((door) => this.#askPolicy(door)));
  }

  hideSecret(): void {
    this.#result.hideSecret();
  }

  leave(): void {
    this.#asking?.abort();
    this.#form.clearToken();
    this.#result.clear();
  }

  #giveFocus(): void {
    if (this.#asking === undefined) this.#form.askKey.focus();
    else this.#waiting.focus();
  }

  /** By the form as it is now: it may have changed while it was asked whether a key may go. */
  #askKeyAsStated(): void {
    const asked = this.#form.readAsk();
    if (asked !== undefined) void this.#during((door) => this.#askKey(asked, door), asked);
  }

  async #askKey(asked: Asked, door: Door): Promise<void> {
    const { makeRecipient, openAnswer, publicJwk } = await import("./edge-key.ts");
    const recipient = await makeRecipient(asked.algorithm);
    const body = { ...asked, recipient: await publicJwk(recipient) };
    const answer = await callEdge({ ...door, method: "POST", path: "/v1/keys", body }, keyAnswer);
    const held = await openAnswer(asked.algorithm, answer, recipient, {
      checkPair: (ask) => this.#client.call("pair", ask, { signal: door.signal }),
      policyDigest: this.#policy.digest,
    });
    if (door.signal.aborted) held.forget(); // it ended while the answer was opened
    door.signal.throwIfAborted();
    this.#result.show(held);
  }

  async #askDecision(body: Asked, door: Door): Promise<void> {
    const answer = await callEdge({ ...door, method: "POST", path: "/v1/decisions", body }, decisionAnswer);
    this.#showDecision(answer, body);
    this.#decision.focus();
  }

  #showDecision(decision: ShownDecision, { algorithm }: Asked): void {
    this.#decision.show(decision, { algorithm });
    if (this.#isChanged) this.#decision.outdate();
  }

  async #askPolicy(door: Door): Promise<void> {
    this.#policy.show(await callEdge({ ...door, method: "GET", path: "/v1/policy" }, policyAnswer));
  }

  /** One request at a time; whatever comes of it ends in the page. `asked`: the key that it is about, if it is. */
  async #during(work: (door: Door) => Promise<void>, asked?: Asked): Promise<void> {
    const token = this.#form.readToken();
    if (token === undefined || this.#asking !== undefined) return;
    const { signal } = this.#begin();
    try {
      await work({ token, signal });
      this.#end();
    } catch (error) {
      this.#end();
      if (signal.aborted) this.#problem.show("Cancelled.", "Everything here is as it was.");
      else this.#showFailure(error, asked);
    }
  }

  #begin(): AbortController {
    const asking = new AbortController();
    this.#asking = asking;
    this.#isChanged = false;
    this.#problem.clear();
    this.#form.clearComplaints();
    this.#form.lock(true);
    this.#waiting.start();
    return asking;
  }

  #end(): void {
    this.#asking = undefined;
    this.#form.lock(false);
    this.#waiting.end();
  }

  #showFailure(error: unknown, asked: Asked | undefined): void {
    if (!(error instanceof EdgeProblem)) {
      const message = error instanceof Error ? error.message : String(error);
      this.#problem.show(sentence(message), "Ask again; nothing in the form was lost.");
      return;
    }
    const { problem } = error;
    const { policy, broken, warnings } = problem;
    this.#form.complain(problem);
    if (policy !== undefined && asked !== undefined) {
      this.#showDecision({ allowed: false, broken, warnings, obligations: [], policy }, asked);
    }
    this.#problem.show(`${problem.status}: ${problem.title}.`, sentence(problem.detail), ...wayOn(problem));
  }
}

/** What a problem adds to its sentence: what to do about its status, or where the bad field is. */
function wayOn({ status, errors }: ProblemBody): Child[] {
  if (status === 401) return [make("p", {}, "Paste the token that npm start printed, or that your operator gave you.")];
  if (status === 403) return [make("p", {}, "The broken rules are listed under Decision.")];
  return errors.map(({ pointer }) =>
    make("p", {}, "The field is ", make("code", {}, pointer === "" ? "the whole body" : pointer), "."),
  );
}
