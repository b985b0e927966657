/** What all entry points share. */
export type { Algorithm, Purpose } from "./algorithms/algorithm.ts";
export { PrivateKey, PublicKey, SecretKey } from "./algorithms/key.ts";
export { type AlgorithmName, algorithmNames, type CatalogueName } from "./algorithms/registry.ts";
export type { RsaMethodName } from "./algorithms/rsa-methods.ts";
export type { SeedSchemeName } from "./algorithms/seed-schemes.ts";
export type { WebCryptoHash, WebCryptoUsage } from "./algorithms/web-crypto.ts";
export { combineKeys } from "./combine-keys.ts";
export { derivationDecision, derive } from "./derivation.ts";
export { concatenateKeys, xorKeys } from "./derive/combine.ts";
export type {
  DerivationName,
  DeriveOptions,
  ExtractionOptions,
  HkdfOptions,
  KbkdfOptions,
  OneStepHmacOptions,
  OneStepOptions,
  Pbkdf2Options,
  Secret,
  TwoStepOptions,
} from "./derive/derive.ts";
export type { DerivationFunction } from "./derive/names.ts";
export { decodeJwk, encodeJwk, type Jwk, jwkThumbprint, type PrivateJwk, type PublicJwk } from "./encode/jwk.ts";
export type { Complete, Completed } from "./encode/pair.ts";
export { decodeEncryptedPkcs8, type EncryptOptions, encodeEncryptedPkcs8 } from "./encode/pbes2.ts";
export { decodePem, encodePem, type PemLabel } from "./encode/pem.ts";
export { decodePkcs8, type EncodePkcs8Options, encodePkcs8, type SeededForm } from "./encode/pkcs8.ts";
export { type DecodeRawOptions, decodeRaw, encodeRaw } from "./encode/raw.ts";
export { decodeSec1, encodeSec1 } from "./encode/sec1.ts";
export { decodeSpki, encodeSpki } from "./encode/spki.ts";
export { type ErrorCode, KeygenError } from "./errors.ts";
export type { CompleteOptions } from "./generate/complete.ts";
export type { Progress } from "./generate/progress.ts";
export type { RsaChecked, RsaCheckOptions, RsaKeyToCheck } from "./generate/rsa-check.ts";
export { type GeneratedSealed, type GenerateSealedOptions, generateSealed } from "./generate-sealed.ts";
export type { Keygen } from "./keygen.ts";
export type {
  AnyGenerateOptions,
  DecideOptions,
  Generated,
  GeneratedKept,
  GeneratedPair,
  GeneratedSecret,
  GenerateOptions,
  KeptOptions,
  KeptPair,
  KeptSecret,
  KeygenOptions,
  PlatformOptions,
  Provider,
  Scope,
} from "./options.ts";
export { type Platform, webCrypto } from "./platform/web-crypto.ts";
export {
  type Decision,
  decide,
  type Finding,
  type Obligation,
  type Recommendation,
  recommend,
} from "./policy/decide.ts";
export { decideDerivation } from "./policy/derivation.ts";
export { type Policy, parsePolicy, policyFromProfile, resolvePolicy } from "./policy/policy.ts";
export { PolicyRefusal } from "./policy/refusal.ts";
export type { DerivationRequest, ExportForm, PolicyRequest } from "./policy/request.ts";
export type { Environment } from "./policy/schema.ts";
export type { CoreRecord, KeyRecord, PlatformRecord } from "./record/record.ts";
export { UNSIGNED, type Verification, type VerifyOptions, verifyRecord } from "./record/verify.ts";
export { openRecovery } from "./seal/recovery.ts";
export type { RecoveryFacts, RecoveryKey } from "./seal/recovery-key.ts";
export { canSeal, type SealedPair, type SealOptions, seal } from "./seal/seal.ts";
export type { CombineOptions, SeedOptions, SeedOrigin } from "./seed-options.ts";
