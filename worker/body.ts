/** Request bodies: JSON of at most 64 KiB, parsed once by a schema; the first thing wrong is named by its path. */
import type { Context } from "hono";
import * as v from "valibot";
import { rsaMethodNames } from "../src/algorithms/rsa-methods.ts";
import { isDate } from "../src/policy/dates.ts";
import type { AppEnv } from "./app-env.ts";
import { badField, missingField, Problem } from "./problem.ts";

const MAX_BODY = 64 * 1024;

/** What both keys and decisions ask. */
export const askSchema = {
  algorithm: v.pipe(v.string(), v.minLength(1), v.maxLength(64)),
  purpose: v.exactOptional(v.pipe(v.string(), v.minLength(1), v.maxLength(64))),
  classification: v.exactOptional(v.pipe(v.string(), v.minLength(1), v.maxLength(64))),
  protectUntil: v.exactOptional(v.pipe(v.string(), v.check(isDate, "a date that exists, as YYYY-MM-DD"))),
  /** RSA: how the primes are made. */
  method: v.exactOptional(v.picklist(rsaMethodNames, `one of ${rsaMethodNames.join(", ")}`)),
  /** RSA: whether the Lucas test follows the Miller-Rabin rounds. */
  lucas: v.exactOptional(v.boolean("true or false")),
  /** Who makes the key: this library's core, or the runtime's own Web Cryptography. */
  provider: v.exactOptional(v.picklist(["core", "platform"], "core or platform")),
  /** How the key is to leave: wrapped to the recipient, or, where the policy says so, as it is. */
  export: v.optional(v.picklist(["wrapped", "plaintext"]), "wrapped"),
};

export async function readBody<S extends v.GenericSchema>(c: Context<AppEnv>, schema: S): Promise<v.InferOutput<S>> {
  const type = c.req.header("content-type") ?? "";
  if (!/^application\/json\s*(;|$)/i.test(type))
    throw new Problem(415, "send the header Content-Type: application/json");
  let value: unknown;
  try {
    value = JSON.parse(await readLimited(c.req.raw));
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw badField("", "the body is not JSON");
  }
  const parsed = v.safeParse(schema, value, { abortEarly: true });
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  const path = (issue.path ?? []).map((step) => `/${String(step.key).replaceAll("~", "~0").replaceAll("/", "~1")}`);
  const pointer = path.join("");
  if (pointer !== "" && issue.received === "undefined") throw missingField(pointer); // JSON has no other undefined
  throw badField(pointer, issue.expected === "never" ? "unknown field" : issue.message);
}

/** Reads no more than the limit, whatever the Content-Length says. */
async function readLimited(request: Request): Promise<string> {
  const tooLarge = new Problem(413, `at most ${MAX_BODY} bytes are read`);
  if (Number(request.headers.get("content-length") ?? 0) > MAX_BODY) throw tooLarge;
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: false });
  let text = "";
  let length = 0;
  const reader = request.body?.getReader();
  if (reader === undefined) return text;
  for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
    length += chunk.value.length;
    if (length > MAX_BODY) {
      await reader.cancel();
      throw tooLarge;
    }
    text += decoder.decode(chunk.value, { stream: true });
  }
  return text + decoder.decode();
}
