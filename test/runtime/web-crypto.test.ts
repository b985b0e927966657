/** What the table says of Web Cryptography, held against the one of whatever runtime this runs in. RSA: see `seal.test.ts`. */
import { expect, test } from "vitest";
import { algorithmNames } from "#keywright";
import { registry } from "../../src/algorithms/registry.ts";
import { type WebCryptoRow, webCryptoRows } from "../../src/algorithms/web-crypto.ts";

type Keys = { readonly [half in "publicKey" | "privateKey"]: CryptoKey } | CryptoKey;

/** The types of the runtimes describe the algorithms of Level 2 only. */
const subtle = crypto.subtle as unknown as {
  generateKey(params: object, extractable: boolean, usages: readonly string[]): Promise<Keys>;
  exportKey(format: string, key: CryptoKey): Promise<ArrayBuffer>;
};

/** A platform may lack an algorithm; it then says so by this name. Undefined for one that it lacks. */
async function generate({ params, usages, publicUsages }: WebCryptoRow): Promise<Keys | undefined> {
  try {
    return await subtle.generateKey(params, true, [...usages, ...publicUsages]);
  } catch (error) {
    if (error instanceof DOMException && /^(?:NotSupported|Operation|Syntax)Error$/.test(error.name)) return undefined;
    if (error instanceof TypeError) return undefined; // usages that this runtime has not
    throw error;
  }
}

/** The algorithm of a CryptoKey, its hash by name. */
function stated(key: CryptoKey): object {
  const { hash, ...others } = key.algorithm as { readonly name: string; readonly hash?: { readonly name: string } };
  return hash === undefined ? others : { ...others, hash: hash.name };
}

const everywhere = [
  ...["AES-128", "AES-256", "HMAC-SHA-256", "HMAC-SHA-384", "HMAC-SHA-512"],
  ...["P-256", "P-384", "P-521", "Ed25519", "X25519"],
];

test("a key of the table's parameters has them, and is exported in the table's formats", async () => {
  const had = new Set<string>();
  for (const name of algorithmNames.filter((each) => registry[each].kind !== "rsa")) {
    for (const row of webCryptoRows(registry[name])) {
      const made = await generate(row);
      if (made === undefined) continue;
      had.add(name);
      const [own, open] = "privateKey" in made ? [made.privateKey, made.publicKey] : [made, undefined];
      expect(stated(own), name).toMatchObject(row.params);
      expect([...own.usages].sort(), name).toEqual([...row.usages].sort());
      const { formats } = row;
      const bytes = await subtle.exportKey("secret" in formats ? formats.secret : formats.private, own);
      expect(bytes.byteLength, name).toBeGreaterThan(0);
      if (open === undefined || "secret" in formats) continue;
      expect([...open.usages].sort(), name).toEqual([...row.publicUsages].sort());
      expect((await subtle.exportKey(formats.public, open)).byteLength).toBeGreaterThan(0);
    }
  }
  expect([...had]).toEqual(expect.arrayContaining(everywhere));
});

test("a curve that Web Cryptography does not name has no row", () => {
  expect(webCryptoRows(registry["P-224"])).toEqual([]);
  expect(webCryptoRows(registry.secp256k1)).toEqual([]);
});
