/**
 * Whether the private key that somebody else made belongs to its public key: the core computes the public half, or, for RSA,
 * holds all numbers against each other. It takes seconds for the longest keys, so it runs in the page's worker.
 */
import { checkRsaKey, decodeJwk, encodeJwk, KeygenError, openComplete, PrivateKey, PublicKey } from "#keywright";
import { catalogue } from "../../src/algorithms/registry.ts";
import type { PairAsk } from "./messages.ts";

/** KeygenError "key-invalid" if it does not; the signal's reason when aborted. Wipes the bytes of the private key. */
export async function checkPair({ algorithm, privateKey, publicKey }: PairAsk, signal: AbortSignal): Promise<void> {
  let key: PrivateKey | undefined;
  try {
    const complete = await openComplete();
    signal.throwIfAborted();
    key = readPrivate(JSON.parse(new TextDecoder().decode(privateKey)), { algorithm, complete });
    refuseStranger(key, publicKey);
    if (catalogue[algorithm].kind === "rsa") await checkRsaKey(key, { signal });
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

function notTogether(): KeygenError {
  return new KeygenError("key-invalid", "the answer's keys do not belong together");
}
