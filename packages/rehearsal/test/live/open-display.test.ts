import { describe, expect, test } from "vitest";
import { wantsLiveView } from "../../src/live/open-display.ts";

const TERMINAL = { isTTY: true, columns: 80, rows: 24 };
const wants = (change: Partial<Parameters<typeof wantsLiveView>[0]> = {}) =>
  wantsLiveView({ stream: TERMINAL, env: { TERM: "xterm-256color" }, noProgress: false, ...change });

describe("the live view", () => {
  test("is shown on a terminal", () => {
    expect(wants()).toBe(true);
    expect(wants({ env: {} })).toBe(true);
  });

  test.each([{ CI: "false" }, { CI: "" }, { CI: "0" }, { NO_COLOR: "" }])("is shown with %j", (env) => {
    expect(wants({ env })).toBe(true);
  });

  test.each([{ CI: "true" }, { CI: "1" }, { NO_COLOR: "1" }, { NO_COLOR: "0" }, { TERM: "dumb" }])(
    "is not shown with %j",
    (env) => {
      expect(wants({ env })).toBe(false);
    },
  );

  test("is not shown with --no-progress, in a file or a pipe, or on a terminal that does not say its size", () => {
    expect(wants({ noProgress: true })).toBe(false);
    expect(wants({ stream: {} })).toBe(false);
    expect(wants({ stream: { ...TERMINAL, columns: 0 } })).toBe(false);
    expect(wants({ stream: { ...TERMINAL, rows: 0 } })).toBe(false);
  });
});
