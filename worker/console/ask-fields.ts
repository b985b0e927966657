/** What is asked, wherever the key is made: algorithm, purpose, classification, and how long it must protect. */
import { type AlgorithmName, algorithmNames } from "#keywright";
import type { AlgorithmKind } from "../../src/algorithms/algorithm.ts";
import { registry } from "../../src/algorithms/registry.ts";
import { type Field, inputField, type Option, selectField, suggestField } from "./field.ts";

export interface Asked {
  readonly algorithm: AlgorithmName;
  readonly purpose?: string;
  readonly classification?: string;
  readonly protectUntil?: string;
}

const kinds: Readonly<Record<AlgorithmKind, string>> = {
  rsa: "RSA key pairs",
  ec: "Elliptic-curve key pairs",
  okp: "Edwards and Montgomery key pairs",
  "ml-kem": "ML-KEM key pairs",
  "ml-dsa": "ML-DSA key pairs",
  "slh-dsa": "SLH-DSA key pairs",
  "x-wing": "X-Wing key pairs (a draft)",
  aes: "AES secret keys",
  hmac: "HMAC secret keys",
  chacha20: "ChaCha20 secret keys",
};

const purposes: readonly string[] = [...new Set(algorithmNames.flatMap((name) => registry[name].purposes))];

function algorithmOptions(names: readonly AlgorithmName[]): Option[] {
  return names.map((name) => ({ value: name, text: name, group: kinds[registry[name].kind] }));
}

export interface AskFields {
  readonly algorithm: Field<HTMLSelectElement>;
  readonly purpose: Field<HTMLSelectElement>;
  readonly classification: ReturnType<typeof suggestField>;
  readonly protectUntil: Field<HTMLInputElement>;
  /** Undefined while the date is not a whole one; the field then says so. */
  read(): Asked | undefined;
  /** Puts a complaint beside the field that a JSON Pointer names; false if none does. */
  complain(pointer: string, text: string): boolean;
  clearComplaints(): void;
}

/** `names`: the algorithms that are offered. */
export function askFields(prefix: string, names: readonly AlgorithmName[] = algorithmNames): AskFields {
  const algorithm = selectField({ id: `${prefix}-algorithm`, label: "Algorithm" }, algorithmOptions(names));
  algorithm.control.value = "AES-256" satisfies AlgorithmName;
  const chosen = (): AlgorithmName => algorithm.control.value as AlgorithmName; // the options are names of algorithms
  const describe = (): void => {
    const { strengthBits, standard } = registry[chosen()];
    algorithm.hint(`${strengthBits} bits of strength · ${standard}`);
  };
  const purpose = selectField({ id: `${prefix}-purpose`, label: "Purpose" }, [
    { value: "", text: "not stated" },
    ...purposes.map((value) => ({ value, text: value })),
  ]);
  const classification = suggestField({
    id: `${prefix}-classification`,
    label: "Classification",
    hint: "A word of the policy's own. Empty: not stated.",
  });
  const protectUntil = inputField(
    { id: `${prefix}-until`, label: "Protect until", hint: "Until when must it stay safe? Empty: not stated." },
    { type: "date", max: "9999-12-31" },
  );
  const byPointer: Readonly<Record<string, Field<HTMLInputElement | HTMLSelectElement>>> = {
    "/algorithm": algorithm,
    "/purpose": purpose,
    "/classification": classification,
    "/protectUntil": protectUntil,
  };
  const read = (): Asked | undefined => {
    const { control } = protectUntil;
    protectUntil.complain(control.validity.valid ? undefined : control.validationMessage);
    if (!control.validity.valid) return undefined;
    return {
      algorithm: chosen(),
      ...stated({
        purpose: purpose.control.value,
        classification: classification.control.value.trim(),
        protectUntil: control.value,
      }),
    };
  };
  algorithm.control.addEventListener("change", describe);
  describe();
  return {
    algorithm,
    purpose,
    classification,
    protectUntil,
    read,
    complain: (pointer, text) => {
      byPointer[pointer]?.complain(text);
      return byPointer[pointer] !== undefined;
    },
    clearComplaints: () => {
      for (const field of Object.values(byPointer)) field.complain(undefined);
    },
  };
}

/** Without the members that were left empty. */
function stated<K extends string>(values: Readonly<Record<K, string>>): { [P in K]?: string } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== "")) as { [P in K]?: string };
}
