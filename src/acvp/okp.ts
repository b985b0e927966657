/** Ed25519 and Ed448 (FIPS 186-5, 7; RFC 8032), X25519 and X448 (RFC 7748): keys and the validation of public keys. */
import type { OkpName } from "../core/okp.ts";
import { type Family, mustBeFunctional } from "./family.ts";
import { type Fields, toHex } from "./fields.ts";

const names: ReadonlyMap<string, OkpName> = new Map([
  ["ED-25519", "Ed25519"],
  ["ED-448", "Ed448"],
  ["Curve25519", "X25519"],
  ["Curve448", "X448"],
] as const);

function nameOf(group: Fields): OkpName {
  const name = names.get(group.text("curve"));
  if (name === undefined) throw new RangeError(`no key is known on the curve ${group.text("curve")}`);
  return name;
}

interface Halves {
  readonly algorithms: readonly string[];
  readonly revisions: readonly string[];
  /** The names that ACVP gives the halves of a key. */
  readonly privateKey: string;
  readonly publicKey: string;
}

const eddsa: Halves = { algorithms: ["EDDSA"], revisions: ["1.0", "FIPS186-5"], privateKey: "d", publicKey: "q" };
const xecdh: Halves = {
  algorithms: ["XECDH"],
  revisions: ["RFC7748"],
  privateKey: "privateKey",
  publicKey: "publicKey",
};

/** A key of the module's own. A case that gives the private half, as known answers do, has the public one computed. */
const keyGen = (halves: Halves): Family => ({
  algorithms: halves.algorithms,
  mode: "keyGen",
  revisions: halves.revisions,
  answer({ group, test }, iut) {
    mustBeFunctional(group);
    const name = nameOf(group);
    const given = test.has(halves.privateKey) ? test.bytes(halves.privateKey) : undefined;
    const pair =
      given === undefined ? iut.okpKey(name) : { privateKey: given, publicKey: iut.okpPublicKey(name, given) };
    return { [halves.privateKey]: toHex(pair.privateKey), [halves.publicKey]: toHex(pair.publicKey) };
  },
});

const keyVer = (halves: Halves): Family => ({
  algorithms: halves.algorithms,
  mode: "keyVer",
  revisions: halves.revisions,
  answer({ group, test }, iut) {
    mustBeFunctional(group);
    return { testPassed: iut.isOkpPublicKey(nameOf(group), test.bytes(halves.publicKey)) };
  },
});

export const okpFamilies: readonly Family[] = [keyGen(eddsa), keyVer(eddsa), keyGen(xecdh), keyVer(xecdh)];
