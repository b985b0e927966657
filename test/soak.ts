/** `npm run soak -- ALGORITHM COUNT`: many keys, each checked by OpenSSL; says what came of it, exits 1 if one is bad. */
import { createCipheriv, createDecipheriv, createHmac, randomBytes } from "node:crypto";
import { type AlgorithmName, algorithmNames, encodeRaw, openKeygen, verifyRecord } from "#keywright";
import { findAlgorithm } from "../src/algorithms/registry.ts";
import { brokenCriteria, brokenUses } from "./support/openssl.ts";

const [name, countText = "200"] = process.argv.slice(2);
const count = Number(countText);
const algorithm = algorithmNames.find((known) => known === name);
if (algorithm === undefined || !Number.isInteger(count) || count < 1) {
  console.error(`usage: npm run soak -- ALGORITHM COUNT, where ALGORITHM is one of ${algorithmNames.join(", ")}`);
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
    seen.add(Buffer.from(publicKey.parts.rsa.n).toString("hex"));
    const { broken } = await verifyRecord(record, { publicKey });
    const criteria = row.kind === "rsa" ? brokenCriteria(made, row.modulusBits) : [];
    return [...criteria, ...brokenUses(made), ...broken.map(({ why }) => why)];
  }
  const { record, secretKey } = made;
  const key = encodeRaw(secretKey);
  seen.add(Buffer.from(key).toString("hex"));
  const { broken } = await verifyRecord(record, { secretKey });
  return [...(worksInOpenSsl(wanted, key) ? [] : ["does not work in OpenSSL"]), ...broken.map(({ why }) => why)];
}

function worksInOpenSsl(wanted: AlgorithmName, key: Uint8Array): boolean {
  if (wanted.startsWith("HMAC")) return createHmac("sha256", key).update("x").digest().length === 32;
  const cipher = `aes-${key.length * 8}-ctr`;
  const iv = randomBytes(16);
  const sealed = createCipheriv(cipher, key, iv).update("message");
  return createDecipheriv(cipher, key, iv).update(sealed).toString() === "message";
}
