/** Writing keys and records: all targets are checked before a key is made, so that nothing is lost or overwritten. */
import { closeSync, existsSync, openSync, unlinkSync, writeSync } from "node:fs";
import type { PrivateKey, PublicKey, SecretKey } from "../algorithms/key.ts";
import { findAlgorithm } from "../algorithms/registry.ts";
import { utf8 } from "../bytes.ts";
import { encodeJwk } from "../encode/jwk.ts";
import { encodePem } from "../encode/pem.ts";
import { encodePkcs8 } from "../encode/pkcs8.ts";
import { encodeRaw } from "../encode/raw.ts";
import { encodeSpki } from "../encode/spki.ts";
import type { KeyRecord } from "../record/record.ts";
import { oneOf } from "./arguments.ts";
import { UsageError } from "./exit.ts";

const formats = ["pem", "jwk", "der", "raw"] as const;
type Format = (typeof formats)[number];

export interface Targets {
  readonly key: string;
  readonly publicKey: string | undefined;
  readonly record: string | undefined;
  readonly format: Format | undefined;
  readonly force: boolean;
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
  const record = values.record ?? (values.out === "-" ? undefined : `${values.out}.record.json`);
  const targets: Targets = {
    key: values.out,
    publicKey: values["public-out"],
    record,
    format: readFormat(algorithm, values.format),
    force: values.force === true,
  };
  const files = [targets.key, targets.publicKey, targets.record].filter((path) => path !== undefined && path !== "-");
  if (new Set(files).size !== files.length) throw new UsageError("key, public key and record need files of their own");
  if (!targets.force) {
    for (const path of files) {
      if (path !== undefined && existsSync(path)) throw new UsageError(`${path} exists; --force overwrites it`);
    }
  }
  return targets;
}

function readFormat(algorithm: string, value: string | undefined): Format | undefined {
  if (value === undefined) return undefined;
  const format = oneOf("--format", value, formats);
  const pair = findAlgorithm(algorithm).kind === "rsa";
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

/** Writes the key (mode 0600), the public key and the record, and wipes the key. */
export function writeKey({ publicKey, key, record }: Made, targets: Targets): void {
  const secret = encodeSecret(key, targets.format);
  try {
    write(targets.key, secret, 0o600, targets.force);
  } finally {
    secret.fill(0);
    key.wipe();
  }
  if (publicKey !== undefined && targets.publicKey !== undefined) {
    write(targets.publicKey, encodePublic(publicKey, targets.format), 0o644, targets.force);
  }
  if (targets.record !== undefined) {
    write(targets.record, utf8(`${JSON.stringify(record, undefined, 2)}\n`), 0o644, targets.force);
  }
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

function write(path: string, bytes: Uint8Array, mode: number, force: boolean): void {
  if (path === "-") {
    process.stdout.write(Buffer.from(bytes));
    return;
  }
  // A file that is replaced is removed first: its old mode and its other names would outlive the new content.
  if (force && existsSync(path)) unlinkSync(path);
  const file = openSync(path, "wx", mode);
  try {
    let at = 0;
    while (at < bytes.length) at += writeSync(file, bytes, at);
  } finally {
    closeSync(file);
  }
}
