/** POST /v1/keys: a new key, wrapped to the caller's recipient key, with its record. */
import { type Context, Hono } from "hono";
import * as v from "valibot";
import {
  type AlgorithmName,
  encodeJwk,
  type GeneratedPair,
  type GeneratedSecret,
  KeygenError,
  type KeyRecord,
} from "#keywright";
import { isPublicExponent } from "../../src/algorithms/rsa-methods.ts";
import type { AppEnv } from "../app-env.ts";
import { askSchema, readBody } from "../body.ts";
import { dropGenerator, generatorFor, searching } from "../generators.ts";
import { badField, Problem } from "../problem.ts";
import { openRecipient, type Recipient, recipientSchema } from "../recipient.ts";
import { knownAlgorithm, refuseOptionsOfRsa, refuseWithoutJwk } from "./algorithm.ts";

const keyRequest = v.strictObject({
  ...askSchema,
  publicExponent: v.exactOptional(v.custom<number>(isPublicExponent, "an odd number between 2^16 and 2^33")),
  recipient: v.optional(recipientSchema),
});

export const keys = new Hono<AppEnv>().post("/", async (c) => {
  const { algorithm, recipient, ...asks } = await readBody(c, keyRequest);
  const name = knownAlgorithm(algorithm);
  refuseOptionsOfRsa(name, asks);
  refuseWithoutJwk(name);
  const config = c.get("config");
  if (asks.export === "plaintext" && config.environment !== "development") throw plaintextRefused(config.environment);
  const opened = asks.export === "wrapped" ? await openRecipient(wanted(recipient), name) : undefined;
  const keygen = await generatorFor(config, "tenant");
  try {
    const generate = (): Promise<GeneratedPair<KeyRecord> | GeneratedSecret<KeyRecord>> =>
      keygen.generate(name, { ...asks, signal: c.req.raw.signal });
    const making = inSteps(name) ? searching(name, generate) : generate();
    outlive(c, making);
    const made = await making;
    const pair = "privateKey" in made;
    const key = pair ? made.privateKey : made.secretKey;
    try {
      const jwk = encodeJwk(key);
      return c.json({
        record: made.record,
        publicKey: pair ? encodeJwk(made.publicKey) : null,
        ...(opened === undefined ? { key: jwk } : { wrapped: await opened.wrap(jwk), warnings: opened.warnings }),
      });
    } finally {
      key.wipe();
    }
  } catch (error) {
    if (error instanceof KeygenError && keygen.closed) dropGenerator(config, "tenant");
    throw error;
  }
});

/** What takes long enough for others to wait. */
const inSteps = (name: AlgorithmName): boolean => name.startsWith("RSA") || name.startsWith("SLH-DSA");

function wanted(recipient: Recipient | undefined): Recipient {
  if (recipient === undefined) {
    throw badField("/recipient", "a public JWK (RSA, EC or X25519) is wanted: the key is wrapped to it");
  }
  return recipient;
}

/** Whatever a policy says: this service hands out unprotected keys in development only. */
function plaintextRefused(environment: string): Problem {
  const why = `this service answers with an unprotected key in development only, not in ${environment}`;
  const broken = [{ id: "service/plaintext", source: "CEK-10, auditing 4 and 7", state: "disallowed", why }];
  return new Problem(403, why, { code: "policy-refused", broken });
}

/** A client that goes away must not leave a search half done in this isolate: those who wait behind it would wait for ever. */
function outlive(c: Context<AppEnv>, work: Promise<unknown>): void {
  const settled = work.catch(() => undefined); // the route itself answers the error
  try {
    c.executionCtx.waitUntil(settled);
  } catch {
    // Called without an execution context, as tests do: there is nothing to outlive.
  }
}
