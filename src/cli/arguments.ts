/** Reading the command's arguments: strict, and every message names what was wanted. */
import { readFileSync } from "node:fs";
import { type ParseArgsOptionsConfig, parseArgs } from "node:util";
import { type AlgorithmName, algorithmNames, isAlgorithmName } from "../algorithms/registry.ts";
import { isPublicExponent, rsaMethodNames } from "../algorithms/rsa-methods.ts";
import type { DecideOptions } from "../options.ts";
import { isDate } from "../policy/dates.ts";
import { isProfileName, profileNames } from "../policy/profiles.ts";
import type { Environment } from "../policy/schema.ts";
import { UsageError } from "./exit.ts";

export const ownerOptions = {
  policy: { type: "string" },
  environment: { type: "string", default: "development" },
  tenant: { type: "string" },
  scope: { type: "string" },
} as const satisfies ParseArgsOptionsConfig;

export const askOptions = {
  purpose: { type: "string" },
  classification: { type: "string" },
  "protect-until": { type: "string" },
  method: { type: "string" },
  lucas: { type: "boolean" },
  provider: { type: "string" },
} as const satisfies ParseArgsOptionsConfig;

/** What changes an RSA key, and not what a policy says of it. */
export const makingOptions = {
  "public-exponent": { type: "string" },
} as const satisfies ParseArgsOptionsConfig;

export const outputOptions = {
  out: { type: "string" },
  "public-out": { type: "string" },
  record: { type: "string" },
  format: { type: "string" },
  force: { type: "boolean", default: false },
} as const satisfies ParseArgsOptionsConfig;

export function readAlgorithm(name: string): AlgorithmName {
  if (isAlgorithmName(name)) return name;
  const letters = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]/g, "");
  const meant = algorithmNames.find((known) => letters(known) === letters(name));
  const instead = meant === undefined ? `it must be one of ${algorithmNames.join(", ")}` : `did you mean ${meant}?`;
  throw new UsageError(`there is no algorithm ${JSON.stringify(name)}: ${instead}`);
}

/** One positional argument and options; a usage error for anything else. */
export function readArguments<O extends ParseArgsOptionsConfig>(args: readonly string[], what: string, options: O) {
  const config = { args: [...args], options, allowPositionals: true, strict: true, tokens: true } as const;
  let parsed: ReturnType<typeof parseArgs<typeof config>>;
  try {
    parsed = parseArgs(config);
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
  refuseRepeated(parsed.tokens, options);
  const [first, ...more] = parsed.positionals;
  if (first === undefined) throw new UsageError(`${what} is missing`);
  if (more.length > 0) throw new UsageError(`one ${what} was wanted, got also ${more.join(" ")}`);
  return { subject: first, values: parsed.values };
}

/** Of an option given twice parseArgs takes the last: of two policies, the one that the caller may not have meant. */
function refuseRepeated(tokens: readonly { kind: string; name?: string }[], options: ParseArgsOptionsConfig): void {
  const seen = new Set<string>();
  for (const { kind, name } of tokens) {
    if (kind !== "option" || name === undefined || options[name]?.multiple === true) continue;
    if (seen.has(name)) throw new UsageError(`--${name} is given more than once`);
    seen.add(name);
  }
}

export function oneOf<T extends string>(what: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((candidate) => candidate === value);
  if (found === undefined) throw new UsageError(`${what} must be one of ${allowed.join(", ")}, got ${value}`);
  return found;
}

export function readEnvironment(value: string): Environment {
  return oneOf("--environment", value, ["development", "test", "production"]);
}

export function readScope(value: string | undefined): { scope?: "tenant" | "system" } {
  return value === undefined ? {} : { scope: oneOf("--scope", value, ["tenant", "system"]) };
}

/** A policy document from a file, or the name of a profile. */
export function readPolicy(value: string | undefined): unknown {
  if (value === undefined) throw new UsageError("--policy is missing: there is no default policy");
  if (isProfileName(value)) return value;
  const instead = `; a file is wanted, or the name of a profile: ${profileNames.join(", ")}`;
  return parseJson(readBytes(value, "policy", instead).toString("utf8"), value, "policy");
}

/** Without the parser's own words: they would quote the text, which may be a secret. */
export function parseJson(text: string, path: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new UsageError(`the ${what} ${path} is not JSON`);
  }
}

export function readText(path: string, what: string): string {
  return readBytes(path, what).toString("utf8");
}

/** `instead`: what else could have been meant. */
export function readBytes(path: string, what: string, instead = ""): Buffer {
  try {
    return readFileSync(path === "-" ? 0 : path);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unreadable";
    throw new UsageError(`the ${what} ${path} cannot be read (${code})${instead}`);
  }
}

export function asksOf(values: {
  purpose?: string;
  classification?: string;
  "protect-until"?: string;
  method?: string;
  lucas?: boolean;
  provider?: string;
}): Omit<DecideOptions, "extractable" | "export"> {
  const { purpose, classification, "protect-until": protectUntil, method, lucas, provider } = values;
  if (protectUntil !== undefined && !isDate(protectUntil)) {
    throw new UsageError(`--protect-until must be a date such as 2035-12-31, got ${protectUntil}`);
  }
  return {
    ...(provider === undefined ? {} : { provider: oneOf("--provider", provider, ["core", "platform"]) }),
    ...(method === undefined ? {} : { method: oneOf("--method", method, rsaMethodNames) }),
    ...(lucas === undefined ? {} : { lucas }),
    ...(purpose === undefined ? {} : { purpose }),
    ...(classification === undefined ? {} : { classification }),
    ...(protectUntil === undefined ? {} : { protectUntil }),
  };
}

export function makingOf(values: { "public-exponent"?: string }): { publicExponent?: number } {
  const { "public-exponent": given } = values;
  if (given === undefined) return {};
  const publicExponent = Number(given);
  if (!isPublicExponent(publicExponent))
    throw new UsageError(`--public-exponent must be odd and between 2^16 and 2^33, got ${given}`);
  return { publicExponent };
}
