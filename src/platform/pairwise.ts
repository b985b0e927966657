/**
 * The pairwise consistency test by the platform's own library: what one half did, the other half undoes (SP 800-56A Rev. 3,
 * 5.6.2.1.4).
 */
import type { Algorithm } from "../algorithms/algorithm.ts";
import { PrivateKey, PublicKey } from "../algorithms/key.ts";
import type { AlgorithmName } from "../algorithms/registry.ts";
import type { WebCryptoRow } from "../algorithms/web-crypto.ts";
import { useOf } from "../algorithms/web-crypto-use.ts";
import { pkcs8Of } from "../encode/pkcs8.ts";
import { encodeSpki } from "../encode/spki.ts";
import { KeygenError } from "../errors.ts";
import type { MadePair } from "../generate/made.ts";
import { type NotRunReason, notRunReasons, platformTestOf } from "../record/platform-tests.ts";
import { worksAs } from "../seal/check.ts";
import { platformCrypto } from "../seal/platform.ts";

export interface Keys {
  /** The same key as `privateKey`, where there is one secret key. */
  readonly publicKey: CryptoKey;
  readonly privateKey: CryptoKey;
}

/** As a record states it. */
export type PlatformTest =
  | { readonly by: "platform"; readonly test: string; readonly result: "passed" }
  | { readonly by: "platform"; readonly result: "not-run"; readonly reason: NotRunReason };

/** Tests keys that the platform holds: the test if they passed, else what the platform threw, if it threw. */
export async function testOnPlatform(
  use: WebCryptoRow,
  { publicKey, privateKey }: Keys,
): Promise<{ readonly test: PlatformTest } | { readonly test?: never; readonly failure?: unknown }> {
  const { usage, test } = platformTestOf(use);
  try {
    const holds = await worksAs(usage, { row: use, own: privateKey, other: publicKey });
    if (!holds) return {};
  } catch (failure) {
    return { failure };
  }
  return { test: { by: "platform", test, result: "passed" } };
}

function notRun(reason: NotRunReason): PlatformTest {
  return { by: "platform", result: "not-run", reason };
}

const lacking = notRun(notRunReasons.lacking);

/** The pair as the platform holds it, or why it does not: what does not take a key cannot test it. */
async function imported(
  row: Algorithm,
  use: WebCryptoRow,
  { privateParts, publicParts }: MadePair,
): Promise<Keys | PlatformTest> {
  const name = row.name as AlgorithmName; // rows come from the registry
  const spki = encodeSpki(new PublicKey(name, publicParts));
  const der = pkcs8Of(name, privateParts);
  try {
    const subtle = platformCrypto();
    return {
      privateKey: await subtle.importKey("pkcs8", der, use.params, false, use.usages),
      publicKey: await subtle.importKey("spki", spki, use.params, true, use.publicUsages),
    };
  } catch (error) {
    if (error instanceof KeygenError) return lacking; // no Web Cryptography at all
    return error instanceof Error && error.name === "NotSupportedError" ? lacking : notRun(notRunReasons.refused);
  } finally {
    der.fill(0);
  }
}

/**
 * Tests a pair that the core made. A platform that takes no such key, or not this one, has not run the test, and says why;
 * KeygenError "pairwise-failed" if it takes the key and one half does not undo what the other did: the pair is wiped then.
 */
export async function testMadePair(row: Algorithm, made: MadePair, purpose: string | undefined): Promise<PlatformTest> {
  const use = useOf(row, purpose);
  if (use === undefined) return lacking;
  const keys = await imported(row, use, made);
  if ("result" in keys) return keys;
  const outcome = await testOnPlatform(use, keys);
  if (outcome.test !== undefined) return outcome.test;
  const { name } = row;
  new PrivateKey(name as AlgorithmName, made.privateParts, false).wipe(); // rows come from the registry
  throw new KeygenError(
    "pairwise-failed",
    `a new ${name} pair failed the pairwise consistency test of the platform (${use.params.name}); this instance stays closed`,
    { algorithm: name, by: "platform" },
    { cause: outcome.failure },
  );
}
