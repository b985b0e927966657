/// <reference path="./modules.d.ts" />
/** HMAC_DRBG (SP 800-90A Rev. 1, 10.1.2) by others: without reseeding and additional input, which no row times. */
import { hmac } from "@noble/hashes/hmac.js";
import { sha256, sha512 } from "@noble/hashes/sha2.js";
import hash from "hash.js"; // not a dependency of ours: the hashes that hmac-drbg itself depends on
import HmacDrbgPackage from "hmac-drbg";
import { runtimeFacts } from "../../src/core/runtime.ts";

export type DrbgHash = "SHA-256" | "SHA-512";

/** Draws the next bytes. */
export type Generate = (length: number) => ArrayLike<number>;

type Mac = (key: Uint8Array, ...parts: readonly Uint8Array[]) => Uint8Array;

const zero = Uint8Array.of(0);
const one = Uint8Array.of(1);

/** 10.1.2, as plainly as the standard writes it, over a MAC that is keyed anew each time: nobody's library does better. */
function plainDrbg(mac: Mac, outLen: number, seed: Uint8Array): Generate {
  let key = mac(new Uint8Array(outLen), new Uint8Array(outLen).fill(1), zero, seed); // 10.1.2.3 and 10.1.2.2, step 1
  let v = mac(key, new Uint8Array(outLen).fill(1));
  key = mac(key, v, one, seed);
  v = mac(key, v);
  return (length) => {
    const out = new Uint8Array(length);
    for (let filled = 0; filled < length; filled += outLen) {
      v = mac(key, v); // 10.1.2.5, step 4.1
      out.set(v.subarray(0, length - filled), filled);
    }
    key = mac(key, v, zero); // step 6
    v = mac(key, v);
    return out;
  };
}

export function nobleDrbg(name: DrbgHash, seed: Uint8Array): Generate {
  const h = name === "SHA-256" ? sha256 : sha512;
  const mac: Mac = (key, ...parts) => {
    const state = hmac.create(h, key);
    for (const part of parts) state.update(part);
    return state.digest();
  };
  return plainDrbg(mac, h.outputLen, seed);
}

export function packageDrbg(name: DrbgHash, seed: Uint8Array): Generate {
  const h = name === "SHA-256" ? hash.sha256 : hash.sha512;
  const drbg = new HmacDrbgPackage({ hash: h, entropy: [...seed], nonce: [], pers: [] });
  return (length) => drbg.generate(length);
}

/**
 * Over node:crypto's createHmac, one call a block, as Node offers no HMAC_DRBG of its own. Undefined outside Node:
 * WebCrypto's HMAC is asynchronous, which makes a chain of blocks a chain of promises.
 */
export function nativeDrbg(name: DrbgHash, seed: Uint8Array): Generate | undefined {
  if (runtimeFacts().name !== "node") return undefined;
  // Asked of the process, not imported: this file is bundled for runtimes without the module.
  const { createHmac } = process.getBuiltinModule("node:crypto");
  const nodeName = name === "SHA-256" ? "sha256" : "sha512";
  const mac: Mac = (key, ...parts) => {
    const state = createHmac(nodeName, key);
    for (const part of parts) state.update(part);
    return state.digest();
  };
  return plainDrbg(mac, name === "SHA-256" ? 32 : 64, seed);
}
