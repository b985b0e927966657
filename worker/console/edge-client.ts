/** Calls of the edge API with the token of its user; answers are parsed here, at the door. */
import * as v from "valibot";

const finding = v.object({
  id: v.string(),
  source: v.string(),
  state: v.picklist(["disallowed", "deprecated", "legacy", "recommended-against"]),
  why: v.string(),
  from: v.exactOptional(v.string()),
  until: v.exactOptional(v.string()),
  draft: v.exactOptional(v.literal(true)),
  verified: v.exactOptional(v.picklist(["read", "quoted", "secondary", "memory"])),
});
const policyName = v.object({ id: v.string(), version: v.number(), digest: v.string(), approved: v.boolean() });

export const decisionAnswer = v.object({
  allowed: v.boolean(),
  broken: v.array(finding),
  warnings: v.array(finding),
  obligations: v.array(v.object({ what: v.string(), source: v.string() })),
  policy: policyName,
});

export const keyAnswer = v.object({
  record: v.unknown(),
  publicKey: v.nullable(v.record(v.string(), v.unknown())),
  wrapped: v.string(),
  /** Of the wrapping; those of the decision are in the record. */
  warnings: v.optional(v.array(finding), []),
});
export type KeyAnswer = v.InferOutput<typeof keyAnswer>;

export const policyAnswer = v.object({
  environment: v.string(),
  tenant: v.string(),
  digest: v.string(),
  policy: v.unknown(),
});

/** RFC 9457, with the members that this service adds. */
const problemSchema = v.object({
  title: v.string(),
  status: v.number(),
  detail: v.optional(v.string(), ""),
  errors: v.optional(v.array(v.object({ pointer: v.string(), detail: v.string() })), []),
  broken: v.optional(v.array(finding), []),
  warnings: v.optional(v.array(finding), []),
  policy: v.exactOptional(policyName),
});
export type ProblemBody = v.InferOutput<typeof problemSchema>;

/** An answer that is a problem. */
export class EdgeProblem extends Error {
  readonly problem: ProblemBody;
  constructor(problem: ProblemBody) {
    super(problem.detail);
    this.problem = problem;
  }
}

export interface EdgeCall {
  readonly token: string;
  readonly method: "GET" | "POST";
  readonly path: "/v1/keys" | "/v1/decisions" | "/v1/policy";
  readonly body?: object;
  readonly signal: AbortSignal;
}

/** Throws EdgeProblem for a problem, the signal's reason when aborted, and an Error in words for anything else. */
export async function callEdge<S extends v.GenericSchema>(call: EdgeCall, schema: S): Promise<v.InferOutput<S>> {
  const response = await send(call);
  const body = await readJson(response, call.signal);
  if (!response.ok) {
    const problem = v.safeParse(problemSchema, body);
    if (problem.success) throw new EdgeProblem(problem.output);
    throw new Error(`the service answered with status ${response.status} and no explanation`);
  }
  const answer = v.safeParse(schema, body);
  if (answer.success) return answer.output;
  throw new Error(
    `the service's answer is not what this page knows: ${v.getDotPath(answer.issues[0]) ?? "it"} is of another form`,
  );
}

async function send({ token, method, path, body, signal }: EdgeCall): Promise<Response> {
  const headers = {
    authorization: `Bearer ${token}`,
    ...(body === undefined ? {} : { "content-type": "application/json" }),
  };
  const init = {
    method,
    headers,
    signal,
    cache: "no-store",
    credentials: "omit",
    referrerPolicy: "no-referrer",
    redirect: "error",
  } as const;
  try {
    return await fetch(path, body === undefined ? init : { ...init, body: JSON.stringify(body) });
  } catch (cause) {
    signal.throwIfAborted();
    throw new Error("the service could not be reached", { cause });
  }
}

async function readJson(response: Response, signal: AbortSignal): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    signal.throwIfAborted();
    return undefined; // no schema takes it, so the caller says what is missing
  }
}
