/** Calls the Worker as a client would, and unwraps what comes back. */
import { env } from "cloudflare:workers";
import { compactDecrypt, exportJWK, type GenerateKeyPairOptions, generateKeyPair, type JWK } from "jose";
import worker from "../../worker/index.ts";

export const TOKEN = "test-token-of-at-least-32-characters";

export interface Ask {
  readonly method?: string;
  readonly token?: string | undefined;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
  readonly env?: Record<string, unknown>;
}

/** A body that is a string goes as it is; anything else as JSON. */
export async function ask(path: string, { token = TOKEN, body, method, headers = {}, env: extra = {} }: Ask = {}) {
  const request = new Request(`https://keys.example${path}`, {
    method: method ?? (body === undefined ? "GET" : "POST"),
    headers: {
      ...(token === "" ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  const response = await worker.fetch(request, { ...env, LIMITER: undefined, ...extra });
  const text = await response.text();
  const isJson = response.headers.get("content-type")?.includes("json") === true;
  return { status: response.status, headers: response.headers, text, json: isJson ? JSON.parse(text) : undefined };
}

export interface Recipient {
  readonly publicJwk: JWK;
  unwrap(wrapped: string): Promise<{ jwk: JWK; header: Record<string, unknown> }>;
}

export async function makeRecipient(alg: string, options: GenerateKeyPairOptions = {}): Promise<Recipient> {
  const { publicKey, privateKey } = await generateKeyPair(alg, options);
  const { kty, crv, x, y, n, e } = await exportJWK(publicKey);
  const members = Object.entries({ kty, crv, x, y, n, e }).filter(([, value]) => value !== undefined);
  return {
    publicJwk: Object.fromEntries(members) as JWK,
    async unwrap(wrapped) {
      const { plaintext, protectedHeader } = await compactDecrypt(wrapped, privateKey);
      return { jwk: JSON.parse(new TextDecoder().decode(plaintext)), header: protectedHeader };
    },
  };
}
