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
export { decideDerivation } from "./policy/derivation.ts";
export { type Approval, type Policy, parsePolicy, policyFromProfile, resolvePolicy } from "./policy/policy.ts";
export { type ProfileName, profileNames, profiles } from "./policy/profiles.ts";
export type { DerivationRequest, ExportForm, OpenRequest, PolicyRequest } from "./policy/request.ts";
export type {
  DerivationFacts,
  DerivationRule,
  Facts,
  GeneratorFacts,
  Profile,
  Rule,
  RuleOf,
  RuleState,
  Verified,
} from "./policy/rule.ts";
export type { Environment, HashName, PolicyDocument } from "./policy/schema.ts";
