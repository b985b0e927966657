/**
 * `npm run accept:core`: writes the digests of the core that was just built into the sample production policy.
 *
 * An acceptance is a statement by whoever is named in it. Run this after the change to the core was reviewed, not to make
 * a test pass; in an organization of its own, the approver then approves the new version.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { digests } from "../../src/core/generated/digest.ts";
import { acceptDigests } from "./acceptance.ts";

const file = fileURLToPath(new URL("production.json", import.meta.url));
const before = readFileSync(file, "utf8");
const after = acceptDigests(before, digests, new Date().toISOString().slice(0, 10));
if (after === before) console.log("worker/policies/production.json accepts this core already");
else {
  writeFileSync(file, after);
  console.log("worker/policies/production.json accepts the core as built now; its version was raised");
  console.log("review what changed in assembly/, then commit it together with this acceptance");
}
