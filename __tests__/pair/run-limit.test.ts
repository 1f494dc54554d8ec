import { expect, test } from "vitest";
import { readAsset } from "../../constructs/assets";
import { SETUP_PATHS, TUNING_ROWS } from "../../constructs/contract";
import { stopLimitSeconds } from "../../constructs/pair/run-limit";
import { configOf, synthPair } from "../helpers/pair";

const filesWith = (deadlineMs: number) => configOf(synthPair({ deadlineMs }), "Secondary").files;

/** The seconds that follow a name in a file of the node. */
function seconds(content: string | undefined, name: string): number {
  return Number(new RegExp(`^${name}=(\\d+)$`, "m").exec(content ?? "")?.[1]);
}

test("pairctl's unit waits for a run of the default deadline to end by itself", () => {
  expect(seconds(readAsset("pairctl.service"), "TimeoutStopSec")).toBe(stopLimitSeconds({}));
});

test.each([TUNING_ROWS.deadlineMs.min, TUNING_ROWS.deadlineMs.default, 10_001, 30_000, TUNING_ROWS.deadlineMs.max])(
  "a restart of pairctl's unit kills no run whose deadline of %i ms is not over",
  (deadlineMs) => {
    const files = filesWith(deadlineMs);
    const [unit, dropIn] = [SETUP_PATHS.pairctlService, SETUP_PATHS.pairctlDropIn].map((path) => files[path]?.content);
    const limit = seconds(files[SETUP_PATHS.nodeConf]?.content, "RUN_LIMIT_SECONDS");
    // `timeout` sends SIGKILL 2 s after the limit.
    const [, kill] = /^timeout -k (\d+) /m.exec(files[SETUP_PATHS.reconcile]?.content ?? "") ?? [];
    expect(seconds(dropIn ?? unit, "TimeoutStopSec")).toBeGreaterThan(limit + Number(kill));
    expect(limit).toBeGreaterThan(deadlineMs / 1000);
  },
);

test("the user data has no drop-in where the unit itself waits long enough", () => {
  expect(Object.keys(filesWith(TUNING_ROWS.deadlineMs.default))).not.toContain(SETUP_PATHS.pairctlDropIn);
});
