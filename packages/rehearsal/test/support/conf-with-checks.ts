import { renderKeepalivedConf } from "../../../../constructs/render/keepalived-conf.ts";

/** How often a check runs, how long it may take, and how many results in a row count. */
export const CHECK_TIMING = { intervalSeconds: 2, timeoutSeconds: 3, rise: 4, fall: 2 };

/** A keepalived.conf with two checks, `/checks/1` and `/checks/2`; the second one may take 5 s. */
export const CONF_WITH_CHECKS = renderKeepalivedConf({
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
    { ...CHECK_TIMING, name: "check_service_1", script: "/checks/1" },
    { ...CHECK_TIMING, timeoutSeconds: 5, name: "check_service_2", script: "/checks/2" },
  ],
});
