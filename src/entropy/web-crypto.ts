/**
 * The platform's generator, `crypto.getRandomValues`. That it holds full entropy is asserted by the platform and not
 * assessed here; the record says so. There is no fallback: without it, nothing is generated.
 */
import { type Bytes, secretBytes } from "../bytes.ts";
import { KeygenError } from "../errors.ts";
import type { EntropySource } from "./source.ts";

/** The most that one getRandomValues call may fill: Web Cryptography API, 10.1.1. */
const MAX_PER_CALL = 65_536;

function platformCrypto(): Crypto {
  const { crypto } = globalThis as { crypto?: Crypto };
  if (typeof crypto?.getRandomValues !== "function") {
    throw new KeygenError(
      "entropy-unavailable",
      "crypto.getRandomValues is missing in this runtime, and there is no safe substitute for it",
    );
  }
  return crypto;
}

export const webCryptoSource: EntropySource = {
  name: "crypto.getRandomValues",
  scripted: false,
  read(length: number): Bytes {
    const crypto = platformCrypto();
    const out = secretBytes(length);
    try {
      for (let at = 0; at < length; at += MAX_PER_CALL) crypto.getRandomValues(out.subarray(at, at + MAX_PER_CALL));
    } catch (cause) {
      out.fill(0);
      throw new KeygenError(
        "entropy-unavailable",
        "crypto.getRandomValues refused; in a Cloudflare Worker randomness may be drawn only while a request is handled, so call openKeygen inside the handler, on first use",
        {},
        { cause },
      );
    }
    return out;
  },
};
