/** A Web Cryptography that does some things otherwise; `vi.unstubAllGlobals()` brings the real one back. */
import { vi } from "vitest";

export const realCrypto = crypto;
export type Subtle = Record<string, (...args: never[]) => unknown>;

/** Web Cryptography with some of its functions replaced; `genuine` are its own. */
export function stubSubtle(replace: (genuine: SubtleCrypto) => Subtle): void {
  const replaced = replace(realCrypto.subtle);
  const subtle = new Proxy(realCrypto.subtle, {
    get: (target, name) => {
      const member: unknown = replaced[String(name)] ?? Reflect.get(target, name);
      return typeof member === "function" ? member.bind(target) : member;
    },
  });
  vi.stubGlobal("crypto", { subtle, getRandomValues: realCrypto.getRandomValues.bind(realCrypto) });
}

/** A page that is no secure context. */
export function stubNoSubtle(): void {
  vi.stubGlobal("crypto", { getRandomValues: realCrypto.getRandomValues.bind(realCrypto) });
}
