/** Writing keys and records: all targets are checked before a key is made, so that nothing is lost or overwritten. */
import { isKeyPair } from "../algorithms/algorithm.ts";
import type { PrivateKey, PublicKey, SecretKey } from "../algorithms/key.ts";
import { findAlgorithm } from "../algorithms/registry.ts";
import { utf8 } from "../bytes.ts";
import { encodeJwk } from "../encode/jwk.ts";
import { encodePem } from "../encode/pem.ts";
import { encodePkcs8 } from "../encode/pkcs8.ts";
import { encodeRaw } from "../encode/raw.ts";
import { encodeSpki } from "../encode/spki.ts";
import type { KeyRecord } from "../record/record.ts";
import { UNSIGNED } from "../record/verify.ts";
import { oneOf } from "./arguments.ts";
import { type Rule, ruleText, UsageError } from "./exit.ts";
import { checkTarget, type FileContent, type FileTarget, writeFiles } from "./files.ts";
import { print } from "./stdout.ts";
import { visible, visibleJson } from "./visible.ts";

const formats = ["pem", "jwk", "der", "raw"] as const;
type Format = (typeof formats)[number];

type Target = FileTarget | "stdout";

export interface Targets {
  readonly key: Target;
  readonly publicKey: Target | undefined;
  readonly record: Target | undefined;
  readonly format: Format | undefined;
}

interface OutputValues {
  readonly out?: string;
  readonly "public-out"?: string;
  readonly record?: string;
  readonly format?: string;
  readonly force?: boolean;
}

/** Checks everything that can be wrong with the targets before a key exists, so that none is lost. */
export function readTargets(algorithm: string, values: OutputValues): Targets {
  if (values.out === undefined) throw new UsageError('--out is missing: a file for the key, or "-" for stdout');
  const format = readFormat(algorithm, values.format);
  if (values["public-out"] !== undefined && !isKeyPair(findAlgorithm(algorithm))) {
    throw new UsageError(`--public-out is for key pairs: ${algorithm} is a secret key without a public half`);
  }
  const force = values.force === true;
  const target = (path: string | undefined): Target | undefined => {
    if (path === undefined) return undefined;
    return path === "-" ? "stdout" : checkTarget(path, force);
  };
  const key = values.out === "-" ? "stdout" : checkTarget(values.out, force);
  if (key === "stdout" && values.record === undefined) {
    throw new UsageError("--record is missing: beside a key on stdout, the record needs a file");
  }
  const publicKey = target(values["public-out"]);
  const record = target(values.record ?? `${values.out}.record.json`);
  const places = [key, publicKey, record].flatMap((one) => (typeof one === "object" ? [one.identity] : (one ?? [])));
  if (new Set(places).size !== places.length)
    throw new UsageError("key, public key and record need files of their own, and only one of them goes to stdout");
  return { key, publicKey, record, format };
}

function readFormat(algorithm: string, value: string | undefined): Format | undefined {
  if (value === undefined) return undefined;
  const format = oneOf("--format", value, formats);
  const row = findAlgorithm(algorithm);
  const pair = isKeyPair(row);
  if (format === "jwk" && !row.formats.includes("jwk")) {
    throw new UsageError(`no JWK is registered for ${algorithm}: its keys are written as pem or der`);
  }
  if (pair && format === "raw") throw new UsageError("a private key is written as pem, der or jwk, not as raw");
  if (!pair && format !== "raw" && format !== "jwk") {
    throw new UsageError(`a secret key is written as raw or jwk, not as ${format}`);
  }
  return format;
}

export interface Made {
  readonly publicKey?: PublicKey;
  readonly key: PrivateKey | SecretKey;
  readonly record: KeyRecord;
}

/**
 * Writes the record, the public key and the key (mode 0600), and wipes the key. The key comes last: it does not stay
 * without the rest.
 */
export async function writeKey({ publicKey, key, record }: Made, targets: Targets): Promise<void> {
  const { format } = targets;
  try {
    const secret = encodeSecret(key, format);
    try {
      await writeOutputs([
        { what: "record", target: targets.record, bytes: utf8(`${visibleJson(record)}\n`), mode: 0o644 },
        ...(publicKey === undefined
          ? []
          : [{ what: "public key", target: targets.publicKey, bytes: encodePublic(publicKey, format), mode: 0o644 }]),
        { what: "key", target: targets.key, bytes: secret, mode: 0o600 },
      ]);
    } finally {
      secret.fill(0);
    }
  } finally {
    key.wipe();
  }
}

interface Output {
  readonly what: string;
  readonly target: Target | undefined;
  readonly bytes: Uint8Array;
  readonly mode: number;
}

/** Stdout before the files are in place: no record stays of a key that never left, and no key whose record did not. */
async function writeOutputs(outputs: readonly Output[]): Promise<void> {
  const files: FileContent[] = [];
  for (const { target, bytes, mode } of outputs) {
    if (typeof target === "object") files.push({ target, bytes, mode });
  }
  await writeFiles(files, async () => {
    for (const { what, target, bytes } of outputs) {
      if (target !== "stdout") continue;
      await print(bytes, `the ${what}`, what === "key" ? ": it is lost" : ": the key is lost, make another");
    }
  });
}

/**
 * What every door says on stderr of a key that left: where it is, what the policy warns of, and `more` besides, what the
 * record is worth.
 */
export function report(record: KeyRecord, targets: Targets, more: readonly Rule[] = []): void {
  const { algorithm, decision } = record.predicate;
  const lines = [...decision.warnings, ...more].map((rule) => `warning: ${ruleText(rule)}`);
  if (targets.key !== "stdout") {
    lines.push(`${visible(algorithm.name)} key ${record.subject[0].name} written to ${targets.key.path}`);
  }
  if (targets.record !== undefined) {
    lines.push(`record ${targets.record === "stdout" ? "on stdout" : targets.record.path}: ${UNSIGNED}`);
  }
  process.stderr.write(lines.map((line) => `${line}\n`).join(""));
}

function encodeSecret(key: PrivateKey | SecretKey, format: Format | undefined): Uint8Array {
  if (format === "jwk") return utf8(`${JSON.stringify(encodeJwk(key), undefined, 2)}\n`);
  if (key.type === "secret") return encodeRaw(key);
  const der = encodePkcs8(key);
  if (format === "der") return der;
  const pem = utf8(encodePem("PRIVATE KEY", der));
  der.fill(0);
  return pem;
}

function encodePublic(key: PublicKey, format: Format | undefined): Uint8Array {
  if (format === "jwk") return utf8(`${JSON.stringify(encodeJwk(key), undefined, 2)}\n`);
  const der = encodeSpki(key);
  return format === "der" ? der : utf8(encodePem("PUBLIC KEY", der));
}
