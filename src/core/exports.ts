/** The signatures behind `assembly/index.ts`, typed by hand. `test/abi.test.ts` holds the two lists against each other. */
export interface CoreExports {
  readonly memory: WebAssembly.Memory;
  abiVersion(): number;
  arenaPtr(): number;
  arenaSize(): number;

  compressions(): number;
  hashLength(hash: number): number;
  hashBlockLength(hash: number): number;
  hashStateSize(): number;
  hashInit(state: number, hash: number): number;
  hashUpdate(state: number, data: number, len: number): number;
  hashFinal(state: number, out: number): number;
  sha256Many(out: number, from: number, len: number, count: number): number;

  shakeStateSize(): number;
  shakeInit(state: number, strengthBits: number): number;
  shakeAbsorb(state: number, data: number, len: number): number;
  shakeSqueeze(state: number, out: number, len: number): number;
  shakeSelfTestPassed(): number;
  shakeAnswersPtr(): number;

  mlKemKeys(k: number, seed: number, ek: number, dk: number): number;
  mlKemPairwise(k: number, count: number, seeds: number, eks: number): number;
  mlKemCheckEk(k: number, ek: number): number;
  mlKemCheckDk(k: number, dk: number): number;
  mlKemEncapsulate(k: number, ek: number, m: number, c: number, secret: number): number;
  mlKemDecapsulate(k: number, dk: number, c: number, secret: number): number;
  mlKemSelfTestPassed(): number;
  mlKemAnswersPtr(): number;

  mlDsaKeys(k: number, xi: number, pk: number, sk: number): number;
  mlDsaPairwise(k: number, xi: number, pk: number): number;
  mlDsaPublicOfExpanded(k: number, sk: number, pk: number): number;
  mlDsaSign(k: number, sk: number, message: number, len: number, rnd: number, signature: number): number;
  mlDsaVerify(k: number, pk: number, message: number, len: number, signature: number): number;
  mlDsaSelfTestPassed(): number;
  mlDsaAnswersPtr(): number;

  hmacStateSize(): number;
  hmacInit(state: number, hash: number, key: number, keyLen: number): number;
  hmacUpdate(state: number, data: number, len: number): number;
  hmacFinal(state: number, out: number): number;

  drbgStateSize(): number;
  drbgMaxStrength(hash: number): number;
  drbgInstantiate(
    state: number,
    hash: number,
    strengthBits: number,
    predictionResistance: number,
    reseedInterval: bigint,
    entropy: number,
    entropyLen: number,
    nonce: number,
    nonceLen: number,
    personalization: number,
    personalizationLen: number,
  ): number;
  drbgReseed(state: number, entropy: number, entropyLen: number, additional: number, additionalLen: number): number;
  drbgGenerate(
    state: number,
    out: number,
    outLen: number,
    strengthBits: number,
    predictionResistance: number,
    additional: number,
    additionalLen: number,
  ): number;
  drbgPend(state: number, data: number, len: number): number;
  drbgUninstantiate(state: number): number;
  drbgReseedCounter(state: number): bigint;
  drbgReseedInterval(state: number): bigint;

  kdfStateSize(): number;
  kdfInit(state: number, hash: number, keyed: number, key: number, keyLen: number): number;
  kdfExtract(state: number, hash: number, salt: number, saltLen: number, secret: number, secretLen: number): number;
  kdfExpand(
    state: number,
    out: number,
    outBits: number,
    mode: number,
    counterBits: number,
    place: number,
    fixed: number,
    fixedLen: number,
    iv: number,
    ivLen: number,
  ): number;
  pbkdf2StateSize(): number;
  pbkdf2Begin(
    state: number,
    hash: number,
    password: number,
    passwordLen: number,
    salt: number,
    saltLen: number,
    iterations: number,
    outLen: number,
  ): number;
  pbkdf2Step(state: number, rounds: number): number;
  pbkdf2Group(state: number): number;
  pbkdf2Done(state: number): number;
  pbkdf2Take(state: number, out: number): number;
  pbkdf2End(state: number): void;
  kdfSelfTestsPassed(): number;
  kdfAnswersPtr(): number;

  rsaSearchBegin(
    candidates: number,
    bases: number,
    strengthBits: number,
    nlen: number,
    topMask: number,
    lowMask: number,
    failuresP: number,
    failuresQ: number,
    rounds: number,
    e: number,
    eLen: number,
    variant: number,
  ): number;
  rsaFromPrimes(
    bases: number,
    strengthBits: number,
    nlen: number,
    rounds: number,
    e: number,
    eLen: number,
    p: number,
    pLen: number,
    q: number,
    qLen: number,
  ): number;
  rsaCheckBegin(
    bases: number,
    strengthBits: number,
    nlen: number,
    rounds: number,
    e: number,
    eLen: number,
    p: number,
    q: number,
    rest: number,
  ): number;
  rsaConstructBegin(block: number): number;
  rsaSearchStep(work: number): number;
  rsaSearchEnd(): void;
  rsaPhase(): number;
  rsaCandidates(): number;
  rsaTested(): number;
  rsaUnmet(): number;
  rsaRounds(): number;
  rsaTake(part: number, out: number, len: number): number;
  rsaPartPtr(part: number): number;
  /** 0: integers; 1: two numbers at once, by fused operations; 2: two, by doubles that are never rounded. */
  kernel(): number;
  rsaSelfTestPassed(): number;
  rsaAnswersPtr(): number;
  isProbablePrime(w: number, len: number, rounds: number, bases: number, strengthBits: number): number;

  okpKeyLength(kind: number): number;
  okpGenerate(kind: number, generator: number, strengthBits: number, privateKey: number, publicKey: number): number;
  okpPublicKey(kind: number, privateKey: number, publicKey: number): number;
  okpPairwise(kind: number, count: number, privateKeys: number, publicKeys: number): number;
  okpCheckPublicKey(kind: number, publicKey: number, len: number): number;
  okpCheckOrder(kind: number, publicKey: number): number;
  okpAgree(kind: number, privateKey: number, publicKey: number, out: number): number;
  okpSelfTestPassed(): number;
  okpAnswersPtr(): number;
  /** 0: integers; 1: fused multiplications. */
  okpKernel(): number;
  xWingPublicKey(seed: number, publicKey: number): number;
  xWingPairwise(seed: number, publicKey: number): number;
  xWingEncapsulate(publicKey: number, eseed: number, ct: number, secret: number): number;
  xWingDecapsulate(seed: number, ct: number, secret: number): number;
  xWingSelfTestPassed(): number;
  xWingAnswersPtr(): number;
  slhKeyBegin(set: number, generator: number): number;
  slhKeyFromSeed(set: number, seed: number): number;
  slhKeyStep(work: number): number;
  slhKeyTake(out: number, len: number): number;
  slhKeyEnd(): void;
  slhPhase(): number;
  slhLeaves(): number;
  slhDone(): number;
  slhWork(): number;
  slhPartPtr(part: number): number;
  slhSelfTestPassed(): number;
  slhAnswersPtr(): number;
  ecGenerate(curve: number, method: number, generator: number, strengthBits: number, d: number, point: number): number;
  ecFromBits(
    curve: number,
    method: number,
    bits: number,
    len: number,
    count: number,
    d: number,
    points: number,
  ): number;
  ecFromScalar(curve: number, d: number, point: number): number;
  ecValidate(curve: number, point: number, len: number, full: number): number;
  ecPairwise(curve: number, d: number, point: number): number;
  /** Bit `curve`: that curve was tested in this instance. */
  ecSelfTestsPassed(): number;
  ecAnswersPtr(): number;

  selfTestsPassed(): number;
  knownAnswersPtr(): number;
}
