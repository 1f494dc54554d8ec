import { expect, test } from "vitest";
import { Timeline } from "../../src/report/timeline.ts";

test("a timeline is in order, in ms from the fault", () => {
  const timeline = new Timeline();
  timeline.note("client", "late", 2500);
  timeline.note("cloud", "early", 990);
  timeline.note("node", "out of sight", 10);
  expect(timeline.render(1000, 900, 3000)).toEqual(["     -10 ms  cloud      early", "   +1500 ms  client     late"]);
});
