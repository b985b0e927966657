// Object identifiers that nobody registered end in an error, and soon.
import { expect, test } from "vitest";
import { decodeSpki } from "#keywright";
import { dotted, oid } from "../../src/encode/algorithm-identifier.ts";
import { thrown } from "../support/errors.ts";

test.each([12, 32, 150])("an identifier with an arc of %i bytes is another algorithm, and takes no time", (length) => {
  const oid = Uint8Array.from([0x2a, ...Array.from({ length: length - 1 }, () => 0xff), 0x7f]);
  const long = (tag: number, content: readonly number[]) =>
    content.length < 0x80 ? [tag, content.length, ...content] : [tag, 0x81, content.length, ...content];
  const der = Uint8Array.from(long(0x30, [...long(0x30, long(0x06, [...oid])), 0x03, 0x02, 0x00, 0x04]));
  expect(thrown(() => decodeSpki(der)).message).toContain("wanted a key of the catalogue, got another algorithm");
});

test.each(["1.2.840.113549.1.1.1", "2.16.840.1.101.3.4.3.17", "1.3.132.0.35"])("%s is written and read", (text) => {
  expect(dotted(Uint8Array.from(oid(text)))).toBe(text);
});
