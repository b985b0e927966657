/** Bytes as this library hands them out: fresh, whole, and never shared memory. */
export type Bytes = Uint8Array<ArrayBuffer>;

/**
 * A zeroed buffer of `length` bytes for a secret. Small typed arrays may live inside the garbage-collected heap, where
 * they are moved and copied; an ArrayBuffer of its own stays in one place, so that wiping it wipes the only copy.
 */
export function secretBytes(length: number): Bytes {
  return new Uint8Array(new ArrayBuffer(length));
}

/** A copy of `source` in an ArrayBuffer of its own. */
export function copyBytes(source: Uint8Array): Bytes {
  const copy = secretBytes(source.length);
  copy.set(source);
  return copy;
}

/** The text may be a secret: of its bytes no copy stays but the one that is returned, which the caller owns. */
export function utf8(text: string): Bytes {
  const encoded = new TextEncoder().encode(text);
  const bytes = copyBytes(encoded); // the types of some runtimes allow shared memory here
  encoded.fill(0);
  return bytes;
}

/** Looks at every byte of `a`, whatever it finds. Leaks the lengths only. */
export function isSame(a: Uint8Array, b: Uint8Array): boolean {
  let difference = a.length ^ b.length;
  for (let i = 0; i < a.length; i++) difference |= (a[i] ?? 0) ^ (b[i] ?? 0);
  return difference === 0;
}

export function concat(...parts: readonly Uint8Array[]): Bytes {
  const out = secretBytes(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

/** What `work` returns. Should it throw, `secrets` are wiped: what is not finished does not stay. */
export function orWipe<T>(secrets: readonly Uint8Array[], work: () => T): T {
  try {
    return work();
  } catch (error) {
    for (const secret of secrets) secret.fill(0);
    throw error;
  }
}
