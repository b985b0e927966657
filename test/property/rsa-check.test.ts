// checkRsaKey: keys of OpenSSL and our own pass; every part that is wrong is named, with the clause that it offends.
import { checkPrimeSync, createPrivateKey, createPublicKey, generatePrimeSync } from "node:crypto";
import { expect, test } from "vitest";
import { checkRsaKey, decodePkcs8, decodeSpki } from "#keywright";
import type { RsaPrivateParts } from "../../src/algorithms/key.ts";
import { bitLength, fromBigEndian, toBigEndian } from "../support/integers.ts";
import { Random } from "../support/random.ts";
import { nodePkcs8, nodeSpki } from "../support/rsa-keys.ts";
import { derive } from "../support/rsa-reference.ts";

const random = new Random("rsa-check");

/** A prime of 1024 bits, at least sqrt(2) 2^1023. */
function prime(): bigint {
  for (;;) {
    const p = generatePrimeSync(1024, { bigint: true });
    if (p * p >= 1n << 2047n && (p - 1n) % 65537n !== 0n) return p;
  }
}

type Numbers = Record<keyof RsaPrivateParts, bigint>;

const [P, Q] = [prime(), prime()];
const good = complete(P, Q);

/** The key that follows from two primes as RFC 8017, 3.2 has it. */
function complete(p: bigint, q: bigint): Numbers {
  const key = derive(65537n, p, q);
  if (key === undefined) throw new Error("65537 divides p - 1 or q - 1");
  return { ...key };
}

function parts(numbers: Numbers): RsaPrivateParts {
  const entries = Object.entries(numbers).map(([name, x]) => [name, toBigEndian(x, Math.ceil(bitLength(x) / 8))]);
  return Object.fromEntries(entries) as RsaPrivateParts; // one entry for each name
}

const criterion = (key: Promise<unknown>) =>
  key.then(
    () => "none",
    (error: { code?: string; details?: { criterion?: string; clause?: string } }) =>
      error.code === "key-invalid" ? `${error.details?.criterion} (${error.details?.clause})` : String(error),
  );

test("keys made by OpenSSL and imported pass, public and private", async () => {
  for (const bits of [2048, 3072] as const) {
    expect(await checkRsaKey(decodeSpki(nodeSpki(bits)))).toMatchObject({ modulusBits: bits });
  }
  const own = await checkRsaKey(parts(good));
  expect(own.clauses.join()).toMatch(/5\.3\.3.*A\.1\.1.*8017/);
  // OpenSSL takes its d modulo the least common multiple as well.
  expect(await checkRsaKey(decodePkcs8(nodePkcs8(2048)))).toEqual(own);
  expect(createPrivateKey({ key: Buffer.from(nodePkcs8(2048)), format: "der", type: "pkcs8" }).type).toBe("private");
  expect(createPublicKey({ key: Buffer.from(nodeSpki(2048)), format: "der", type: "spki" }).type).toBe("public");
});

/** The first prime above P that leaves e an inverse. */
const close = (() => {
  let q = P + 2n;
  while ((q - 1n) % 65537n === 0n || !checkPrimeSync(q)) q += 2n;
  return q;
})();

/** A number below the range of q, such that q - 1 and e have no common factor. */
const small = (Q >> 1n) - ((Q >> 1n) % 65537n);

test.each<[string, Numbers, RegExp]>([
  ["e even", { ...good, e: 65538n }, /e is even \(SP 800-89, 5\.3\.3/],
  ["e = 3", { ...good, e: 3n }, /e is not between 2\^16.*criterion 1/],
  ["e of 257 bits", { ...good, e: (1n << 256n) | 1n }, /e is not between 2\^16.*criterion 1/],
  ["n even", { ...good, n: good.n ^ 1n }, /n is even \(SP 800-89, 5\.3\.3/],
  ["n with a factor 751", { ...good, n: good.n - (good.n % 1502n) + 751n }, /factor below 752 \(SP 800-89/],
  ["n a square", { ...good, n: P * P }, /power of a prime.*\(SP 800-89/],
  ["n prime", { ...good, n: generatePrimeSync(2048, { bigint: true }) }, /n is prime \(SP 800-89/],
  ["n of 1024 bits", { ...good, n: P }, /at least 2048, got 1024 \(FIPS 186-5/],
  ["n that is not p q", { ...good, n: prime() * Q }, /n is not p q.*A\.1\.1/],
  ["p even", { ...good, p: P + 1n }, /p is even.*2\(b\)/],
  ["q below the range", { ...good, q: small }, /q is even, or not between.*2\(c\)/],
  ["p longer than half the modulus", { ...good, p: P << 8n }, /p is longer than the modulus allows/],
  ["p and q too close", complete(P, close), /closer than 2\^\(nlen\/2 - 100\).*2\(d\)/],
  ["d one more", { ...good, d: good.d + 1n }, /d is not the inverse.*3\(b\)/],
  ["d plus the least common multiple", { ...good, d: good.d + lambda() }, /d is not between.*3\(a\)/],
  ["dp one more", { ...good, dp: good.dp + 1n }, /dp is not d modulo p - 1 \(RFC 8017/],
  ["dq one more", { ...good, dq: good.dq + 1n }, /dq is not d modulo q - 1 \(RFC 8017/],
  ["qi one more", { ...good, qi: good.qi + 1n }, /qi is not the inverse.*RFC 8017/],
  ["p composite", composite("p"), /p is not prime.*A\.1\.1/],
  ["q composite", composite("q"), /q is not prime.*A\.1\.1/],
])("%s", async (_name, numbers, expected) => {
  expect(await criterion(checkRsaKey(parts(numbers)))).toMatch(expected);
});

function lambda(): bigint {
  let [a, b] = [P - 1n, Q - 1n];
  while (b !== 0n) [a, b] = [b, a % b];
  return ((P - 1n) / a) * (Q - 1n);
}

/** A key that would be right if a product of two primes were one. */
function composite(which: "p" | "q"): Numbers {
  for (;;) {
    const w = generatePrimeSync(512, { bigint: true }) * generatePrimeSync(512, { bigint: true });
    const key = w * w < 1n << 2047n ? undefined : which === "p" ? derive(65537n, w, Q) : derive(65537n, P, w);
    if (key !== undefined) return key;
  }
}

test("wrong calls", async () => {
  const whole = parts(good);
  const { qi: _, ...partial } = whole;
  await expect(checkRsaKey(partial as RsaPrivateParts)).rejects.toThrow(TypeError);
  await expect(checkRsaKey({ n: whole.n } as RsaPrivateParts)).rejects.toThrow(TypeError);
  await expect(checkRsaKey({ ...whole, n: toBigEndian(random.ofLength(2056) | 1n, 257) })).rejects.toThrow(RangeError);
  await expect(checkRsaKey({ ...whole, n: new Uint8Array(0) })).rejects.toMatchObject({ code: "key-invalid" });
});

/** A signal that is asked `calls` times before it is aborted. */
function abortedAfter(calls: number, reason: Error): { signal: AbortSignal; asked: () => number } {
  let asked = 0;
  const signal = Object.assign(new AbortController().signal, {
    throwIfAborted() {
      asked++;
      if (asked > calls) throw reason;
    },
  });
  return { signal, asked: () => asked };
}

test("a check is aborted before it begins, and at any step", async () => {
  const reason = new Error("no more");
  await expect(checkRsaKey(parts(good), { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  const never = abortedAfter(Number.POSITIVE_INFINITY, reason);
  await checkRsaKey(parts(good), { signal: never.signal });
  expect(never.asked()).toBeGreaterThan(10); // of the public part alone there are more
  for (const calls of [1, never.asked() - 1]) {
    await expect(checkRsaKey(parts(good), { signal: abortedAfter(calls, reason).signal })).rejects.toBe(reason);
  }
});

test("the parts that were checked are untouched, and whole as they were", async () => {
  const key = parts(good);
  await checkRsaKey(key);
  expect(fromBigEndian(key.d)).toBe(good.d);
});
