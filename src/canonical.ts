/**
 * Canonical JSON, RFC 8785 (JCS): one text for one value, so that a digest of it means something. Policies and records
 * are digested in this form.
 *
 * Numbers and strings need no code of their own: RFC 8785, 3.2.2, takes over what ECMAScript's JSON.stringify writes.
 * What it leaves to the caller is refused here: whatever is not JSON, and lone surrogates (3.2.2.2).
 */

/** Deeper values are refused rather than left to exhaust the stack. No document of this library goes beyond ten. */
const MAX_DEPTH = 64;

/** With the u flag a pair is one character, so this matches only surrogates that stand alone. */
const loneSurrogate = /[\ud800-\udfff]/u;

/** The RFC 8785 text of `value`; TypeError, with the place, if it is not plain JSON. */
export function canonicalJson(value: unknown): string {
  return write(value, "$", 0);
}

function write(value: unknown, place: string, depth: number): string {
  if (depth > MAX_DEPTH) throw new TypeError(`JSON must be at most ${MAX_DEPTH} levels deep, got more at ${place}`);
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "number") return number(value, place);
  if (typeof value === "string") return string(value, place);
  if (Array.isArray(value)) {
    // Array.from turns holes into undefined, which the next level refuses.
    return `[${Array.from(value, (item, i) => write(item, `${place}[${i}]`, depth + 1)).join(",")}]`;
  }
  if (isPlainObject(value)) {
    // Section 3.2.3: members sorted by the UTF-16 code units of their names, which is what sort() compares.
    const members = Object.keys(value).sort();
    return `{${members.map((name) => `${string(name, place)}:${write(value[name], `${place}.${name}`, depth + 1)}`).join(",")}}`;
  }
  throw new TypeError(
    `${place} must be a JSON value, got ${typeof value === "object" ? "an object of a class" : typeof value}`,
  );
}

function number(value: number, place: string): string {
  if (!Number.isFinite(value)) throw new TypeError(`${place} must be a finite number, got ${value}`);
  return JSON.stringify(value);
}

function string(value: string, place: string): string {
  if (loneSurrogate.test(value)) throw new TypeError(`${place} must be well-formed Unicode, got a lone surrogate`);
  return JSON.stringify(value);
}

function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
