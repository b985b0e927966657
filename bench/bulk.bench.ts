/**
 * Keys as a user gets them, with decision, pairwise test and record: in bulk by `generateMany`, and one by one by `generate`,
 * each awaited before the next. Those that are made at once; a search takes as long in either way.
 */
import { type AlgorithmName, type Keygen, openKeygen } from "#keywright";
import { type HarnessOptions, type Measured, measure, type Work } from "./harness.ts";

/** What is made at once, cheapest first. */
const names = [
  "AES-256",
  "HMAC-SHA-256",
  "Ed25519",
  "X25519",
  "P-256",
  "P-384",
  "ML-KEM-768",
  "ML-DSA-65",
] as const satisfies readonly AlgorithmName[];

const SUFFIX = ", key and record";

export const works: readonly string[] = names.map((name) => `${name}${SUFFIX}`);

/** As our own library cannot be its rival, what it is compared with stands where libraries in JavaScript do. */
export const ONE_BY_ONE = "one by one";

function prepare(keygen: Keygen, work: string): Work {
  const name = names.find((each) => `${each}${SUFFIX}` === work);
  if (name === undefined) throw new RangeError(`work must be one of ${works.join("; ")}, got ${work}`);
  const many = keygen.generateMany(name, 2 ** 32);
  return {
    work,
    unit: "us",
    implementations: [
      { name: "keywright", kind: "keywright", run: () => many.next() },
      { name: ONE_BY_ONE, kind: "javascript", run: () => keygen.generate(name) },
    ],
  };
}

/** Runs in the runtime that is measured. */
export async function measureBulk({
  work,
  options = {},
}: {
  work: string;
  options?: HarnessOptions;
}): Promise<Measured> {
  using keygen = await openKeygen({ policy: "open", environment: "test" });
  return await measure(prepare(keygen, work), options);
}
