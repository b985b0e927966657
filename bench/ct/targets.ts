/**
 * What the leak harness times: the exponentiation and the generator of the core, each with a secret that is always the
 * same in one class and fresh in the other; and controls that tell whether the harness can see at all.
 */
import { type HashName, hashFacts } from "../../src/core/hash.ts";
import { HmacDrbg } from "../../src/drbg/hmac-drbg.ts";
import type { InnerCore } from "../core.ts";

export type SecretClass = "fixed" | "random";

export interface Target {
  readonly name: string;
  /** A leak must be found here, must not be, or is what we want to know. */
  readonly expect: "leak" | "none" | "unknown";
  /** Samples of both classes together, as a multiple of what is asked. */
  readonly share: number;
  /** Puts the secret in place. Not timed; does the same work for both classes. */
  prepare(which: SecretClass): void;
  run(): void;
}

const BITS = 1024;
const BYTES = BITS / 8;
const LIMBS = BITS / 32;
/** A short exponent makes short samples, which fewer interruptions meet: all of its windows are alike anyhow. */
const EXPONENT_BITS = 256;
const EXPONENT_BYTES = EXPONENT_BITS / 8;
const EXPONENT_LIMBS = EXPONENT_BITS / 32;
/** Secrets of a class stand ready, so that both classes read memory alike. */
const POOL = 64;

const [MODULUS, BASE, EXPONENT, LEFT, RIGHT] = [0, 1, 2, 3, 4];

type Bytes = Uint8Array<ArrayBuffer>;

const fresh = (length = BYTES): Bytes => crypto.getRandomValues(new Uint8Array(length));

/** `fixed` as often as there are fresh ones, each copy in a place of its own. */
function pools(fixed: Bytes, draw: () => Bytes): Readonly<Record<SecretClass, readonly Bytes[]>> {
  return {
    fixed: Array.from({ length: POOL }, () => fixed.slice()),
    random: Array.from({ length: POOL }, () => draw()),
  };
}

/** Little-endian, odd, with the top bit. */
function oddModulus(): Bytes {
  const bytes = fresh();
  bytes[0] = (bytes[0] ?? 0) | 1;
  bytes[BYTES - 1] = (bytes[BYTES - 1] ?? 0) | 0x80;
  return bytes;
}

/** Little-endian and below every modulus of `oddModulus`. */
function belowModulus(): Bytes {
  const bytes = fresh();
  bytes[BYTES - 1] = (bytes[BYTES - 1] ?? 0) & 0x7f;
  return bytes;
}

const number = (bytes: Uint8Array) => bytes.reduceRight((value, byte) => (value << 8n) | BigInt(byte), 0n);

function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n;
  for (const bit of exponent.toString(2)) {
    result = (result * result) % modulus;
    if (bit === "1") result = (result * base) % modulus;
  }
  return result;
}

/** 1, little-endian. */
function one(): Bytes {
  const bytes = new Uint8Array(BYTES);
  bytes[0] = 1;
  return bytes;
}

/** Turns over a pool, the same way in both classes. */
function picker(secrets: Readonly<Record<SecretClass, readonly Bytes[]>>): (which: SecretClass) => Bytes {
  let turn = 0;
  return (which) => secrets[which][turn++ % POOL] ?? new Uint8Array(0);
}

export function exponentiationTargets({ core, call, operand }: InnerCore): Target[] {
  const memory = new Uint8Array(core.memory.buffer);
  const put = (slot: number, bytes: Uint8Array) => memory.set(bytes, operand(slot));
  const begin = () => call("expBegin", operand(BASE), operand(EXPONENT), EXPONENT_LIMBS, EXPONENT_BITS);
  const setModulus = () => call("expModulus", operand(MODULUS), LIMBS, BITS);
  const common = { modulus: oddModulus(), base: belowModulus(), exponent: fresh(EXPONENT_BYTES) };
  const place = () => {
    put(MODULUS, common.modulus);
    put(BASE, common.base);
    put(EXPONENT, common.exponent);
    setModulus();
  };

  place();
  begin();
  call("expAll");
  call("expResult", operand(RIGHT));
  const got = number(memory.subarray(operand(RIGHT), operand(RIGHT) + BYTES));
  if (got !== power(number(common.base), number(common.exponent), number(common.modulus))) {
    throw new Error("the exponentiation is wrong, so its time says nothing");
  }

  const exponent = picker(pools(new Uint8Array(EXPONENT_BYTES), () => fresh(EXPONENT_BYTES)));
  const base = picker(pools(one(), belowModulus));
  const modulus = picker(pools(common.modulus, oddModulus));
  const compared = picker(pools(common.base, fresh));
  const targets = [
    {
      name: "exponentiation modulo 1024 bits: exponent 0 or random",
      prepare: (which: SecretClass) => {
        place();
        put(EXPONENT, exponent(which));
        begin();
      },
      run: () => void call("expAll"),
    },
    {
      name: "exponentiation modulo 1024 bits: base 1 or random",
      prepare: (which: SecretClass) => {
        place();
        put(BASE, base(which));
        begin();
      },
      run: () => void call("expAll"),
    },
    {
      name: "exponentiation modulo 1024 bits: one modulus or random ones",
      prepare: (which: SecretClass) => {
        place();
        put(MODULUS, modulus(which));
      },
      run: () => {
        setModulus();
        begin();
        call("expAll");
      },
    },
  ].map((target) => ({ ...target, expect: "unknown" as const, share: 4 }));
  const controlled = (name: string, expect: Target["expect"], share: number, run: () => void): Target => ({
    name,
    expect,
    share,
    prepare: (which) => {
      place();
      put(LEFT, common.base);
      put(RIGHT, compared(which));
      begin();
    },
    run,
  });
  const compareBy = (how: string, times: number) => call(how, operand(LEFT), operand(RIGHT), BYTES, times);
  return [
    controlled("control: comparison that stops at the first difference", "leak", 10, () => {
      compareBy("compareEarlyExit", 50);
    }),
    controlled("control: comparison that looks at everything", "none", 10, () => {
      compareBy("compareAll", 50);
    }),
    controlled("control: exponentiation with a small leak behind it", "leak", 4, () => {
      call("expAll");
      compareBy("compareEarlyExit", SMALL_LEAK_TIMES);
    }),
    ...targets,
  ];
}

/** About 0.2 us each: two or three per cent of the exponentiation before them. */
const SMALL_LEAK_TIMES = 100;

/** Output of one request at a time. */
const REQUEST = 1024;

export function drbgTarget({ core }: InnerCore, hash: HashName): Target {
  const seeds = picker(pools(new Uint8Array(BYTES), fresh));
  const strengthBits = hashFacts(hash).drbgStrengthBits;
  const out = new Uint8Array(REQUEST);
  let drbg: HmacDrbg | undefined;
  return {
    name: `HMAC_DRBG ${hash}, ${REQUEST} bytes: one seed or random ones`,
    expect: "unknown",
    share: 10,
    prepare(which) {
      drbg?.uninstantiate();
      drbg = HmacDrbg.instantiate(core, { hash, strengthBits, entropy: seeds(which) });
    },
    run: () => drbg?.fill(out),
  };
}
