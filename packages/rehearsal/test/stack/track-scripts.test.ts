import { expect, test } from "vitest";
import { healthCheckTimes, trackScripts } from "../../src/stack/track-scripts.ts";
import { CHECK_TIMING, CONF_WITH_CHECKS } from "../support/conf-with-checks.ts";

test("the checks of a keepalived.conf are read as the constructs write them", () => {
  expect(trackScripts(CONF_WITH_CHECKS)).toEqual([
    { ...CHECK_TIMING, name: "check_service_1", script: "/checks/1" },
    { ...CHECK_TIMING, name: "check_service_2", script: "/checks/2", timeoutSeconds: 5 },
  ]);
  expect(trackScripts("vrrp_instance VIP {\n}\n")).toEqual([]);
});

test("the slowest check says how long it may take until all is known", () => {
  expect(healthCheckTimes(CONF_WITH_CHECKS)).toEqual({ failsAfterMs: 14_000, recoversAfterMs: 28_000 });
  expect(healthCheckTimes("vrrp_instance VIP {\n}\n")).toBeUndefined();
});
