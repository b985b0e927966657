/** Where `keywright request` sends its token: encrypted, or to this machine. */
import { UsageError } from "./exit.ts";

/** The URL parser has brought every way to write these into one form: 127.1 is 127.0.0.1. */
const loopback = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/;

/** The address of `path` below the base that the user gave, with whatever path the base has. */
export function serviceUrl(base: string, path: string): URL {
  if (!URL.canParse(base))
    throw new UsageError(`--url must be an address such as https://keys.example.com, got ${base}`);
  const url = new URL(base);
  const { protocol, hostname, username, password, search, hash } = url;
  if (username !== "" || password !== "") throw new UsageError("--url must hold no user name and no password");
  if (protocol !== "https:" && protocol !== "http:") {
    throw new UsageError(`--url must begin with https:, got ${protocol}`);
  }
  if (protocol === "http:" && !loopback.test(hostname)) {
    throw new UsageError(
      `--url must begin with https: the token would go to ${hostname} unencrypted; http: is for this machine itself (localhost, 127.0.0.1, [::1])`,
    );
  }
  if (search !== "" || hash !== "") throw new UsageError(`--url must end with its path, got also ${search}${hash}`);
  url.pathname = `${url.pathname.replace(/\/+$/, "")}${path}`;
  return url;
}
