import { expect, test } from "vitest";
import { waitFor, WaitError } from "../../src/machine/wait.ts";

test("a wait gives what it finds, however often it has to look", async () => {
  let looks = 0;
  const found = await waitFor<number>({
    what: "the third look",
    budgetMs: 10_000,
    everyMs: 1,
    look: () => ((looks += 1) === 3 ? { found: looks } : { seen: `look ${looks}` }),
  });
  expect(found).toBe(3);
});

test("a wait whose time is over says what it was for, how long it took, and what was seen last", async () => {
  const waiting = waitFor({ what: "the VIP on the primary", budgetMs: 0, look: () => ({ seen: "no address" }) });
  await expect(waiting).rejects.toThrow(WaitError);
  await expect(waiting).rejects.toThrow("the VIP on the primary did not come within 0 ms; seen last: no address");
});
