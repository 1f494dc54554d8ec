import { expect, test } from "vitest";
import { renderKeepalivedConf } from "../../../../constructs/render/keepalived-conf.ts";
import { healthCheckTimes, trackScripts } from "../../src/stack/track-scripts.ts";

const timing = { intervalSeconds: 2, timeoutSeconds: 3, rise: 4, fall: 2 };
const conf = renderKeepalivedConf({
  routerId: "web-primary",
  interface: "eth0",
  virtualRouterId: 51,
  priority: 100,
  advertInt: 1,
  authPass: "secret",
  unicastSrcIp: "10.0.1.11",
  unicastPeer: "10.0.1.12",
  virtualIpAddresses: ["10.0.1.100"],
  notifyScript: "/notify",
  trackScripts: [
    { ...timing, name: "check_service_1", script: "/checks/1" },
    { ...timing, timeoutSeconds: 5, name: "check_service_2", script: "/checks/2" },
  ],
});

test("the checks of a keepalived.conf are read as the constructs write them", () => {
  expect(trackScripts(conf)).toEqual([
    { ...timing, name: "check_service_1", script: "/checks/1" },
    { ...timing, name: "check_service_2", script: "/checks/2", timeoutSeconds: 5 },
  ]);
  expect(trackScripts("vrrp_instance VIP {\n}\n")).toEqual([]);
});

test("the slowest check says how long it may take until all is known", () => {
  expect(healthCheckTimes(conf)).toEqual({ failsAfterMs: 14_000, recoversAfterMs: 28_000 });
  expect(healthCheckTimes("vrrp_instance VIP {\n}\n")).toBeUndefined();
});
