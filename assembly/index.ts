/** The whole ABI on one page: integers and offsets cross here, nothing else. The module imports nothing. */
export { abiVersion, arenaPtr, arenaSize } from "./abi";
export { compressions, hashBlockLength, hashFinal, hashLength, hashStateSize, hashUpdate } from "./hash/hash";
export { shakeAbsorb, shakeSqueeze, shakeStateSize } from "./hash/shake";
export { hmacFinal, hmacStateSize, hmacUpdate } from "./mac/hmac";
export {
  drbgGenerate,
  drbgMaxStrength,
  drbgPend,
  drbgReseed,
  drbgReseedCounter,
  drbgReseedInterval,
  drbgStateSize,
  drbgUninstantiate,
} from "./drbg/hmac-drbg";
export { kdfExpand, kdfStateSize } from "./kdf/expand";
export { pbkdf2Done, pbkdf2End, pbkdf2Group, pbkdf2StateSize, pbkdf2Step, pbkdf2Take } from "./kdf/pbkdf2";
// Where a service begins, its known-answer tests run first.
export { drbgInstantiate, hashInit, hmacInit, knownAnswersPtr, selfTestsPassed, sha256Many } from "./self-test/known-answer";
export { kdfAnswersPtr, kdfExtract, kdfInit, kdfSelfTestsPassed, pbkdf2Begin } from "./self-test/kdf";
export { shakeAnswersPtr, shakeInit, shakeSelfTestPassed } from "./self-test/shake";
export {
  mlKemAnswersPtr,
  mlKemCheckDk,
  mlKemCheckEk,
  mlKemDecapsulate,
  mlKemEncapsulate,
  mlKemKeys,
  mlKemSelfTestPassed,
} from "./self-test/ml-kem";
export { mlKemPairwise } from "./self-test/ml-kem-pairwise";
export {
  mlDsaAnswersPtr,
  mlDsaKeys,
  mlDsaPairwise,
  mlDsaPublicOfExpanded,
  mlDsaSelfTestPassed,
  mlDsaSign,
  mlDsaVerify,
} from "./self-test/ml-dsa";
export { kernel } from "./lanes/choice";
export { rsaCandidates, rsaPhase, rsaTake, rsaTested } from "./key/rsa";
export { roundsPassed as rsaRounds } from "./prime/miller-rabin";
export { rsaUnmet } from "./key/rsa-derive";
export { partAt as rsaPartPtr } from "./key/rsa-parts";
export {
  isProbablePrime,
  rsaAnswersPtr,
  rsaCheckBegin,
  rsaConstructBegin,
  rsaFromPrimes,
  rsaSearchBegin,
  rsaSelfTestPassed,
} from "./self-test/rsa";
export { rsaSearchEnd, rsaSearchStep } from "./self-test/pairwise";
export { okpKeyLength } from "./key/okp";
export {
  okpAgree,
  okpAnswersPtr,
  okpCheckOrder,
  okpCheckPublicKey,
  okpGenerate,
  okpKernel,
  okpPublicKey,
  okpSelfTestPassed,
} from "./self-test/okp";
export { okpPairwise } from "./self-test/okp-many";
export {
  xWingAnswersPtr,
  xWingDecapsulate,
  xWingEncapsulate,
  xWingPairwise,
  xWingPublicKey,
  xWingSelfTestPassed,
} from "./self-test/x-wing";
export {
  slhDone,
  slhKeyEnd,
  slhKeyStep,
  slhKeyTake,
  slhLeaves,
  slhPartPtr,
  slhPhase,
  slhWork,
} from "./key/slh-dsa";
export { slhAnswersPtr, slhKeyBegin, slhKeyFromSeed, slhSelfTestPassed } from "./self-test/slh-dsa";
export {
  ecAnswersPtr,
  ecFromBits,
  ecFromScalar,
  ecGenerate,
  ecPairwise,
  ecSelfTestsPassed,
  ecValidate,
} from "./self-test/ec";
