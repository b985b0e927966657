/**
 * One RSA key of ours, with the stop-watch at its seams. The key is timed from an opened, seeded and self-tested generator
 * to the eight parts outside the core. Its pairwise test, which nobody else's rows contain, is timed apart: the core does
 * it before it gives the parts away, so the watch stops when the phase `pairwise` is reached and runs again for the taking.
 */
import { base64 } from "@scure/base";
import { loadCore } from "#keywright/load";
import type { RsaAlgorithm } from "../../src/algorithms/algorithm.ts";
import { PrivateKey, PublicKey } from "../../src/algorithms/key.ts";
import { type AlgorithmName, findAlgorithm } from "../../src/algorithms/registry.ts";
import { copyBytes } from "../../src/bytes.ts";
import { type Core, openCore } from "../../src/core/core.ts";
import type { OwnCore } from "../../src/core/load.ts";
import { RSA_STEP_WORK, type RsaParts, rsaEnd, rsaProgress, rsaStep, rsaTake } from "../../src/core/rsa.ts";
import { Generator } from "../../src/drbg/generator.ts";
import { encodePkcs8 } from "../../src/encode/pkcs8.ts";
import { encodeSpki } from "../../src/encode/spki.ts";
import { webCryptoSource } from "../../src/entropy/web-crypto.ts";
import { beginRsa } from "../../src/generate/rsa-method.ts";

export type RsaBits = 2048 | 3072 | 4096;

/** An opened, seeded generator and the core it lives in. */
export interface Maker {
  readonly core: Core;
  readonly generator: Generator;
}

export interface KeySample {
  /** Milliseconds of the key, without its pairwise test. */
  readonly key: number;
  readonly pairwise: number;
  /** PKCS#8 and SPKI from the parts. */
  readonly encode: number;
  /** Candidates that came to a primality test. */
  readonly tests: number;
}

/**
 * Work for a step while the watch runs: about 30 us, the most of a pairwise test that can slip into the key's time. A
 * step costs the host about 0.1 us.
 */
const FINE_WORK = RSA_STEP_WORK / 320;

export function algorithmOf(bits: RsaBits): RsaAlgorithm {
  const row = findAlgorithm(`RSA-${bits}`);
  if (row.kind !== "rsa") throw new Error(`RSA-${bits} must be an RSA row`);
  return row;
}

/** The build without fused operations, for engines without relaxed SIMD. Undefined where bytes may not be compiled. */
async function plainBuild(): Promise<OwnCore | undefined> {
  const { bytes } = await import("../../src/core/generated/core.ts");
  try {
    return { module: await WebAssembly.compile(copyBytes(base64.decode(bytes))), build: "simd" };
  } catch {
    return undefined;
  }
}

/** The path without fused operations, as an engine without relaxed SIMD takes it. */
export async function openPlainMaker(): Promise<Maker | undefined> {
  const own = await plainBuild();
  return own === undefined ? undefined : await openMaker(own);
}

export async function openMaker(own?: OwnCore): Promise<Maker> {
  const core = openCore(await loadCore(own));
  const owner = { environment: "test", tenant: "bench", scope: "system" };
  return { core, generator: new Generator(core, webCryptoSource, owner) };
}

/** What `generate` does first for a key; a key's search is then under way. */
export function beginKey({ core, generator }: Maker, algorithm: RsaAlgorithm): void {
  generator.freshen();
  beginRsa(core, generator.pointer, algorithm, {});
}

/** A key must be one before its time counts: the arithmetic of the parts, by BigInt. Primality is the soak's business. */
export function mustBeKey({ n, e, d, p, q, dp, dq, qi }: RsaParts, bits: RsaBits): void {
  const number = (bytes: Uint8Array) => bytes.reduce((value, byte) => (value << 8n) | BigInt(byte), 0n);
  const [N, E, D, P, Q] = [number(n), number(e), number(d), number(p), number(q)];
  const holds =
    N === P * Q &&
    N >> BigInt(bits - 1) === 1n &&
    (E * D) % (P - 1n) === 1n &&
    (E * D) % (Q - 1n) === 1n &&
    number(dp) === D % (P - 1n) &&
    number(dq) === D % (Q - 1n) &&
    (number(qi) * Q) % P === 1n;
  if (!holds) throw new Error(`what was timed is no RSA-${bits} key`);
}

/** Whether the key that was begun does not stand yet: its search or its derivation is under way. */
export function isMaking(core: Core): boolean {
  const { phase } = rsaProgress(core);
  return phase !== "pairwise" && phase !== "ready";
}

export function timedKey(maker: Maker, bits: RsaBits, now: () => number): KeySample {
  const { core } = maker;
  const algorithm = algorithmOf(bits);
  try {
    const start = now();
    beginKey(maker, algorithm);
    let done = false; // a step may begin the pairwise test, and even end it
    while (!done && isMaking(core)) done = rsaStep(core, FINE_WORK);
    const stands = now();
    while (!done) done = rsaStep(core, RSA_STEP_WORK);
    const { tested: tests } = rsaProgress(core);
    const tested = now();
    const rsa = rsaTake(core, bits);
    const taken = now();
    const name = algorithm.name as AlgorithmName; // the row came from the registry
    encodePkcs8(new PrivateKey(name, { kind: "rsa", rsa }, true));
    encodeSpki(new PublicKey(name, { kind: "rsa", rsa: { n: rsa.n, e: rsa.e } }));
    const encoded = now();
    mustBeKey(rsa, bits);
    return { key: stands - start + (taken - tested), pairwise: tested - stands, encode: encoded - taken, tests };
  } finally {
    rsaEnd(core);
  }
}
