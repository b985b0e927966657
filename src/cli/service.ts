/** The conversation of `keywright request` with a service: one question, and an answer or the reason why there is none. */
import { type Rule, ServiceProblem, UsageError } from "./exit.ts";

export interface Answer {
  readonly record: unknown;
  readonly publicKey: unknown;
  readonly wrapped: string;
  /** Of the wrapping; those of the decision are in the record. */
  readonly warnings?: unknown;
}

/** What Cloudflare lets a Worker compute at the most (`limits.cpu_ms`), so no search takes longer; nor does fetch wait. */
const TIMEOUT_MS = 300_000;

/** What a header may hold (RFC 6750, 2.1, and what the Worker takes). The error does not repeat it. */
export function readToken(token: string | undefined): string {
  if (token === undefined || token === "") throw new UsageError("the environment variable KEYWRIGHT_TOKEN is not set");
  if (/^[\x21-\x7e]+$/.test(token)) return token;
  throw new UsageError(
    "the environment variable KEYWRIGHT_TOKEN must hold the token alone: it has a space, a line break or a character that is not ASCII",
  );
}

export async function askService(url: URL, token: string, body: object, timeoutMs = TIMEOUT_MS): Promise<Answer> {
  let response: Response;
  let text: string;
  try {
    response = await fetch(url, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: JSON.stringify(body),
      redirect: "manual", // the token is for the address that was given, and a redirected POST may become a GET
      signal: AbortSignal.timeout(timeoutMs),
    });
    text = await response.text();
  } catch (cause) {
    throw new Error(`no answer from ${url.origin}${whyNone(cause, timeoutMs)}`, { cause });
  }
  return readAnswer(response, text, url);
}

function whyNone(error: unknown, timeoutMs: number): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const why = cause instanceof Error && "code" in cause ? cause.code : undefined;
  const isLate = error instanceof Error && error.name === "TimeoutError";
  // fetch has limits of its own, on the wait for the first and for each later part of an answer.
  if (isLate || why === "UND_ERR_HEADERS_TIMEOUT" || why === "UND_ERR_BODY_TIMEOUT") {
    return ` within ${timeoutMs / 1000} seconds`;
  }
  if (why === "ECONNREFUSED") return " (ECONNREFUSED); is the service running there?";
  return ` (${typeof why === "string" ? why : cause instanceof Error ? cause.message : cause})`;
}

function readAnswer({ status, ok, headers }: Response, text: string, url: URL): Answer {
  if (status >= 300 && status < 400) {
    const to = headers.get("location") ?? "nowhere";
    throw new Error(`${url.origin} sends the request on to ${to} (${status}); --url must be the service's own address`);
  }
  const answer = readObject(text);
  if (ok && typeof answer?.wrapped === "string") return answer as unknown as Answer;
  if (!ok && [answer?.detail, answer?.title].some((words) => typeof words === "string")) {
    throw new ServiceProblem(status, answer ?? {});
  }
  const what = headers.get("content-type") ?? "of no type";
  throw new Error(`the answer of ${url} is not that of a Keywright service (status ${status}, ${what})`);
}

function readObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return value instanceof Object ? { ...value } : undefined;
  } catch {
    return undefined; // the parser's words would quote the answer
  }
}

export function warningsOf({ warnings }: Answer): readonly Rule[] {
  const isWarning = (one: Partial<Rule> | null): one is Rule =>
    [one?.id, one?.source, one?.why].every((text) => typeof text === "string");
  return Array.isArray(warnings) ? warnings.filter(isWarning) : [];
}
