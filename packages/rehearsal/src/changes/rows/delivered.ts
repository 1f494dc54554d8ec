import { type Change, DEPLOY, PUSH } from "../change.ts";

const MORE_VIP = "10.0.1.102";

/** One more address, with what its mechanism needs. */
const ONE_MORE = {
  havip: { additionalVips: [{ vip: MORE_VIP }] },
  "secondary-private-ip": { additionalVips: [{ vip: MORE_VIP, parkingIp: "10.0.1.103" }] },
} as const;

/** The further address is what is taken away. */
const MORE_ENDS = { [`VIP ${MORE_VIP}`]: "ends" } as const;

/** A deploy changes nothing on a running node, and a push delivers it. */
const PUSHED = { planSays: "rolling", actions: [DEPLOY, PUSH] } as const;

/** What lies in the user data, and can change on a node that runs. */
export const DELIVERED: readonly Change[] = [
  {
    ...PUSHED,
    name: "health-check",
    what: "another health check",
    settings: { healthCheck: { command: "test -d /etc" } },
  },
  {
    ...PUSHED,
    name: "notify-commands",
    what: "other notify commands",
    settings: { keepalived: { notifyCommands: ['logger "keepalived is now $1"'] } },
  },
  {
    ...PUSHED,
    name: "pairctl-setting",
    what: "another setting of pairctl",
    settings: { pairctl: { deadlineMs: 12_000 } },
  },
  {
    ...PUSHED,
    name: "ha-vip-added",
    what: "a further VIP",
    mechanism: "havip",
    settings: ONE_MORE.havip,
  },
  {
    ...PUSHED,
    name: "private-ip-added",
    what: "a further VIP",
    mechanism: "secondary-private-ip",
    settings: ONE_MORE["secondary-private-ip"],
  },
  {
    name: "ha-vip-removed",
    what: "a further VIP is taken away",
    mechanism: "havip",
    before: ONE_MORE.havip,
    settings: { additionalVips: null },
    planSays: "address-moves, refused",
    actions: [DEPLOY, PUSH],
    outageBounds: MORE_ENDS,
  },
  {
    ...PUSHED,
    name: "private-ip-removed",
    what: "a further VIP is taken away",
    mechanism: "secondary-private-ip",
    before: ONE_MORE["secondary-private-ip"],
    settings: { additionalVips: null },
    outageBounds: MORE_ENDS,
  },
];
