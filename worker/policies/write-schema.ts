/** `npm run build:schema`: writes dist/policy.schema.json, which the package publishes as `keywright/policies/schema.json`. */
import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { policyJsonSchema } from "./json-schema.ts";

const dist = fileURLToPath(new URL("../../dist/", import.meta.url));
mkdirSync(dist, { recursive: true });
writeFileSync(`${dist}policy.schema.json`, `${JSON.stringify(policyJsonSchema(), null, 2)}\n`);
