import { afterOneLook, afterTwoLooks, noOutage } from "../timing/bounds.ts";
import type { Fault } from "./fault.ts";
import { setRolePolicy } from "./role-policy.ts";

/** For so long, in ms, before a failover must have got through. */
const LASTS_MS = 6_000;
const always = Number.POSITIVE_INFINITY;

/** What happens to the credentials that pairctl signs with. */
export const credentialFaults: readonly Fault[] = [
  ...(
    [
      ["hangs", "never answers", { action: "metadata", count: always, hang: true }],
      ["http-500", "answers with status 500", { action: "metadata", count: always, httpStatus: 500 }],
      ["resets", "closes every connection", { action: "metadata", count: always, dropConnection: true }],
    ] as const
  ).map(([name, does, fault]): Fault => ({
    name: `metadata-${name}`,
    group: "credentials",
    does: `the metadata service ${does}; meanwhile keepalived is stopped on the node that serves`,
    heals: "it is well again, and keepalived is started",
    // The nodes keep the credentials that they have.
    expects: "moves",
    outageMs: afterOneLook,
    convergesMs: afterTwoLooks,
    source: "an agent on the node that takes port 80; the vendor's maintenance",
    lastsMs: LASTS_MS,
    levers: ["API", "keepalived of serving"],
    inject: async ({ lab, serving }) => {
      lab.cloud.faults.add(fault);
      await serving.shell("systemctl stop keepalived");
    },
    heal: async ({ lab, serving }) => {
      lab.cloud.faults.clear();
      await serving.shell("systemctl start keepalived");
    },
  })),
  {
    name: "credentials-expired",
    group: "credentials",
    does: "the credentials of both nodes end early; then keepalived is stopped on the node that serves",
    heals: "keepalived is started",
    expects: "moves",
    outageMs: afterOneLook,
    convergesMs: afterOneLook,
    source: "a role's credentials that are revoked",
    levers: ["role", "keepalived of serving"],
    inject: async ({ lab, serving }) => {
      for (const { stackNode } of lab.nodes) lab.cloud.expireCredentials(stackNode.instanceId);
      await serving.shell("systemctl stop keepalived");
    },
    heal: ({ serving }) => serving.shell("systemctl start keepalived"),
  },
  {
    name: "clock-of-cloud-ahead",
    group: "credentials",
    does: "the cloud's clock is ten minutes ahead of the nodes'; then keepalived is stopped on the node that serves",
    heals: "the clocks agree again, and keepalived is started",
    expects: "moves",
    outageMs: afterOneLook,
    convergesMs: afterTwoLooks,
    source: "an image without NTP: the API refuses signatures that are 5 minutes off",
    levers: ["clock", "keepalived of serving"],
    inject: async ({ lab, serving }) => {
      lab.cloudClockAheadMs = 600_000;
      await serving.shell("systemctl stop keepalived");
    },
    heal: async ({ lab, serving }) => {
      lab.cloudClockAheadMs = 0;
      await serving.shell("systemctl start keepalived");
    },
  },
  {
    name: "policy-detached",
    group: "credentials",
    does: "somebody detaches pairctl's policy from its role, and nothing else happens",
    heals: "it is attached again",
    expects: "stays",
    outageMs: noOutage,
    convergesMs: afterTwoLooks,
    source: "a clean-up of policies by hand",
    lastsMs: 15_000,
    levers: ["API", "clock", "role"],
    inject: ({ lab }) => setRolePolicy(lab, "Detach"),
    heal: ({ lab }) => setRolePolicy(lab, "Attach"),
  },
];
