/** `keywright request`: a key from a Worker, wrapped to a recipient key that exists for this one request. */
import { PrivateKey, PublicKey, SecretKey } from "../algorithms/key.ts";
import type { AlgorithmName } from "../algorithms/registry.ts";
import { decodeJwk } from "../encode/jwk.ts";
import { KeygenError } from "../errors.ts";
import { readRecord, verifyRecord } from "../record/verify.ts";
import { askOptions, asksOf, outputOptions, readAlgorithm, readArguments } from "./arguments.ts";
import { ServiceProblem, UsageError } from "./exit.ts";
import { type Made, readTargets, writeKey } from "./output.ts";

export async function request(args: readonly string[]): Promise<number> {
  const { subject, values } = readArguments(args, "algorithm", {
    ...askOptions,
    ...outputOptions,
    url: { type: "string", default: "http://127.0.0.1:8787" },
  });
  const name = readAlgorithm(subject);
  const targets = readTargets(name, values);
  const token = process.env.KEYWRIGHT_TOKEN;
  if (token === undefined || token === "") throw new UsageError("the environment variable KEYWRIGHT_TOKEN is not set");
  const { compactDecrypt, exportJWK, generateKeyPair } = await loadJose();
  const recipient = await generateKeyPair("ECDH-ES+A256KW", { crv: "P-384" });
  const { kty, crv, x, y } = await exportJWK(recipient.publicKey);
  const answer = await ask(values.url, token, { algorithm: name, ...asksOf(values), recipient: { kty, crv, x, y } });
  const { plaintext } = await compactDecrypt(answer.wrapped, recipient.privateKey);
  const made = await readAnswer(answer, name, JSON.parse(new TextDecoder().decode(plaintext)));
  plaintext.fill(0);
  writeKey(made, targets);
  if (targets.key !== "-")
    process.stderr.write(`${name} key ${made.record.subject[0].name} written to ${targets.key}\n`);
  return 0;
}

/** jose is an optional peer: only this command needs it. */
async function loadJose() {
  try {
    return await import("jose");
  } catch {
    throw new UsageError("this command needs the package jose: npm install jose");
  }
}

interface Answer {
  readonly record: unknown;
  readonly publicKey: unknown;
  readonly wrapped: string;
}

async function ask(url: string, token: string, body: object): Promise<Answer> {
  if (!URL.canParse("/v1/keys", url))
    throw new UsageError(`--url must be an address such as https://keys.example.com, got ${url}`);
  let response: Response;
  try {
    response = await fetch(new URL("/v1/keys", url), {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: JSON.stringify(body),
    });
  } catch {
    throw new Error(`no answer from ${url}; is the service running there?`);
  }
  const answer = (await response.json().catch(() => ({}))) as Record<string, unknown>;
  if (response.ok && typeof answer.wrapped === "string") return answer as unknown as Answer;
  throw new ServiceProblem(response.status, answer);
}

/** The key and its record, checked against each other: a service that mixes them up is told here. */
async function readAnswer(answer: Answer, algorithm: AlgorithmName, jwk: unknown): Promise<Made> {
  const key = decodeJwk(jwk, { algorithm });
  const read = readRecord(answer.record);
  if ("broken" in read || key instanceof PublicKey)
    throw new KeygenError("record-invalid", "the answer holds no key with a record");
  const publicKey = answer.publicKey === null ? undefined : decodeJwk(answer.publicKey);
  const { consistent, broken } = await verifyRecord(read.record, {
    ...(publicKey instanceof PublicKey ? { publicKey } : {}),
    ...(key instanceof SecretKey ? { secretKey: key } : {}),
  });
  if (!consistent) {
    throw new KeygenError(
      "record-invalid",
      `the record does not fit the key: ${broken.map(({ why }) => why).join("; ")}`,
    );
  }
  if (key instanceof PrivateKey && !(publicKey instanceof PublicKey)) {
    throw new KeygenError("record-invalid", "the answer holds a private key without its public key");
  }
  return { key, record: read.record, ...(publicKey instanceof PublicKey ? { publicKey } : {}) };
}
