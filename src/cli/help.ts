/** The texts of --help. */
import { purposes } from "../algorithms/algorithm.ts";
import { algorithmNames } from "../algorithms/registry.ts";

const outputs = `  --out FILE            private or secret key; mode 0600; "-" for stdout, with --record
  --public-out FILE     public key
  --record FILE         the record (JSON); default: KEYFILE.record.json
  --format F            pem (default for pairs), jwk, der, raw (default for secret keys)
  --force               overwrite files that exist`;

const asks = `  --purpose P           ${purposes.join(", ")}
  --classification C    a classification of the policy
  --protect-until DATE  YYYY-MM-DD: until when what the key protects must stay safe
  --method M            RSA: a clause of FIPS 186-5, A.1 (A.1.2 to A.1.6); default: the policy's first, or A.1.6
  --lucas               RSA: the Lucas test of FIPS 186-5, B.3.3 after Miller-Rabin; default: as the policy demands
  --provider P          core (default), or platform: the runtime's own Web Cryptography makes it, the core checks it`;

const making = `  --public-exponent E   RSA: odd, above 2^16 and below 2^33; default 65537`;

const owner = `  --policy FILE|NAME    a policy document, or in development and test a profile (nist, cnsa-2, open)
  --environment E       development (default), test or production
  --tenant T            whose key it is (default: default)
  --scope S             tenant (default) or system`;

const texts = {
  generate: `keywright generate ALGORITHM --policy FILE|NAME --out FILE [options]

Makes a key here and writes it beside its record. Nothing secret goes to stdout unless --out is "-".

${owner}
${asks}
${making}
${outputs}`,
  request: `keywright request ALGORITHM --out FILE [options]

Asks a Keywright Worker for a key. The key comes wrapped to a recipient key that lives for this one request.
The token is read from the environment variable KEYWRIGHT_TOKEN. Needs the package jose beside keywright.

  --url URL             https:, with a path if the service has one; http: for this machine only;
                        default http://127.0.0.1:8787
${asks}
${making}
${outputs}`,
  decide: `keywright decide ALGORITHM --policy FILE|NAME [options]

Says whether the policy allows such a key, with every broken rule and its clause. Exit code 0 allowed, 3 refused.

${owner}
${asks}
  --export FORM         wrapped, plaintext or sealed: how a service would hand it on
  --json                the decision as JSON`,
  verify: `keywright verify RECORD [options]

Checks a record (a file, or "-" for stdin). Records are not signed in this version: a record that holds together is
consistent, not authenticated, and the exit code is 0 only with --allow-unsigned.

  --public-key FILE     PEM, DER or JWK of the public key that the record should name
  --secret-key FILE     the secret key (raw or JWK) whose check value the record should hold
  --core-digest D       an accepted digest of the core, sha256:… or its hex digits alone; may be given more than once
  --policy FILE|NAME    the policy or profile under which the decision should have been made
  --allow-unsigned      accept a consistent record that nobody signed
  --json                the result as JSON`,
  acvp: `keywright acvp < prompt.json > response.json

Answers a prompt of NIST's ACVP: a vector set, alone or behind the element with acvVersion. The response comes in the same
envelope. A group that cannot be answered has an error in the place of its tests, is told on stderr, and makes the exit
code 1; the others are answered. Exit code 2: the prompt is not JSON, or no vector set; 3: not an algorithm, mode or
revision that is answered, with the list of those that are.

Keys that come from here are for tests: no policy was asked, and there is no record.`,
} as const;

export function usage(command: keyof typeof texts): string {
  return texts[command];
}

export function help(): string {
  return `keywright: policy-checked key generation; each key leaves with its record

  keywright generate ALGORITHM --policy FILE|NAME --out FILE
  keywright request  ALGORITHM --out FILE
  keywright decide   ALGORITHM --policy FILE|NAME
  keywright verify   RECORD
  keywright acvp     < prompt.json > response.json

Algorithms: ${algorithmNames.join(", ")}
Exit codes: 0 done, 1 failed, 2 wrong call or policy document, 3 refused by the policy (acvp: not answered)
keywright COMMAND --help says more`;
}
