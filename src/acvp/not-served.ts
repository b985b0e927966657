/** What vectors ask for and this module does not have. */

/** SHA-1; a curve of 96 bits of strength; a variant of an algorithm, such as messages that end within a byte. */
export type Lack = "sha-1" | "p-192" | "variant";

export class NotServed extends Error {
  override readonly name = "NotServed";
  readonly lack: Lack;

  constructor(lack: Lack, what: string) {
    super(`this module does not have ${what}`);
    this.lack = lack;
  }
}
