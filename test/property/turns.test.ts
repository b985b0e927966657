/** Work that takes turns: whoever gives up waits no longer, and lets nobody pass those who are ahead. */
import { expect, test } from "vitest";
import { Turns } from "../../src/generate/turns.ts";

test.each(["before", "while"])("a signal that is aborted %s its owner waits ends the waiting at once", async (when) => {
  const turns = new Turns();
  const order: string[] = [];
  let end: () => void = () => undefined;
  const first = turns.take(async () => {
    await new Promise<void>((resolve) => {
      end = resolve;
    });
    order.push("first");
  });
  const controller = new AbortController();
  const reason = new Error("enough");
  if (when === "before") controller.abort(reason);
  const second = turns.take(async () => void order.push("second"), controller.signal);
  const third = turns.take(async () => void order.push("third"));
  if (when === "while") controller.abort(reason);
  await expect(second).rejects.toBe(reason); // while the first is still at work
  expect(order).toEqual([]);
  end();
  await Promise.all([first, third]);
  expect(order).toEqual(["first", "third"]);
});
