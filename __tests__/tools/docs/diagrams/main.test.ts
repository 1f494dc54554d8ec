import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { VRRP_STATES } from "../../../../packages/pairctl/src/contract/index.ts";
import { actions, startNodes } from "../../../../packages/pairctl/test/support/pair.ts";
import { simulateTimers } from "../../../../packages/pairctl/test/support/simulated-time.ts";
import { TAKEOVER_CALLS } from "../../../../tools/docs/diagrams/failover.ts";
import { DIAGRAMS, IMAGES } from "../../../../tools/docs/diagrams/main.ts";
import { TRANSITIONS } from "../../../../tools/docs/diagrams/states.ts";
import { box } from "../../../../tools/docs/diagrams/svg.ts";
import { allPages, readPage } from "../../../../tools/docs/pages.ts";

beforeEach(simulateTimers);

describe.each(Object.entries(DIAGRAMS))("docs/images/%s", (name, draw) => {
  test("is what is drawn now: npm run docs:pages", () => {
    expect(readFileSync(join(IMAGES, name), "utf8")).toBe(draw());
  });

  test("loads nothing, says in words what it shows, and has colours for dark pages", () => {
    const svg = draw();
    expect(svg.replace('xmlns="http://www.w3.org/2000/svg"', "")).not.toMatch(/https?:|@import|<image|<script/);
    expect(svg).toMatch(/<title id="title">.+<\/title>\n<desc id="description">.+<\/desc>/);
    expect(svg).toContain("prefers-color-scheme:dark");
  });

  test("is shown on a page", () => {
    expect(allPages().filter((page) => readPage(page).includes(`images/${name})`))).not.toEqual([]);
  });
});

test("each state of the contract can be reached and left", () => {
  for (const state of VRRP_STATES) {
    expect(
      TRANSITIONS.filter(({ to }) => to === state),
      `to ${state}`,
    ).not.toEqual([]);
    const isLeft = TRANSITIONS.some(({ from }) => from === state);
    expect(isLeft, `from ${state}`).toBe(true);
  }
});

test("the failover shows the calls that a takeover makes, in their order", async () => {
  const { cloud, primary, secondary } = await startNodes("secondary-private-ip");
  try {
    await primary.notify("MASTER").run();
    const { receipt } = await secondary.notify("MASTER").run();
    expect(receipt).toMatchObject({ verdict: "moved", holderBefore: "peer", holderAfter: "mine" });
    const calls = actions(receipt).filter((action, index, all) => action !== all[index - 1]);
    expect(calls).toEqual(TAKEOVER_CALLS.map(({ action }) => action));
  } finally {
    await cloud.stop();
  }
});

test("refuses a text that does not fit into its box", () => {
  expect(() => box([0, 0], [60, 30], "a long title")).toThrow('"a long title" is too long for a box of 60 pixels');
  expect(() => box([0, 0], [200, 30], "a", ["b", "c"])).toThrow('"a" has too many lines for 30 pixels');
});
