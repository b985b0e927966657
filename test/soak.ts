/**
 * `npm run soak -- ALGORITHM COUNT`: many RSA, AES or HMAC-SHA-2 keys, each checked by OpenSSL; says what came of it, exits 1 if
 * one is bad.
 */
import { createDecipheriv, createHmac, randomBytes } from "node:crypto";
import { type AlgorithmName, algorithmNames, encodeRaw, openKeygen, verifyRecord } from "#keywright";
import { findAlgorithm } from "../src/algorithms/registry.ts";
import { brokenCriteria, brokenUses } from "./support/openssl.ts";

const [name, countText = "200"] = process.argv.slice(2);
const count = Number(countText);
const soaked = algorithmNames.filter((known) => /^(RSA|AES|HMAC-SHA)-/.test(known));
const algorithm = soaked.find((known) => known === name);
if (algorithm === undefined || !Number.isInteger(count) || count < 1) {
  console.error(`usage: npm run soak -- ALGORITHM COUNT, where ALGORITHM is one of ${soaked.join(", ")}`);
  process.exit(2);
}

const keygen = await openKeygen({ policy: "nist", environment: "test" });
const seen = new Set<string>();
let bad = 0;
const started = performance.now();
for (let i = 1; i <= count; i++) {
  const broken = await check(algorithm);
  if (broken.length > 0) {
    bad++;
    console.error(`key ${i}: ${broken.join("; ")}`);
  }
  if (i % 50 === 0 || i === count) console.error(`${i} of ${count}`);
}
const seconds = (performance.now() - started) / 1000;
console.log(`${count} ${algorithm} keys, ${bad} bad, ${seen.size} different, ${seconds.toFixed(1)} s`);
process.exit(bad === 0 && seen.size === count ? 0 : 1);

async function check(wanted: AlgorithmName): Promise<string[]> {
  const made = await keygen.generate(wanted);
  if ("privateKey" in made) {
    const { record, publicKey } = made;
    const row = findAlgorithm(wanted);
    if (publicKey.parts.kind !== "rsa") throw new TypeError("an RSA key was wanted");
    seen.add(Buffer.from(publicKey.parts.rsa.n).toString("hex"));
    const { broken } = await verifyRecord(record, { publicKey });
    const criteria = row.kind === "rsa" ? brokenCriteria(made, row.modulusBits) : [];
    return [...criteria, ...brokenUses(made), ...broken.map(({ why }) => why)];
  }
  const { record, secretKey } = made;
  const key = encodeRaw(secretKey);
  seen.add(Buffer.from(key).toString("hex"));
  const { broken } = await verifyRecord(record, { secretKey });
  return [
    ...((await agreesAcross(wanted, key)) ? [] : ["OpenSSL and WebCrypto differ under it"]),
    ...broken.map(({ why }) => why),
  ];
}

/** OpenSSL and WebCrypto, given the same key, must compute the same. */
async function agreesAcross(wanted: AlgorithmName, key: Uint8Array<ArrayBuffer>): Promise<boolean> {
  const message = randomBytes(40);
  if (wanted.startsWith("HMAC")) {
    const bits = wanted.slice("HMAC-SHA-".length);
    const hmac = await crypto.subtle.importKey("raw", key, { name: "HMAC", hash: `SHA-${bits}` }, false, ["sign"]);
    const mac = Buffer.from(await crypto.subtle.sign("HMAC", hmac, message));
    return mac.equals(createHmac(`sha${bits}`, key).update(message).digest());
  }
  const iv = randomBytes(16);
  const aes = await crypto.subtle.importKey("raw", key, "AES-CTR", false, ["encrypt"]);
  const sealed = Buffer.from(await crypto.subtle.encrypt({ name: "AES-CTR", counter: iv, length: 64 }, aes, message));
  return createDecipheriv(`aes-${key.length * 8}-ctr`, key, iv)
    .update(sealed)
    .equals(message);
}
