/** Key pairs made by `node:crypto`, one an algorithm of the catalogue, as oracles for the encoders. */
import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { isKeyPair } from "../../src/algorithms/algorithm.ts";
import { type CatalogueName, catalogue } from "../../src/algorithms/registry.ts";

interface NodePair {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

/** Every key pair of the catalogue but RSA's, which have tests of their own. */
export const pairNames = (Object.keys(catalogue) as CatalogueName[]).filter((name) => {
  const row = catalogue[name];
  return isKeyPair(row) && row.kind !== "rsa" && row.kind !== "x-wing"; // OpenSSL has no X-Wing
});

const made = new Map<CatalogueName, NodePair>();

export function nodePair(name: CatalogueName): NodePair {
  const known = made.get(name);
  if (known !== undefined) return known;
  const pair = generate(name);
  made.set(name, pair);
  return pair;
}

function generate(name: CatalogueName): NodePair {
  if (catalogue[name].kind === "ec") {
    const namedCurve = name === "P-224" ? "secp224r1" : name;
    return generateKeyPairSync("ec", { namedCurve });
  }
  // OpenSSL's names are those of the standards, in lower case; the type of the function lists them one by one.
  return generateKeyPairSync(name.toLowerCase() as "ed25519");
}

export const spkiOf = ({ publicKey }: NodePair): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(publicKey.export({ format: "der", type: "spki" }));

export const pkcs8Of = ({ privateKey }: NodePair): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(privateKey.export({ format: "der", type: "pkcs8" }));
