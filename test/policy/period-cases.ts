/** Cryptoperiods that are advised against, for `rules.test.ts`. */
const advised = { in: "warnings", state: "recommended-against" } as const;

export const periodCases = [
  ...(
    [
      ["secret", "AES-256", "encrypt", { originatorUsageDays: 732 }],
      ["recipient", "AES-256", "encrypt", { originatorUsageDays: 730, recipientUsageDays: 1827 }],
      ["derive", "HMAC-SHA-256", "derive", { originatorUsageDays: 367 }],
      ["pair", "P-256", "establish", { originatorUsageDays: 732 }],
      ["pair", "RSA-3072", "wrap", { originatorUsageDays: 732 }],
    ] as const
  ).map(([id, algorithm, purpose, period]) => ({
    ...advised,
    id: `nist/cryptoperiod-${id}`,
    document: { cryptoperiods: { [purpose]: period } },
    request: { algorithm, purpose, classification: "internal" },
  })),
  {
    ...advised,
    id: "nist/processing-112",
    document: { cryptoperiods: { wrap: { originatorUsageDays: 365, recipientUsageDays: 1460 } } },
    request: { algorithm: "RSA-2048", purpose: "wrap", classification: "internal" },
    on: "2027-06-01",
  },
];
