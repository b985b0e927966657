/** POST /v1/decisions: what the policy says of a key, without making one. A refusal is an answer here: status 200. */
import { Hono } from "hono";
import * as v from "valibot";
import type { AppEnv } from "../app-env.ts";
import { askSchema, readBody } from "../body.ts";
import { generatorFor } from "../generators.ts";
import { knownAlgorithm, refuseOptionsOfRsa, refuseWithoutJwk } from "./algorithm.ts";

const decisionRequest = v.strictObject(askSchema);

export const decisions = new Hono<AppEnv>().post("/", async (c) => {
  const { algorithm, ...asks } = await readBody(c, decisionRequest);
  const name = knownAlgorithm(algorithm);
  refuseOptionsOfRsa(name, asks);
  refuseWithoutJwk(name);
  const keygen = await generatorFor(c.get("config"), "tenant");
  return c.json(keygen.decide(name, asks));
});
