/**
 * Foreign text on its way to a terminal: what a record, a policy, a prompt or a service says must not move the cursor, begin
 * a line of its own or turn the direction of writing, and so say something in this command's name.
 */

/** Control characters, separators of lines and paragraphs, and what turns the direction of writing. */
const unseen = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu;

const hex = (character: string): string => character.charCodeAt(0).toString(16);

/** One line, in which what would not be seen is written as an escape: `\x1b`, `\u202e`. */
export function visible(text: unknown): string {
  return String(text).replace(unseen, (character) => {
    const digits = hex(character);
    return digits.length > 2 ? `\\u${digits}` : `\\x${digits.padStart(2, "0")}`;
  });
}

/** A value as JSON on many lines. JSON.stringify escapes less than a terminal obeys; what is escaped here reads the same. */
export function visibleJson(value: unknown): string {
  const json = JSON.stringify(value, undefined, 2);
  return json.replace(unseen, (character) =>
    character === "\n" ? character : `\\u${hex(character).padStart(4, "0")}`,
  );
}
