/** `keywright/policies`: reading policies and asking them, without the core. */
export type { Purpose } from "./algorithms/algorithm.ts";
export { type AlgorithmName, algorithmNames } from "./algorithms/registry.ts";
export { type ErrorCode, KeygenError } from "./errors.ts";
export {
  type Decision,
  decide,
  type Finding,
  type Obligation,
  type Recommendation,
  recommend,
} from "./policy/decide.ts";
export { type Approval, type Policy, parsePolicy, policyFromProfile, resolvePolicy } from "./policy/policy.ts";
export { type ProfileName, profileNames, profiles } from "./policy/profiles.ts";
export type { ExportForm, OpenRequest, PolicyRequest } from "./policy/request.ts";
export type { Facts, GeneratorFacts, Profile, Rule, RuleState, Verified } from "./policy/rule.ts";
export type { Environment, HashName, PolicyDocument } from "./policy/schema.ts";
