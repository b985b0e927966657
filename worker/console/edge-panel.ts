/** The second tab: keys from the edge API, wrapped to a key of this page. The token is kept in its field and nowhere else. */
import { type Asked, askFields } from "./ask-fields.ts";
import { decisionView } from "./decision-view.ts";
import { callEdge, decisionAnswer, EdgeProblem, keyAnswer, type ProblemBody, policyAnswer } from "./edge-client.ts";
import { type Child, focusOn, make } from "./element.ts";
import { sentence } from "./failure.ts";
import { inputField } from "./field.ts";
import { notice } from "./notice.ts";
import type { Panel } from "./panel.ts";
import { resultView } from "./result-view.ts";

const TICK_MS = 1000;

export function edgePanel(root: HTMLElement): Panel {
  const token = inputField(
    {
      id: "edge-token",
      label: "Token",
      hint: "npm start prints the development token. It is kept in this field only.",
    },
    { type: "password", autocomplete: "off", spellcheck: "false" },
  );
  const ask = askFields("edge");
  const decision = decisionView("edge", "Not asked yet.");
  const problem = notice();
  const waiting = waitingView();
  const policy = policyView();
  const askKey = make("button", { type: "submit", class: "primary" }, "Ask for the key");
  const askDecision = make("button", { type: "button" }, "Ask for a decision");
  const askPolicy = make("button", { type: "button" }, "Show the policy in force");
  const result = resultView("edge", () => askKey.focus());
  const buttons = [askKey, askDecision, askPolicy];
  const form = make(
    "form",
    { class: "desk", novalidate: true, autocomplete: "off" },
    make(
      "div",
      { class: "form" },
      make(
        "section",
        { class: "group", "aria-labelledby": "edge-who" },
        make("h3", { id: "edge-who" }, "Who asks"),
        token.root,
      ),
      make(
        "section",
        { class: "group", "aria-labelledby": "edge-what" },
        make("h3", { id: "edge-what" }, "The key"),
        ask.algorithm.root,
        ask.purpose.root,
        ask.classification.root,
        ask.protectUntil.root,
      ),
    ),
    make(
      "div",
      { class: "aside" },
      decision.root,
      problem.root,
      make("div", { class: "actions" }, ...buttons),
      waiting.root,
    ),
  );
  root.append(
    make(
      "p",
      { class: "lead" },
      "The service makes the key under its own policy and sends it wrapped to a key that this page makes for the one request.",
    ),
    form,
    policy.root,
    result.root,
  );

  const readToken = (): string | undefined => {
    const value = token.control.value.trim();
    const isToken = /^[\x21-\x7e]+$/.test(value);
    token.complain(
      isToken
        ? undefined
        : value === ""
          ? "Paste the token first."
          : "A token has no spaces and no letters beyond ASCII.",
    );
    return isToken ? value : undefined;
  };
  const firstComplaint = (): void => form.querySelector<HTMLElement>("[aria-invalid]")?.focus();

  let asking: AbortController | undefined;
  waiting.cancel.addEventListener("click", () => asking?.abort());

  /** One request at a time; whatever comes of it ends in the page. */
  const during = async (work: (token: string, signal: AbortSignal) => Promise<void>): Promise<void> => {
    const given = readToken();
    if (given === undefined || asking !== undefined) return firstComplaint();
    asking = new AbortController();
    problem.clear();
    ask.clearComplaints();
    for (const button of buttons) button.disabled = true;
    waiting.start();
    try {
      await work(given, asking.signal);
    } catch (error) {
      const { aborted } = asking.signal;
      release();
      if (aborted) problem.show("Cancelled.", "Everything in the form is as it was.");
      else showFailure(error);
    } finally {
      release();
    }
  };
  const release = (): void => {
    asking = undefined;
    for (const button of buttons) button.disabled = false;
    waiting.end();
  };

  const showFailure = (error: unknown): void => {
    if (!(error instanceof EdgeProblem)) {
      const message = error instanceof Error ? error.message : String(error);
      problem.show(sentence(message), "Ask again; nothing in the form was lost.");
      return;
    }
    const { problem: body } = error;
    for (const { pointer, detail } of body.errors) ask.complain(pointer, sentence(detail));
    if (body.status === 401) token.complain(sentence(body.detail));
    const { policy: by, broken, warnings } = body;
    if (by !== undefined) decision.show({ allowed: false, broken, warnings, obligations: [], policy: by });
    problem.show(`${body.status}: ${body.title}.`, sentence(body.detail), ...wayOn(body));
  };

  const makeKey = async (asked: Asked, given: string, signal: AbortSignal): Promise<void> => {
    result.clear();
    const { makeRecipient, openAnswer, publicJwk } = await import("./edge-key.ts");
    const recipient = await makeRecipient();
    const body = { ...asked, recipient: await publicJwk(recipient) };
    const answer = await callEdge({ token: given, method: "POST", path: "/v1/keys", body, signal }, keyAnswer);
    const held = await openAnswer(asked.algorithm, answer, recipient, policy.digest);
    release();
    result.show(held);
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const asked = ask.read();
    if (asked === undefined) firstComplaint();
    else void during((given, signal) => makeKey(asked, given, signal));
  });
  askDecision.addEventListener("click", () => {
    const body = ask.read();
    if (body === undefined) return firstComplaint();
    void during(async (given, signal) => {
      const answer = await callEdge(
        { token: given, method: "POST", path: "/v1/decisions", body, signal },
        decisionAnswer,
      );
      decision.show(answer);
      decision.focus();
    });
  });
  askPolicy.addEventListener("click", () => {
    void during(async (given, signal) => {
      policy.show(await callEdge({ token: given, method: "GET", path: "/v1/policy", signal }, policyAnswer));
    });
  });

  return {
    hideSecret: result.hideSecret,
    leave: () => {
      asking?.abort();
      token.control.value = "";
      result.clear();
    },
  };
}

/** What a problem adds to its sentence: where the bad field is, or what to do about the status. */
function wayOn({ status, errors }: ProblemBody): Child[] {
  if (status === 401) return [make("p", {}, "Paste the token that npm start printed, or that your operator gave you.")];
  if (status === 403) return [make("p", {}, "The broken rules are listed under Decision.")];
  return errors.map(({ pointer }) =>
    make("p", {}, "The field at ", make("code", {}, pointer === "" ? "(the whole body)" : pointer)),
  );
}

function waitingView() {
  const cancel = make("button", { type: "button", class: "small" }, "Cancel");
  const seconds = make("span", { class: "tabular" });
  const root = make(
    "div",
    { class: "waiting" },
    make("p", {}, make("span", { role: "status" }, "Waiting for the service"), seconds),
    cancel,
  );
  root.hidden = true;
  let timer: ReturnType<typeof setInterval> | undefined;
  return {
    root,
    cancel,
    start: () => {
      let passed = 0;
      seconds.textContent = "";
      timer = setInterval(() => {
        seconds.textContent = ` · ${++passed} s`;
      }, TICK_MS);
      root.hidden = false;
      cancel.focus();
    },
    end: () => {
      clearInterval(timer);
      root.hidden = true;
    },
  };
}

interface PolicyInForce {
  readonly environment: string;
  readonly tenant: string;
  readonly digest: string;
  readonly policy: unknown;
}

function policyView() {
  const root = make("section", { class: "card policy", "aria-labelledby": "edge-policy" });
  let digest: string | undefined;
  root.hidden = true;
  return {
    root,
    /** What a record is compared with, once it was shown. */
    digest: () => digest,
    show: ({ environment, tenant, digest: shown, policy }: PolicyInForce) => {
      digest = shown;
      const heading = make("h3", { id: "edge-policy" }, "The policy in force");
      root.replaceChildren(
        heading,
        make(
          "p",
          {},
          `For ${environment}, tenant ${tenant}. Records name it by `,
          make("code", { class: "break" }, shown),
          ".",
        ),
        make(
          "pre",
          { class: "material", tabindex: 0, role: "region", "aria-label": "Policy document" },
          JSON.stringify(policy, undefined, 2),
        ),
      );
      root.hidden = false;
      focusOn(heading);
    },
  };
}
