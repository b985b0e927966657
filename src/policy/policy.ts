/**
 * A policy, read once: `parsePolicy` turns a JSON document into what `decide` trusts. There is no default policy; a
 * profile's name stands in for a document in development and test, and such a policy says that nobody approved it.
 */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import * as v from "valibot";
import { utf8 } from "../bytes.ts";
import { canonicalJson } from "../canonical.ts";
import { KeygenError, quote } from "../errors.ts";
import { findContradictions } from "./contradictions.ts";
import { isProfileName, type ProfileName, profileNames } from "./profiles.ts";
import { type Environment, environments, type PolicyDocument, policySchema } from "./schema.ts";

type ApprovalField = "owner" | "approver" | "approvedOn" | "reviewBy" | "onReviewOverdue";

/** Who answers for a policy, and until when. */
export type Approval = Readonly<Pick<PolicyDocument, ApprovalField>>;

/** What `decide` reads. */
export type PolicyTerms = Readonly<Omit<PolicyDocument, ApprovalField | "$schema">>;

export interface Policy extends PolicyTerms {
  /** `sha256:` and hex, over the RFC 8785 form of the document. */
  readonly digest: string;
  /** Absent where a profile's name stands in for a document: then nobody approved anything. */
  readonly approval?: Approval;
}

/** The policies made here: `decide` takes no other, so that nobody skips the checks by writing the type by hand. */
const read = new WeakSet<object>();

export function isPolicy(value: unknown): value is Policy {
  return typeof value === "object" && value !== null && read.has(value);
}

function seal(document: object, terms: PolicyTerms, approval?: Approval): Policy {
  freeze(document);
  let digest: string | undefined;
  const policy: Policy = {
    ...terms,
    ...(approval === undefined ? {} : { approval: Object.freeze(approval) }),
    // Reckoned when first asked for: hashing is slow where it runs for the first time, and an opening has no use for it.
    get digest() {
      digest ??= `sha256:${bytesToHex(sha256(utf8(canonicalJson(document))))}`;
      return digest;
    },
  };
  read.add(Object.freeze(policy));
  return policy;
}

function freeze(value: unknown): void {
  if (typeof value !== "object" || value === null) return;
  Object.freeze(value);
  for (const inner of Object.values(value)) freeze(inner);
}

type Problem = { readonly path: string; readonly text: string };

function invalid(problems: readonly Problem[], source: string): KeygenError {
  const told = problems.slice(0, 5).map(({ path, text }) => (path === "" ? text : `${path}: ${text}`));
  const more = problems.length > told.length ? `; and ${problems.length - told.length} more` : "";
  return new KeygenError("policy-invalid", `policy${source}: ${told.join("; ")}${more}`, {
    path: problems[0]?.path ?? "",
    problems: problems.length,
  });
}

/** What came, cut short: a whole file handed in by mistake must not end up in a message. */
function shorten(received: string): string {
  if (received === "Array") return "a list";
  if (received === "Object") return "an object";
  return received.length > 60 ? `${received.slice(0, 60)}…` : received;
}

/** The place of `key` inside `path`, as one would write it in code. */
function within(path: string, key: unknown): string {
  if (typeof key === "number") return `${path}[${key}]`;
  return path === "" ? String(key) : `${path}.${String(key)}`;
}

/** One line for each problem that valibot found. Where a field has two forms, those of the form that was meant. */
function tell(issue: v.BaseIssue<unknown>, around = ""): Problem[] {
  const path = (issue.path ?? []).reduce((text, item) => within(text, item.key), around);
  const inner = (issue.issues ?? []).filter((each) => each.path !== undefined);
  if (inner.length > 0) return inner.flatMap((each) => tell(each, path));
  if (issue.type === "strict_object" && issue.expected === "never") return [{ path, text: "unknown key" }];
  if (issue.received === "undefined") return [{ path, text: "missing" }];
  return [{ path, text: `wanted ${issue.message}, got ${shorten(issue.received)}` }];
}

/** Names that every object inherits: valibot would take them for known keys, or drop them without a word. */
function findInherited(value: unknown, path: string): Problem | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  for (const [key, inner] of Object.entries(value)) {
    const place = within(path, Array.isArray(value) ? Number(key) : key);
    if (!Array.isArray(value) && key in Object.prototype) return { path: place, text: "unknown key" };
    const found = findInherited(inner, place);
    if (found !== undefined) return found;
  }
  return undefined;
}

/**
 * Reads a policy document: a value as JSON.parse gives it. KeygenError `policy-invalid` names each place that is unknown,
 * missing, malformed or contradicted.
 */
export function parsePolicy(input: unknown): Policy {
  let copy: unknown;
  try {
    copy = JSON.parse(canonicalJson(input)); // our own, so that the caller cannot change it afterwards
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw invalid([{ path: "", text: `wanted plain JSON: ${error.message}` }], "");
  }
  if (Array.isArray(copy)) throw invalid([{ path: "", text: "wanted a policy document (an object), got a list" }], "");
  const inherited = findInherited(copy, "");
  if (inherited !== undefined) throw invalid([inherited], "");
  const result = v.safeParse(policySchema, copy);
  if (!result.success)
    throw invalid(
      result.issues.flatMap((issue) => tell(issue)),
      "",
    );
  const document = result.output;
  const contradictions = [...findContradictions(document)];
  if (contradictions.length > 0) throw invalid(contradictions, ` ${document.id} ${document.version}`);
  const { owner, approver, approvedOn, reviewBy, onReviewOverdue, $schema: _, ...terms } = document;
  return seal(document, terms, { owner, approver, approvedOn, reviewBy, onReviewOverdue });
}

/**
 * What a profile's name stands for: its rules and nothing else, in development and test. Keys may be held extractable, since
 * trying things out is what it is for; no service hands one out in plaintext.
 */
export function policyFromProfile(name: ProfileName): Policy {
  if (!isProfileName(name)) {
    throw new KeygenError(
      "policy-invalid",
      `policy: wanted a policy document or a profile, one of ${profileNames.join(", ")}, got ${quote(name)}`,
    );
  }
  const trial: PolicyDocument["environments"] = ["development", "test"];
  const terms: PolicyTerms = {
    id: `profile-${name}`,
    version: 1,
    extends: [name],
    environments: trial,
    classifications: {},
    export: { plaintext: [], wrapped: trial, extractable: trial },
    providers: { core: { accepted: "any" }, platform: { accepted: "any" } },
    seeds: { allowed: false },
    generator: { minStrengthBits: 112 },
  };
  return seal(terms, terms);
}

/**
 * The policy for an environment, from whatever a caller may hand in: a policy that was read, a document, or a profile's
 * name. Production takes documents only.
 */
export function resolvePolicy(policyOrProfile: unknown, environment: Environment): Policy {
  if (!environments.includes(environment)) {
    throw new RangeError(`environment must be one of ${environments.join(", ")}, got ${quote(environment)}`);
  }
  if (policyOrProfile === undefined) {
    throw new TypeError("policy is required: a policy document, or the name of a profile; there is no default");
  }
  if (typeof policyOrProfile === "string" && isProfileName(policyOrProfile) && environment === "production") {
    throw new KeygenError(
      "policy-refused",
      `production needs a policy document with owner, approver, approvedOn and reviewBy, got the profile ${policyOrProfile}`,
    );
  }
  const policy = isPolicy(policyOrProfile)
    ? policyOrProfile
    : typeof policyOrProfile === "string"
      ? policyFromProfile(policyOrProfile as ProfileName) // checked there, with its error
      : parsePolicy(policyOrProfile);
  if (!policy.environments.includes(environment)) {
    throw new KeygenError(
      "policy-refused",
      `policy ${policy.id} ${policy.version} serves ${policy.environments.join(", ")}, not ${environment}`,
    );
  }
  return policy;
}
