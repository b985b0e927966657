/** The check of an RSA key from anywhere: public validation, and for a private key every criterion of FIPS 186-5, A.1.1. */
import { PrivateKey, PublicKey, type RsaPrivateParts, type RsaPublicParts, readSecret } from "../algorithms/key.ts";
import { FOREIGN_PRIME_ROUNDS } from "../algorithms/rsa-methods.ts";
import { copyBytes, secretBytes } from "../bytes.ts";
import { type Core, openCore } from "../core/core.ts";
import type { CoreLoader, OwnCore } from "../core/load.ts";
import { pause } from "../core/pause.ts";
import { RSA_STEP_WORK, rsaEnd } from "../core/rsa.ts";
import { invalidKey, rsaCheckBegin, rsaCheckStep } from "../core/rsa-check.ts";
import { HmacDrbg } from "../drbg/hmac-drbg.ts";
import { randomBytes } from "../entropy/random.ts";
import { kindOf, quote } from "../errors.ts";
import { checkRsaPublic } from "./rsa-public.ts";

export type RsaKeyToCheck = PublicKey | PrivateKey | RsaPublicParts | RsaPrivateParts;

export interface RsaCheckOptions {
  readonly signal?: AbortSignal;
  /** This release's core, compiled by the caller. */
  readonly core?: OwnCore;
}

/** What was checked, and found right. */
export interface RsaChecked {
  readonly modulusBits: number;
  readonly clauses: readonly string[];
}

function partsOf(key: RsaKeyToCheck): RsaPublicParts | RsaPrivateParts {
  const held = key instanceof PublicKey ? key.parts : key instanceof PrivateKey ? readSecret(key) : undefined;
  if (held !== undefined) {
    if (held.kind !== "rsa") throw new TypeError("checkRsaKey wants an RSA key");
    return held.rsa;
  }
  if (typeof key === "object" && key !== null) return key as RsaPublicParts;
  throw new TypeError(`checkRsaKey wants a key, or parts with n and e, got ${quote(key)}`);
}

const privateNames = ["d", "p", "q", "dp", "dq", "qi"] as const;

function isPrivate(parts: RsaPublicParts | RsaPrivateParts): boolean {
  const there = privateNames.filter((name) => name in parts);
  if (there.length !== 0 && there.length !== privateNames.length) {
    throw new TypeError(`parts of a private key must have ${privateNames.join(", ")}, got ${there.join(", ")} only`);
  }
  return there.length !== 0;
}

/** Copies of the numbers, which the caller wipes: the key may be wiped, and parts may change, while the check waits. */
function copied(parts: RsaPublicParts | RsaPrivateParts): { readonly own: RsaPrivateParts; readonly whole: boolean } {
  const whole = isPrivate(parts);
  const names = ["n", "e", ...(whole ? privateNames : [])];
  const all = Object.fromEntries(names.map((name): [string, unknown] => [name, Reflect.get(parts, name)]));
  const wrong = names.find((name) => !(all[name] instanceof Uint8Array));
  if (wrong !== undefined) {
    const got = kindOf(all[wrong]);
    throw new TypeError(`checkRsaKey wants a key, or parts with ${wrong} as a Uint8Array, got ${got}`);
  }
  const own = Object.fromEntries(names.map((name) => [name, copyBytes(all[name] as Uint8Array)]));
  return { own: own as unknown as RsaPrivateParts, whole }; // the private numbers of a whole key only
}

/** A copy of the number in exactly `length` bytes. How many leading zeros it has is told. */
function fitted(name: string, bytes: Uint8Array, length: number): Uint8Array<ArrayBuffer> {
  let from = 0;
  while (bytes[from] === 0) from++;
  if (bytes.length - from > length) throw invalidKey(`${name} is longer than the modulus allows`, "FIPS 186-5, A.1.1");
  const out = secretBytes(length);
  out.set(bytes.subarray(from), length - (bytes.length - from));
  return out;
}

/** What draws the bases of Miller-Rabin. The caller uninstantiates it. */
function basesIn(core: Core): HmacDrbg {
  const entropy = randomBytes(48);
  try {
    return HmacDrbg.instantiate(core, { hash: "SHA-256", strengthBits: 256, entropy });
  } finally {
    entropy.fill(0);
  }
}

/** Every criterion of the private key, in a core whose search state is free; `refuseIfEnded` is asked between steps. Throws as `checkRsaKeyWith` does. */
export async function checkRsaPrivate(
  core: Core,
  parts: RsaPrivateParts,
  bits: number,
  refuseIfEnded: () => void,
): Promise<void> {
  const bases = basesIn(core);
  const [whole, half] = [bits / 8, bits / 16];
  const copies: Uint8Array[] = [];
  const fit = (name: keyof RsaPrivateParts, length: number) => {
    const copy = fitted(name, parts[name], length);
    copies.push(copy);
    return copy;
  };
  try {
    const e = parts.e.slice(parts.e.findIndex((byte) => byte !== 0));
    const fixed = {
      e,
      n: fit("n", whole),
      d: fit("d", whole),
      p: fit("p", half),
      q: fit("q", half),
      dp: fit("dp", half),
      dq: fit("dq", half),
      qi: fit("qi", half),
    };
    rsaCheckBegin(core, fixed, { bases: bases.pointer, modulusBits: bits, millerRabinRounds: FOREIGN_PRIME_ROUNDS });
    while (!rsaCheckStep(core, RSA_STEP_WORK)) {
      await pause();
      refuseIfEnded();
    }
  } finally {
    for (const copy of copies) copy.fill(0);
    rsaEnd(core);
    bases.uninstantiate();
  }
}

/**
 * Resolves if the key is right. Throws KeygenError "key-invalid" with `details.criterion` and `details.clause` for the
 * first thing that is not; the signal's reason when aborted; TypeError for what is no RSA key.
 */
export async function checkRsaKeyWith(
  load: CoreLoader,
  key: RsaKeyToCheck,
  options: RsaCheckOptions = {},
): Promise<RsaChecked> {
  options.signal?.throwIfAborted();
  const { own, whole } = copied(partsOf(key));
  try {
    const modulusBits = await checkRsaPublic(own, options.signal);
    if (!whole) return { modulusBits, clauses: ["SP 800-89, 5.3.3", "FIPS 186-5, A.1.1, criterion 1"] };
    await checkRsaPrivate(openCore(await load(options.core)), own, modulusBits, () => options.signal?.throwIfAborted());
    return { modulusBits, clauses: ["SP 800-89, 5.3.3", "FIPS 186-5, A.1.1, criteria 1 to 3", "RFC 8017, 3.2"] };
  } finally {
    for (const number of Object.values(own)) number.fill(0);
  }
}
