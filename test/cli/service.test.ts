/** What a service on the loopback address answers wrongly, or not at all, and how it is told. */
import { createServer, type RequestListener } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ServiceProblem, UsageError } from "../../src/cli/exit.ts";
import { askService, readToken } from "../../src/cli/service.ts";
import { thrown } from "../support/errors.ts";

let answer: RequestListener = (_, response) => response.end();
let asked = 0;
const service = createServer((request, response) => {
  asked++;
  answer(request, response);
});
let url: URL;
beforeAll(async () => {
  await new Promise<void>((resolve) => service.listen(0, "127.0.0.1", resolve));
  const address = service.address();
  if (typeof address !== "object" || address === null) throw new Error("the loopback server has no port");
  url = new URL(`http://127.0.0.1:${address.port}/v1/keys`);
});
afterAll(() => {
  service.closeAllConnections();
  service.close();
});

async function complaint(timeoutMs?: number): Promise<Error> {
  try {
    await askService(url, "token", {}, timeoutMs);
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error("there was an answer");
}

const answers = (status: number, type: string, body: string) => {
  answer = (_, response) => response.writeHead(status, { "content-type": type }).end(body);
};

test.each([
  ["HTML", 200, "text/html", "<html>"],
  ["an empty object", 200, "application/json", "{}"],
  ["null", 200, "application/json", "null"],
  ["a list", 200, "application/json", "[1]"],
  ["a page that says no", 403, "text/html", "<html>"],
  ["an object that says no without a word", 403, "application/json", "{}"],
])("%s is not the answer of a Keywright service", async (_, status, type, body) => {
  answers(status, type, body);
  const error = await complaint();
  expect(error.message).toBe(`the answer of ${url} is not that of a Keywright service (status ${status}, ${type})`);
  expect(error).not.toBeInstanceOf(ServiceProblem);
});

test("a problem is told by its words", async () => {
  answers(503, "application/problem+json", '{"title":"Busy","detail":"come back"}');
  expect(await complaint()).toMatchObject({ message: "the service answered 503: come back" });
});

test("the token does not follow a redirect", async () => {
  answer = (_, response) => response.writeHead(307, { location: "/elsewhere" }).end();
  const before = asked;
  expect((await complaint()).message).toBe(
    `${url.origin} sends the request on to /elsewhere (307); --url must be the service's own address`,
  );
  expect(asked - before).toBe(1);
});

describe("no answer", () => {
  test("in time: a service that says nothing, and one that stops in the middle", async () => {
    answer = () => {};
    expect((await complaint(200)).message).toBe(`no answer from ${url.origin} within 0.2 seconds`);
    answer = (_, response) => response.writeHead(200).write("{");
    expect((await complaint(200)).message).toBe(`no answer from ${url.origin} within 0.2 seconds`);
  });

  test("of a connection that ends: its cause is named", async () => {
    answer = ({ socket }) => socket.destroy();
    expect((await complaint()).message).toMatch(/^no answer from \S+ \([A-Z_]+\)$/);
  });

  test("of a port where nothing listens", async () => {
    const closed = createServer();
    await new Promise<void>((resolve) => closed.listen(0, "127.0.0.1", resolve));
    const address = closed.address();
    const port = typeof address === "object" ? address?.port : undefined;
    await new Promise((resolve) => closed.close(resolve));
    await expect(askService(new URL(`http://127.0.0.1:${port}`), "token", {})).rejects.toThrow(
      /\(ECONNREFUSED\); is the service running there\?$/,
    );
  });
});

test.each(["two parts", "token-of-mine\n", "mine\r\nx: y", "ünicode"])(
  "a token such as %j is refused unrepeated",
  (token) => {
    const error = thrown(() => readToken(token));
    expect(error).toBeInstanceOf(UsageError);
    expect(error.message).toMatch(/^the environment variable KEYWRIGHT_TOKEN must hold the token alone/);
    expect(error.message).not.toContain(token.trim());
  },
);

test("a token is taken as it is", () => {
  expect(readToken("a-token_of.32~+/=characters!")).toBe("a-token_of.32~+/=characters!");
  expect(thrown(() => readToken("")).message).toContain("is not set");
});
