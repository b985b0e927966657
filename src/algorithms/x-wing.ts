/**
 * X-Wing, a draft: ML-KEM-768 and X25519 as one key encapsulation, draft-connolly-cfrg-xwing-kem-10. It aims for 128 bits,
 * category 1; its generator must serve ML-KEM-768 (FIPS 203, 3.3). The encodings hold the bytes as they are.
 */
import type { XWingAlgorithm } from "./algorithm.ts";

const xWing: XWingAlgorithm = {
  name: "X-Wing-draft-10",
  kind: "x-wing",
  standard: "draft-connolly-cfrg-xwing-kem-10, 5.2",
  status: "draft",
  oid: "1.3.6.1.4.1.62253.25722",
  strengthBits: 128,
  category: 1,
  drbgBits: 192,
  purposes: ["establish"],
  formats: ["raw", "pkcs8", "spki"],
  privateKeyLen: 32,
  publicKeyLen: 1216,
};

export const xWingAlgorithms = { "X-Wing-draft-10": xWing } as const;
