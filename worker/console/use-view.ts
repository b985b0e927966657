/** Using a key that nobody can read: sign and verify, or encrypt and decrypt, by the browser's own WebCrypto. */
import { make } from "./element.ts";
import { textField } from "./field.ts";
import type { HeldKey } from "./held-key.ts";
import type { UseAnswer, UseAsk } from "./messages.ts";
import { wayOf } from "./ways.ts";

type Use = NonNullable<HeldKey["use"]>;

const output = "What opens it, IV, ciphertext and tag (base64url)";
const words = {
  sign: { make: "Sign", undo: "Verify", output: "Signature (base64url)" },
  encrypt: { make: "Encrypt", undo: "Decrypt", output: "IV, ciphertext and tag (base64url)" },
  establish: { make: "Encrypt to the public key", undo: "Decrypt", output },
} as const;

const origins = {
  core: "This key is sealed: the page imported it once into the browser's WebCrypto as a non-extractable CryptoKey and wiped its own copy.",
  platform:
    "This key is sealed: the browser's WebCrypto made it as a non-extractable CryptoKey, and the page never had its bytes.",
} as const;

export function useView(prefix: string, { algorithm, record }: HeldKey, use: Use): HTMLElement {
  const way = wayOf(algorithm, record.predicate.purpose);
  if (way === undefined) throw new TypeError(`a ${algorithm} key is not sealed`);
  const signs = way.way === "sign";
  const { make: makeWord, undo, output } = words[way.way];
  const undoWord = signs && way.isPair ? `${undo} with the public key` : undo;
  const text = textField({ id: `${prefix}-use-text`, label: "Text" }, { rows: "3", spellcheck: "false" });
  const result = textField(
    { id: `${prefix}-use-result`, label: output, hint: "Change a character and try again: it shows." },
    { rows: "4", spellcheck: "false", class: "mono" },
  );
  const outcome = make("p", { class: "outcome", role: "status" });
  text.control.value = "Keep this safe.";

  const attempt = (ask: UseAsk): void => {
    outcome.textContent = "";
    use(ask).then(
      (answer) => tell(answer),
      (error: unknown) => {
        outcome.textContent = error instanceof Error ? error.message : String(error);
      },
    );
  };
  const tell = (answer: UseAnswer): void => {
    if (answer.use === "sign" || answer.use === "encrypt") {
      result.control.value = answer.use === "sign" ? answer.signature : answer.ciphertext;
    }
    outcome.textContent = outcomeOf(answer);
  };
  const perform = (): void => attempt({ use: signs ? "sign" : "encrypt", text: text.control.value });
  const reverse = (): void =>
    attempt(
      signs
        ? { use: "verify", text: text.control.value, signature: result.control.value }
        : { use: "decrypt", ciphertext: result.control.value },
    );
  return make(
    "section",
    { class: "card", "aria-labelledby": `${prefix}-use` },
    make("h3", { id: `${prefix}-use` }, way.isPair ? "Use the private key" : "Use the secret key"),
    make(
      "p",
      {},
      `${origins[record.predicate.provider]} It can be used until this page is left, and read by nobody through it.`,
    ),
    make("p", { class: "quiet" }, `Used here with ${way.scheme}.`),
    text.root,
    make("div", { class: "actions" }, make("button", { type: "button", class: "small", onclick: perform }, makeWord)),
    result.root,
    make("div", { class: "actions" }, make("button", { type: "button", class: "small", onclick: reverse }, undoWord)),
    outcome,
  );
}

function outcomeOf(answer: UseAnswer): string {
  switch (answer.use) {
    case "sign":
      return "Signed.";
    case "encrypt":
      return "Encrypted.";
    case "verify":
      return answer.valid
        ? "Valid: this key signed this text."
        : "Not valid: text and signature do not belong together under this key.";
    case "decrypt":
      return answer.text === undefined
        ? "Not decrypted: this key did not make that ciphertext."
        : `Decrypted: ${answer.text}`;
  }
}
