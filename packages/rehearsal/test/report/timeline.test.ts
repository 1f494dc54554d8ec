import { expect, test } from "vitest";
import { renderTimeline, Timeline } from "../../src/report/timeline.ts";

test("a timeline is in order, in ms from the fault", () => {
  const timeline = new Timeline();
  timeline.note("client", "check", "late", 2500);
  timeline.note("cloud", "call", "early", 990);
  timeline.note("node", "pairctl", "out of sight", 10);
  expect(renderTimeline(timeline.since(900), 1000)).toEqual([
    "     -10 ms  cloud      early",
    "   +1500 ms  client     late",
  ]);
});

test("a timeline tells each event as it happens, and forgets what was before", () => {
  const told: string[] = [];
  const timeline = new Timeline(({ what }) => told.push(what));
  timeline.note("cloud", "call", "one", 1);
  timeline.note("cloud", "call", "two", 2);
  timeline.forget(2);
  expect([told, timeline.since(0).map(({ what }) => what)]).toEqual([["one", "two"], ["two"]]);
});
