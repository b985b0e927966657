/** A policy that allows seeds, and how the keys of a seed are told apart. */
import { encodePkcs8, encodeRaw, type GeneratedPair, type GeneratedSecret } from "#keywright";

/** A document for the environment `test` that takes seeds of three origins, and extends the given profile. */
export function seedPolicy(
  profile: "nist" | "open" | "cnsa-2" = "open",
  fields: Readonly<Record<string, unknown>> = {},
) {
  return {
    id: "seeds",
    version: 1,
    owner: "me",
    approver: "you",
    approvedOn: "2026-01-01",
    reviewBy: "2026-12-31",
    onReviewOverdue: "warn",
    extends: [profile],
    environments: ["test"],
    classifications: { any: { minStrengthBits: 112 } },
    export: { plaintext: [], wrapped: [], extractable: ["test"] },
    providers: { core: { accepted: "any" } },
    seeds: {
      allowed: true,
      origins: [
        { origin: "drbg", minBits: 112 },
        { origin: "kdf", minBits: 128 },
        { origin: "external", minBits: 256 },
      ],
    },
    generator: { minStrengthBits: 112 },
    ...fields,
  };
}

/** The private or secret half, whatever it is. */
export function secretOf(made: GeneratedPair | GeneratedSecret): Uint8Array {
  return "secretKey" in made ? encodeRaw(made.secretKey) : encodePkcs8(made.privateKey);
}
