/**
 * The JSON Schema (draft 2020-12) of a policy document, made from the valibot schema that `parsePolicy` uses; the
 * descriptions are the comments above its fields, so that no page has to load them.
 *
 * It says as much as a schema can: the form. That dates exist and that fields do not contradict each other is checked by
 * `parsePolicy` alone.
 */
import { readFileSync } from "node:fs";
import { toJsonSchema } from "@valibot/to-json-schema";
import { isUnique, policySchema } from "../../src/policy/schema.ts";

interface Described {
  description?: string;
  readonly properties?: Readonly<Record<string, Described>>;
}

/** Each one-line comment and the field under it, in the order of the source. */
function comments(): Map<string, string> {
  const source = readFileSync(new URL("../../src/policy/schema.ts", import.meta.url), "utf8");
  const found = source.matchAll(/\/\*\* (.+) \*\/\n +([$\w]+): /g);
  return new Map([...found].map(([, text = "", field = ""]) => [field, text]));
}

/** Writes the comments into the schema; a field of the document without one is an error. */
function describe(schema: Described, texts: ReadonlyMap<string, string>, demand: boolean): void {
  for (const [field, inner] of Object.entries(schema.properties ?? {})) {
    const text = texts.get(field);
    if (text !== undefined) inner.description = text;
    else if (demand) throw new Error(`src/policy/schema.ts has no comment above ${field}`);
  }
}

export function policyJsonSchema(): object {
  const schema = toJsonSchema(policySchema, {
    target: "draft-2020-12",
    typeMode: "input",
    overrideAction({ valibotAction, jsonSchema }) {
      if (valibotAction.type !== "check") return undefined;
      const { requirement } = valibotAction as unknown as { requirement: unknown }; // what every check action has
      return requirement === isUnique ? { ...jsonSchema, uniqueItems: true } : jsonSchema;
    },
  }) as Described;
  const texts = comments();
  describe(schema, texts, true);
  describe(schema.properties?.export ?? {}, texts, true);
  return {
    ...schema,
    title: "Keywright policy",
    description: "Who may have which key generated, how, and in which form it may leave.",
  };
}
