/** Errors as RFC 9457 problem details: what was wrong and where, never a stack, never key bytes. */
import { KeygenError } from "#keywright";
import { PolicyRefusal } from "../src/policy/refusal.ts";

export interface FieldError {
  /** JSON Pointer (RFC 6901) of the bad field. */
  readonly pointer: string;
  readonly detail: string;
}

const titles: Readonly<Record<number, string>> = {
  400: "The request is not valid",
  401: "A bearer token is required",
  403: "The policy refuses this key",
  404: "There is nothing here",
  405: "The method is not allowed here",
  413: "The request is larger than 64 KiB",
  415: "The request must be application/json",
  429: "Too many requests",
  500: "The service failed",
  503: "The service cannot make keys now",
};

/** A failure with its HTTP status; what a route throws. */
export class Problem extends Error {
  readonly status: number;
  readonly members: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    detail: string,
    members: Record<string, unknown> = {},
    headers: Record<string, string> = {},
  ) {
    super(detail);
    this.status = status;
    this.members = members;
    this.headers = headers;
  }
}

export function badField(pointer: string, detail: string): Problem {
  const where = pointer === "" ? "" : `${pointer}: `; // the whole body has no name
  return new Problem(400, `${where}${detail}`, { errors: [{ pointer, detail } satisfies FieldError] });
}

export function missingField(pointer: string): Problem {
  return new Problem(400, `${pointer} is missing`, {
    errors: [{ pointer, detail: "is missing" } satisfies FieldError],
  });
}

export function respond({ status, message, members, headers }: Problem): Response {
  const title = titles[status] ?? "The request failed";
  return new Response(JSON.stringify({ type: "about:blank", title, status, detail: message, ...members }), {
    status,
    headers: {
      "content-type": "application/problem+json",
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
      ...headers,
    },
  });
}

/** Whether what was asked for cannot be had here, today and tomorrow; a platform may also fail for a moment. */
function isUnsupported({ code, details, cause }: KeygenError): boolean {
  if (code !== "algorithm-unsupported") return false;
  return details.by !== "runtime" || (cause instanceof Error && cause.name === "NotSupportedError");
}

/** Anything thrown, as a problem. What is not ours to explain becomes a 500 without its text. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof PolicyRefusal) {
    const { broken, warnings, policy } = error.decision;
    return new Problem(403, error.message, { code: error.code, broken, warnings, policy });
  }
  if (error instanceof KeygenError && isUnsupported(error)) {
    const { by, instead } = error.details;
    const errors: FieldError[] = [{ pointer: "/algorithm", detail: error.message }];
    return new Problem(400, error.message, { code: error.code, errors, by, instead });
  }
  if (error instanceof KeygenError) return new Problem(503, error.message, { code: error.code });
  return new Problem(500, "an unexpected error; no key was handed out");
}
