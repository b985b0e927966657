/** POST /v1/keys: a new key, wrapped to the caller's recipient key, with its record. */
import { Hono } from "hono";
import * as v from "valibot";
import { encodeJwk, type GeneratedPair, type GeneratedSecret, KeygenError } from "#keywright";
import type { AppEnv } from "../app-env.ts";
import { askSchema, readBody } from "../body.ts";
import { dropGenerator, generatorFor, searching } from "../generators.ts";
import { badField } from "../problem.ts";
import { openRecipient, type Recipient, recipientSchema } from "../recipient.ts";
import { knownAlgorithm } from "./algorithm.ts";

const keyRequest = v.strictObject({ ...askSchema, recipient: v.optional(recipientSchema) });

export const keys = new Hono<AppEnv>().post("/", async (c) => {
  const { algorithm, recipient, ...asks } = await readBody(c, keyRequest);
  const name = knownAlgorithm(algorithm);
  const config = c.get("config");
  const wrap = asks.export === "wrapped" ? await openRecipient(wanted(recipient)) : undefined;
  const keygen = await generatorFor(config, "tenant");
  try {
    const generate = (): Promise<GeneratedPair | GeneratedSecret> =>
      keygen.generate(name, { ...asks, signal: c.req.raw.signal });
    const made = await (name.startsWith("RSA") ? searching(generate) : generate());
    const pair = "privateKey" in made;
    const key = pair ? made.privateKey : made.secretKey;
    try {
      const jwk = encodeJwk(key);
      return c.json({
        record: made.record,
        publicKey: pair ? encodeJwk(made.publicKey) : null,
        ...(wrap === undefined ? { key: jwk } : { wrapped: await wrap(jwk) }),
      });
    } finally {
      key.wipe();
    }
  } catch (error) {
    if (error instanceof KeygenError && keygen.closed) dropGenerator(config, "tenant");
    throw error;
  }
});

function wanted(recipient: Recipient | undefined): Recipient {
  if (recipient === undefined) {
    throw badField("/recipient", "a public JWK (RSA, EC or X25519) is wanted: the key is wrapped to it");
  }
  return recipient;
}
