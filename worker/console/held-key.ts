/** A new key as the result shows it, wherever it was made and whoever holds its bytes. */
import type { AlgorithmName, KeyRecord } from "#keywright";
import type { Checked, Format, PublicForms, UseAnswer, UseAsk } from "./messages.ts";

export interface HeldKey {
  readonly algorithm: AlgorithmName;
  readonly record: KeyRecord;
  /** Absent for a secret key. */
  readonly publicKey: PublicForms | undefined;
  /** Who holds the bytes until they are asked for, as a sentence. */
  readonly holder: string;
  /** Absent if the key may be read. */
  readonly use: ((ask: UseAsk) => Promise<UseAnswer>) | undefined;
  /** The bytes of the key; the caller wipes them. */
  reveal(format: Format): Promise<Uint8Array<ArrayBuffer>>;
  check(record: string): Promise<Checked>;
  forget(): void;
}
