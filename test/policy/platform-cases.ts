/** Requests of a platform's key that break one rule each, for `rules.test.ts`. */
const who = { acceptedBy: "Crypto Board", acceptedOn: "2026-11-21", basis: "OpenSSL 3, CMVP certificate checked" };
const generator = { mechanism: "CTR_DRBG", strengthBits: 256 };

/** Whoever accepts Node says what its generator is, or does not. */
const inTest = (stated: object = {}) => ({
  providers: { core: { accepted: [] }, platform: { accepted: [{ runtime: "node", ...who, ...stated }] } },
  environments: ["test"],
  export: { plaintext: [], wrapped: ["test"], extractable: ["test"] },
});
const fromNode = { provider: "platform", module: { runtime: "node" }, generator: undefined } as const;
const testing = { ...fromNode, environment: "test" } as const;

export const platformCases = [
  {
    id: "policy/provider",
    in: "broken",
    state: "disallowed",
    document: inTest({ generator }),
    request: { ...testing, module: { runtime: "workerd" } },
    also: ["policy/generator-known"],
  },
  {
    id: "policy/generator-known",
    in: "broken",
    state: "disallowed",
    document: {
      providers: {
        core: { accepted: [{ digest: `sha256:${"ab".repeat(32)}`, build: "simd", ...who }] },
        platform: { accepted: [{ runtime: "node", ...who }] },
      },
    },
    request: fromNode,
  },
  {
    id: "policy/generator-known",
    in: "warnings",
    state: "recommended-against",
    document: inTest(),
    request: testing,
  },
  {
    id: "policy/prediction-resistance",
    in: "broken",
    state: "disallowed",
    document: { ...inTest({ generator }), generator: { minStrengthBits: 256, predictionResistance: true } },
    request: testing,
  },
  {
    id: "policy/generator-strength",
    in: "broken",
    state: "disallowed",
    document: inTest({ generator: { ...generator, strengthBits: 192 } }),
    request: testing,
  },
  {
    id: "nist/drbg-approved",
    in: "broken",
    state: "disallowed",
    document: inTest({ generator: { ...generator, mechanism: "arc4random" } }),
    request: testing,
  },
  {
    id: "policy/rsa-method",
    in: "broken",
    state: "disallowed",
    document: { ...inTest({ generator }), rsaMethods: ["A.1.6"] },
    request: testing,
  },
] as const;
