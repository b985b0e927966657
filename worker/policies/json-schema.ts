/**
 * The JSON Schema (draft 2020-12) of a policy document, made from the valibot schema that `parsePolicy` uses.
 *
 * It says as much as a schema can: the form. That dates exist and that fields do not contradict each other is checked by
 * `parsePolicy` alone.
 */
import { toJsonSchema } from "@valibot/to-json-schema";
import { isUnique, policySchema } from "../../src/policy/schema.ts";

export function policyJsonSchema(): object {
  return toJsonSchema(policySchema, {
    target: "draft-2020-12",
    typeMode: "input",
    overrideAction({ valibotAction, jsonSchema }) {
      if (valibotAction.type !== "check") return undefined;
      const { requirement } = valibotAction as unknown as { requirement: unknown }; // what every check action has
      return requirement === isUnique ? { ...jsonSchema, uniqueItems: true } : jsonSchema;
    },
  });
}
