/** What a record says of a copy for recovery is held against the key and the catalogue. */
import { expect, test } from "vitest";
import { encodeJwk, type KeyRecord, openKeygen, openRecovery, verifyRecord, webCrypto } from "#keywright";

const keygen = await openKeygen({ policy: "open", environment: "test", platform: webCrypto });
const { publicKey } = await keygen.generate("P-384");
const recovery = await openRecovery(encodeJwk(publicKey));
const { record } = await keygen.generate("P-256", { recovery });
const { record: lattice } = await keygen.generate("ML-KEM-768", { recovery });

test("as it was made, it holds together", async () => {
  for (const each of [record, lattice])
    expect(await verifyRecord(each)).toMatchObject({ consistent: true, broken: [] });
});

test.each([
  ["recovery", { strengthBits: 256 }],
  ["recovery", { algorithm: "RSA-9000" }],
  ["recovery", { alg: "RSA-OAEP-256" }],
  ["recovery", { algorithm: "AES-192" }],
  ["recovery", { algorithm: "Ed448", strengthBits: 224 }],
  ["recovery", { algorithm: "X448", strengthBits: 224 }],
  ["recovery", { algorithm: "secp256k1", strengthBits: 128 }],
  ["recovery-strength", { algorithm: "RSA-2048", strengthBits: 112, alg: "RSA-OAEP-256" }],
])("%s: %o is found", async (id, edit) => {
  const { predicate } = record;
  const changed = { ...record, predicate: { ...predicate, recovery: { ...predicate.recovery, ...edit } } };
  const { broken } = await verifyRecord(JSON.stringify(changed));
  expect(broken.map((each) => each.id)).toEqual([id]);
});

test("a missing warning about quantum computers is found, and one that does not belong", async () => {
  const [warning] = lattice.predicate.decision.warnings.filter(({ id }) => id === "policy/recovery-quantum");
  const warnings = (from: typeof record, list: unknown[]) =>
    JSON.stringify({
      ...from,
      predicate: { ...from.predicate, decision: { ...from.predicate.decision, warnings: list } },
    });
  const others = lattice.predicate.decision.warnings.filter((each) => each !== warning);
  const ids = async (text: string) => (await verifyRecord(text)).broken.map(({ id }) => id);
  expect(await ids(warnings(lattice, others))).toEqual(["recovery-warning"]);
  expect(await ids(warnings(record, [...record.predicate.decision.warnings, warning]))).toEqual(["recovery-warning"]);
});

test("a key that nobody reads has no copy, nor has one without a JWK", async () => {
  const ids = async (from: KeyRecord, copy: unknown) =>
    (await verifyRecord({ ...from, predicate: { ...from.predicate, recovery: copy } })).broken.map(({ id }) => id);
  const copy = record.predicate.recovery;
  const { record: held } = await keygen.generate("P-256", { provider: "platform", recovery });
  expect((await verifyRecord(held)).broken).toEqual([]);
  const { record: kept } = await keygen.generate("P-256", { provider: "platform", extractable: false });
  expect(await ids(kept, copy)).toEqual(["recovery"]);
  const { record: curve } = await keygen.generate("P-224");
  expect(await ids(curve, copy)).toEqual(["recovery"]);
  const { record: hybrid } = await keygen.generate("X-Wing-draft-10");
  const { decision } = lattice.predicate;
  const warned = { ...hybrid, predicate: { ...hybrid.predicate, decision } };
  expect(await ids(warned, undefined)).toContain("shape");
  expect(await ids(warned, copy)).toEqual(["recovery"]);
});

test("a thumbprint that is none is not read", async () => {
  const { predicate } = record;
  const changed = { ...record, predicate: { ...predicate, recovery: { ...predicate.recovery, thumbprint: "short" } } };
  expect(await verifyRecord(JSON.stringify(changed))).toMatchObject({ consistent: false, broken: [{ id: "shape" }] });
});
