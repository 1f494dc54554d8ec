import { SETUP_PATHS } from "pairctl/contract";
import { expect, test } from "vitest";
import { type Look, waitFor } from "../../src/machine/wait.ts";
import { setUpToo } from "../../src/run/serving-pair.ts";

/** A node whose setup is over once it has been looked at so often. */
const node = (role: "primary" | "secondary", looks: number, console = "") => ({
  role,
  console: () => console,
  read: (path: string) => (path === SETUP_PATHS.setUp && looks-- <= 0 ? "" : undefined),
});
const service = (...looks: Look<string>[]) => ({
  what: "the service by one node",
  budgetMs: 0,
  everyMs: 1,
  look: () => looks.shift() ?? { found: "the primary" },
});

test("a pair serves once the setup of both nodes is over, though one of them has served before", async () => {
  const pair = [node("primary", 0), node("secondary", 2)];
  const awaited = setUpToo(service(), pair, 1_000);
  expect(await awaited.look()).toHaveProperty("seen");
  expect(await waitFor(awaited)).toBe("the primary");
});

test("a setup that does not come to its end is named, with what it said last on the console", async () => {
  const said =
    "keepalived pair: this node is NOT set up, the setup goes on: old\r\n" +
    "[  OK  ] Started something.\r\n" +
    "keepalived pair: this node is NOT set up, the setup goes on: fail role: the metadata service has no credentials\r\n";
  const pair = [node("primary", 0), node("secondary", 9, said)];
  await expect(waitFor(setUpToo(service(), pair, 0))).rejects.toThrow(
    "the service by one node, with the setup of the primary and the secondary over did not come within 0 ms; seen last: " +
      "the setup of the secondary goes on: this node is NOT set up, the setup goes on: fail role: the metadata service has no credentials",
  );
  await expect(waitFor(setUpToo(service(), [node("primary", 9)], 0))).rejects.toThrow(/it has said nothing/);
});

test("where nobody serves, that is what is told first", async () => {
  const awaited = setUpToo(service({ seen: "nobody sends adverts" }), [node("primary", 9)], 0);
  await expect(waitFor(awaited)).rejects.toThrow(/seen last: nobody sends adverts$/);
});
