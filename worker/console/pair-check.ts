/**
 * Whether the private key that somebody else made belongs to its public key: the core computes the public half, or, for RSA,
 * holds all numbers against each other; for SLH-DSA, the tree is grown again. It takes seconds for the longest keys, so it runs in the page's worker.
 */
import { checkRsaKey, decodeJwk, encodeJwk, KeygenError, openComplete, PrivateKey, PublicKey } from "#keywright";
import { loadCore } from "#keywright/load";
import { readSecret } from "../../src/algorithms/key.ts";
import { catalogue } from "../../src/algorithms/registry.ts";
import { openCore } from "../../src/core/core.ts";
import { type SlhDsaName, slhDsaLength } from "../../src/core/slh-dsa.ts";
import { halvesOf } from "../../src/encode/pair.ts";
import { slhDsaPairOf } from "../../src/generate/slh-dsa.ts";
import type { PairAsk } from "./messages.ts";

/** KeygenError "key-invalid" if it does not; the signal's reason when aborted. Wipes the bytes of the private key. */
export async function checkPair({ algorithm, privateKey, publicKey }: PairAsk, signal: AbortSignal): Promise<void> {
  let key: PrivateKey | undefined;
  try {
    const complete = await openComplete();
    signal.throwIfAborted();
    key = readPrivate(JSON.parse(new TextDecoder().decode(privateKey)), { algorithm, complete });
    refuseStranger(key, publicKey);
    const { kind } = catalogue[algorithm];
    if (kind === "rsa") await checkRsaKey(key, { signal });
    if (kind === "slh-dsa") await checkTree(key, algorithm as SlhDsaName, signal); // the names of its kind
  } finally {
    privateKey.fill(0);
    key?.wipe();
  }
}

function readPrivate(jwk: unknown, options: Parameters<typeof decodeJwk>[1]): PrivateKey {
  const key = decodeJwk(jwk, options);
  if (key instanceof PrivateKey) return key;
  if (!(key instanceof PublicKey)) key.wipe();
  throw notTogether();
}

/** That what the private JWK states of its public half is right, was checked when it was read. */
function refuseStranger(key: PrivateKey, publicKey: object): void {
  const mine: object = encodeJwk(key);
  for (const [member, value] of Object.entries(publicKey)) {
    if (Reflect.get(mine, member) !== value) throw notTogether();
  }
}

/** FIPS 205, 9.1: the private key ends with the root that its first three quarters grow. */
async function checkTree(key: PrivateKey, name: SlhDsaName, signal: AbortSignal): Promise<void> {
  const { privateKey } = halvesOf(readSecret(key));
  const seed = privateKey.subarray(0, 3 * slhDsaLength(name));
  const core = openCore(await loadCore());
  const grown = await slhDsaPairOf(core, name, seed, { signal, refuseIfEnded: () => undefined });
  // Both roots are public; the rest is what was given.
  const isSame = grown.publicKey.every((byte, i) => byte === privateKey[2 * slhDsaLength(name) + i]);
  grown.seed.fill(0);
  grown.privateKey.fill(0);
  if (!isSame) throw notTogether();
}

function notTogether(): KeygenError {
  return new KeygenError("key-invalid", "the answer's keys do not belong together");
}
