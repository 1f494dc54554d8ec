import { expect, test } from "vitest";
import { allPages, asText, type PageRequest } from "../../src/cloud/pages.ts";

/** A list of the cloud's, and what it was asked for. */
function list(count: number, { says } = { says: true }) {
  const asked: PageRequest[] = [];
  const entries = Array.from({ length: count }, (_, index) => index);
  const ask = async (page: PageRequest) => {
    asked.push(page);
    return {
      Set: entries.slice(page.Offset, page.Offset + page.Limit),
      ...(says ? { TotalCount: count } : {}),
    };
  };
  return { asked, ask, entries };
}

test.each([
  [0, 1],
  [99, 1],
  [100, 1],
  [101, 2],
  [250, 3],
])("gets all of %i entries in %i calls", async (count, calls) => {
  const { ask, asked, entries } = list(count);
  expect(await allPages(ask, "Set")).toEqual(entries);
  expect(asked).toHaveLength(calls);
});

test("asks on where the cloud does not say how many there are, and takes a missing list for an empty one", async () => {
  const { ask, asked } = list(100, { says: false });
  expect(await allPages(ask, "Set")).toHaveLength(100);
  expect(asked).toHaveLength(2);
  expect(await allPages(async () => ({}), "Set")).toEqual([]);
});

test("writes numbers as texts for the older actions", () => {
  expect(asText({ Offset: 100, Limit: 100 })).toEqual({ Offset: "100", Limit: "100" });
});
