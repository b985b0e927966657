/** Where `keywright request` may send its token. */
import { expect, test } from "vitest";
import { UsageError } from "../../src/cli/exit.ts";
import { serviceUrl } from "../../src/cli/service-url.ts";

test.each([
  ["https://keys.example.com", "https://keys.example.com/v1/keys"],
  ["https://keys.example.com/", "https://keys.example.com/v1/keys"],
  ["https://example.com/keywright", "https://example.com/keywright/v1/keys"],
  ["https://example.com/a/b//", "https://example.com/a/b/v1/keys"],
  ["http://127.0.0.1:8787", "http://127.0.0.1:8787/v1/keys"],
  ["http://127.1:8787", "http://127.0.0.1:8787/v1/keys"],
  ["http://127.8.9.10", "http://127.8.9.10/v1/keys"],
  ["http://LOCALHOST:1", "http://localhost:1/v1/keys"],
  ["http://[0:0::1]:1", "http://[::1]:1/v1/keys"],
])("%s is taken, with its path", (given, wanted) => {
  expect(serviceUrl(given, "/v1/keys").href).toBe(wanted);
});

test.each([
  ["http://keys.example.com", /unencrypted/],
  ["http://10.0.0.1", /unencrypted/],
  ["http://localhost.example.com", /unencrypted/],
  ["http://127.0.0.1.example.com", /unencrypted/],
  ["http://1127.0.0.1.example", /unencrypted/],
  ["http://[::2]", /unencrypted/],
  ["http://[::ffff:10.0.0.1]", /unencrypted/],
  ["ftp://127.0.0.1", /must begin with https:/],
  ["localhost:8787", /must begin with https:/],
  ["keys.example.com", /such as https:/],
  ["https://user:word@keys.example.com", /no password$/],
  ["https://keys.example.com/?a=b", /got also \?a=b/],
  ["https://keys.example.com/#a", /got also #a/],
])("%s is refused", (given, why) => {
  expect(() => serviceUrl(given, "/v1/keys")).toThrow(UsageError);
  expect(() => serviceUrl(given, "/v1/keys")).toThrow(why);
});
