/** A key that is sealed in the call that makes it: nobody ever holds it in another form but, encrypted, its recovery key's owner. */
import type { PublicKey } from "./algorithms/key.ts";
import type { AlgorithmName } from "./algorithms/registry.ts";
import { KeygenError } from "./errors.ts";
import type { Keygen } from "./keygen.ts";
import type { Generated, GeneratedPair, GeneratedSecret, GenerateOptions } from "./options.ts";
import type { KeyRecord } from "./record/record.ts";
import { runtimeName } from "./seal/platform.ts";
import { canSeal, type SealedPair, type SealOptions, seal } from "./seal/seal.ts";

export interface GenerateSealedOptions extends Omit<GenerateOptions, "extractable" | "export"> {
  /** What the key is sealed as. */
  readonly seal: SealOptions;
}

interface SealedFacts {
  readonly record: KeyRecord;
  /** With `recovery`: the copy, a compact JWE. */
  readonly wrapped?: string;
}

export type GeneratedSealed<A extends AlgorithmName> =
  Generated<A> extends GeneratedPair
    ? { readonly sealed: SealedPair; readonly publicKey: PublicKey } & SealedFacts
    : { readonly sealed: CryptoKey } & SealedFacts;

/**
 * A new key as CryptoKey, its record, and with `recovery` a copy that was wrapped before it was sealed. This library's own
 * bytes are wiped, also when sealing fails.
 *
 * Throws as `Keygen.generate` and `seal` do; KeygenError "algorithm-unsupported" before there is a key, where this
 * runtime has no such keys.
 */
export async function generateSealed<A extends AlgorithmName>(
  keygen: Keygen,
  algorithm: A,
  { seal: asked, ...options }: GenerateSealedOptions,
): Promise<GeneratedSealed<A>> {
  const sealing = structuredClone(asked); // read once: what can be sealed is what is sealed
  if (!(await canSeal(algorithm, sealing))) {
    throw new KeygenError(
      "algorithm-unsupported",
      `Web Cryptography of ${runtimeName()} has no ${algorithm} keys, so one could not be sealed; no key was made`,
      { algorithm },
    );
  }
  const wish = { ...options, export: "sealed" } as const;
  const made: GeneratedPair | GeneratedSecret = await keygen.generate(algorithm, wish);
  const { record, wrapped } = made;
  const facts = wrapped === undefined ? { record } : { record, wrapped };
  try {
    const finished =
      "privateKey" in made
        ? { sealed: await seal(made.privateKey, sealing), publicKey: made.publicKey, ...facts }
        : { sealed: await seal(made.secretKey, sealing), ...facts };
    return finished as unknown as GeneratedSealed<A>; // the registry ties kind and name together
  } finally {
    ("privateKey" in made ? made.privateKey : made.secretKey).wipe();
  }
}
