export { KeygenError } from "./errors.ts";
