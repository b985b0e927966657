/** `keywright/verify`: checking records elsewhere and later, without the core and without the private key. */
export { KeygenError } from "./errors.ts";
export type { KeyRecord } from "./record/record.ts";
export {
  type Broken,
  readRecord,
  UNSIGNED,
  type Verification,
  type VerifyOptions,
  verifyRecord,
} from "./record/verify.ts";
