/** ML-KEM and ML-DSA keys by their expanded form: what is written of a key, and what a runtime makes of one without its seed. */
import { afterEach, describe, expect, test, vi } from "vitest";
import { decodePkcs8, encodePkcs8, encodeRaw, openComplete, seal } from "#keywright";
import { catalogue } from "../../src/algorithms/registry.ts";
import { nodePair, pkcs8Of } from "../support/pair-keys.ts";

const complete = await openComplete();
const wholeFile = pkcs8Of(nodePair("ML-DSA-65"));
const whole = decodePkcs8(wholeFile, { complete });
const expandedKey = (key = whole) => complete(key.algorithm, encodeRaw(key)).expandedKey as Uint8Array;
const file = encodePkcs8(whole, { form: "expanded", expandedKey: expandedKey() });

afterEach(() => vi.restoreAllMocks());

describe.each(["ML-KEM-512", "ML-DSA-44"] as const)("%s: the option expandedKey", (name) => {
  const key = decodePkcs8(pkcs8Of(nodePair(name)));
  const known = decodePkcs8(pkcs8Of(nodePair(name)), { complete });
  const own = expandedKey(known);
  const { expandedKeyLen } = catalogue[name];

  test.each(["expanded", "both"] as const)("of another key is refused where that shows: %s", (form) => {
    expect(decodePkcs8(encodePkcs8(known, { form, expandedKey: own }), { complete }).algorithm).toBe(name);
    // ML-KEM: z, which the seed holds, and ek. ML-DSA: rho.
    const [kem, dsa] = [
      [expandedKeyLen - 1, expandedKeyLen - 65],
      [0, 31],
    ];
    for (const at of name === "ML-KEM-512" ? kem : dsa) {
      const other = own.slice();
      other[at] = (other[at] ?? 0) ^ 1;
      const write = () => encodePkcs8(known, { form, expandedKey: other });
      expect(write, `byte ${at}`).toThrow(expect.objectContaining({ code: "key-invalid" }));
    }
    const foreign = own.slice().fill(7);
    if (name === "ML-KEM-512")
      expect(() => encodePkcs8(key, { form, expandedKey: foreign })).toThrow("not that of the seed");
  });

  test.each([[{ length: expandedKeyLen }], [new Uint16Array(expandedKeyLen)], [Array(expandedKeyLen).fill(1)]])(
    "must be bytes",
    (none) => {
      const write = () => encodePkcs8(known, { form: "expanded", expandedKey: none as unknown as Uint8Array });
      expect(write).toThrow("expandedKey must be a Uint8Array, got");
    },
  );
});

/** A runtime that takes it: the import of the file is that of the one with the seed. */
function takeExpanded(): Uint8Array[] {
  const honest = crypto.subtle.importKey.bind(crypto.subtle);
  const given: Uint8Array[] = [];
  vi.spyOn(crypto.subtle, "importKey").mockImplementation(((format: "pkcs8", bytes: Uint8Array, ...rest: never[]) => {
    if (format === "pkcs8") given.push(bytes);
    const isFile = Buffer.compare(bytes, file) === 0;
    return honest(format, isFile ? wholeFile.slice() : bytes.slice(), ...(rest as unknown as [never, never, never]));
  }) as never);
  return given;
}

test("a key without its seed is sealed where the runtime takes it, and the bytes that it got are wiped", async () => {
  const given = takeExpanded();
  const sealed = await seal(decodePkcs8(file, { complete }), { usages: ["sign"] });
  expect(sealed).toMatchObject({ privateKey: { type: "private" }, publicKey: { type: "public" } });
  expect(given.length).toBe(1);
  for (const bytes of given) expect(bytes.every((byte) => byte === 0)).toBe(true);
});

test("where it does not, as Node 24, the error says that the seed is missing", async () => {
  vi.spyOn(crypto.subtle, "importKey").mockRejectedValue(new DOMException("no", "NotSupportedError"));
  const refused = seal(decodePkcs8(file, { complete }), { usages: ["sign"] });
  await expect(refused).rejects.toMatchObject({ name: "KeygenError", code: "algorithm-unsupported" });
  await expect(refused).rejects.toThrow(
    /^this ML-DSA-65 key was read without its seed, and Web .* a file that holds the/,
  );
});

test("a whole key that a runtime refuses gets the advice for whole keys, and its bytes are wiped", async () => {
  const given: Uint8Array[] = [];
  vi.spyOn(crypto.subtle, "importKey").mockImplementation(((_: string, bytes: Uint8Array) => {
    given.push(bytes);
    return Promise.reject(new DOMException("no", "NotSupportedError"));
  }) as never);
  await expect(seal(whole, { usages: ["sign"] })).rejects.toThrow(/takes no ML-DSA-65 key for ML-DSA-65/);
  expect(given[0]?.length).toBeGreaterThan(32);
  for (const bytes of given) expect(bytes.every((byte) => byte === 0)).toBe(true);
});

test("a key without its public half is not sealed: nothing could be checked", async () => {
  await expect(seal(decodePkcs8(file), { usages: ["sign"] })).rejects.toThrow("the option complete");
});
