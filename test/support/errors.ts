/** Runs `body` and returns what it threw, as a test wants to look at it; fails if it did not throw. */
import { type ErrorCode, KeygenError } from "../../src/errors.ts";

export function thrown(body: () => unknown): Error {
  try {
    body();
  } catch (error) {
    if (error instanceof Error) return error;
    throw new Error(`something that is no Error was thrown: ${typeof error}`);
  }
  throw new Error("nothing was thrown");
}

export function thrownCode(body: () => unknown): ErrorCode {
  const error = thrown(body);
  if (error instanceof KeygenError) return error.code;
  throw new Error(`wanted a KeygenError, got ${error.name}: ${error.message}`, { cause: error });
}
