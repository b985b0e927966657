/** Rules that no algorithm of the registry breaks, asked of algorithms that it does not have. */
import type { Facts } from "../../src/policy/rule.ts";
import { request } from "./support.ts";

const rsa1024 = {
  name: "RSA-1024",
  kind: "rsa",
  standard: "",
  strengthBits: 80,
  drbgBits: 80,
  purposes: ["sign"],
  formats: [],
  oid: "1.2.840.113549.1.1.1",
  modulusBits: 1024,
  millerRabinRounds: 0,
} as const;
const facts: Facts = {
  algorithm: rsa1024,
  generator: request.generator,
  purpose: "sign",
  protectUntil: "2027-01-01",
  usedUntil: "2027-01-01",
  processedUntil: "2027-01-01",
  today: "2027-01-01",
  cryptoperiod: undefined,
};
export const beyondRegistry: readonly (readonly [id: string, facts: Facts])[] = [
  ["nist/strength-112", facts],
  ["open/strength-112", facts],
  ["nist/rsa-2048", facts],
  ["nist/rsa-even-size", { ...facts, algorithm: { ...rsa1024, modulusBits: 3073 } }],
  [
    "nist/hmac-key-112",
    {
      ...facts,
      algorithm: {
        name: "HMAC-104",
        kind: "hmac",
        standard: "",
        strengthBits: 104,
        drbgBits: 104,
        purposes: ["derive"],
        formats: [],
        keyLen: 13,
        hash: "SHA-256",
      },
    },
  ],
];
