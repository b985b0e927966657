/** Using a key that nobody can read: sign and verify, or encrypt and decrypt, by the browser's own WebCrypto. */
import { registry } from "../../src/algorithms/registry.ts";
import { make } from "./element.ts";
import { textField } from "./field.ts";
import type { HeldKey } from "./held-key.ts";
import type { UseAnswer, UseAsk } from "./messages.ts";

type Use = NonNullable<HeldKey["use"]>;

const words = {
  rsa: {
    scheme: "RSA-PSS with SHA-256",
    make: "Sign",
    undo: "Verify with the public key",
    output: "Signature (base64url)",
  },
  hmac: { scheme: "HMAC", make: "Sign", undo: "Verify", output: "Tag (base64url)" },
  aes: { scheme: "AES-GCM", make: "Encrypt", undo: "Decrypt", output: "IV, ciphertext and tag (base64url)" },
} as const;

export function useView(prefix: string, { algorithm }: HeldKey, use: Use): HTMLElement {
  const { kind } = registry[algorithm];
  const { scheme, make: makeWord, undo: undoWord, output } = words[kind as keyof typeof words]; // what cannot be sealed is not made in this page for use
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
  const perform = (): void => attempt({ use: kind === "aes" ? "encrypt" : "sign", text: text.control.value });
  const undo = (): void =>
    attempt(
      kind === "aes"
        ? { use: "decrypt", ciphertext: result.control.value }
        : { use: "verify", text: text.control.value, signature: result.control.value },
    );
  return make(
    "section",
    { class: "card", "aria-labelledby": `${prefix}-use` },
    make("h3", { id: `${prefix}-use` }, kind === "rsa" ? "Use the private key" : "Use the secret key"),
    make(
      "p",
      {},
      "This key is sealed: the page imported it once into the browser's WebCrypto as a non-extractable CryptoKey and wiped its own copy. It can be used until this page is left, and read by nobody through it.",
    ),
    make("p", { class: "quiet" }, `Used here with ${scheme}.`),
    text.root,
    make("div", { class: "actions" }, make("button", { type: "button", class: "small", onclick: perform }, makeWord)),
    result.root,
    make("div", { class: "actions" }, make("button", { type: "button", class: "small", onclick: undo }, undoWord)),
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
