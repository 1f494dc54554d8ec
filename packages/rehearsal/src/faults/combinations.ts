import { sleep } from "../machine/process.ts";
import { waitFor } from "../machine/wait.ts";
import { afterBoot, afterSilence, afterTwoElections, afterTwoLooks, plus } from "../timing/bounds.ts";
import { addressWith } from "./address-with.ts";
import type { Fault } from "./fault.ts";

const group = "combination";

/** One fault upon another. */
export const combinationFaults: readonly Fault[] = [
  {
    name: "failover-during-failover",
    group,
    does: "the node that serves is stopped, and 800 ms later it is started and its peer is stopped",
    heals: "both run",
    expects: "either",
    outageMs: plus(2_000, afterTwoElections),
    convergesMs: afterTwoLooks,
    source: "a rolling upgrade that is too fast",
    inject: async ({ serving, standby }) => {
      await serving.shell("systemctl stop keepalived");
      await sleep(800);
      await Promise.all([serving.shell("systemctl start keepalived"), standby.shell("systemctl stop keepalived")]);
    },
    heal: ({ standby }) => standby.shell("systemctl start keepalived"),
  },
  {
    name: "ten-failovers-in-a-row",
    group,
    does: "whoever serves is restarted, ten times, every 4 s",
    heals: "by itself",
    expects: "either",
    outageMs: afterTwoElections,
    convergesMs: afterTwoLooks,
    source: "a deployment tool in a loop",
    inject: async ({ lab, serving, standby }) => {
      let current = serving;
      for (let time = 0; time < 10; time += 1) {
        await current.shell("systemctl restart keepalived");
        await sleep(4_000);
        const holder = lab.holderOf(lab.stack.vip);
        current = holder === standby.role ? standby : serving;
      }
    },
    heal: async () => {},
  },
  {
    name: "crash-during-healing",
    group,
    does: "the node that serves crashes",
    heals: "it is switched on again, and 2 s later the other one crashes and is switched on as well",
    expects: "moves",
    outageMs: afterBoot,
    convergesMs: plus(5_000, afterBoot),
    source: "a host that is emptied for maintenance, and then the next one",
    inject: ({ serving }) => serving.crash(),
    heal: async ({ serving, standby }) => {
      await serving.powerOn();
      await sleep(2_000);
      await standby.crash();
      await sleep(3_000);
      await standby.powerOn();
    },
  },
  {
    name: "crash-with-the-api-down",
    group,
    does: "the node that serves crashes while the API does not answer",
    heals: "the API answers again; the node stays down until the other one serves",
    expects: { havip: "moves", "secondary-private-ip": "nobody" },
    outageMs: plus(8_000, afterTwoLooks),
    convergesMs: afterBoot,
    source: "a zone's outage seldom comes alone",
    lastsMs: 8_000,
    inject: async ({ lab, serving }) => {
      lab.cloud.faults.add({ action: "*", count: Number.POSITIVE_INFINITY, dropConnection: true });
      await serving.crash();
    },
    heal: async ({ lab, serving, standby }) => {
      lab.cloud.faults.clear();
      // Switched on in any case, so that what follows meets a whole pair.
      await waitFor(addressWith(lab, standby)).finally(() => serving.powerOn());
    },
  },
  {
    name: "standby-frozen-then-crash",
    group,
    does: "the standby's keepalived freezes for 5 s, the node that serves crashes meanwhile",
    heals: "the standby goes on, and the other node is switched on",
    expects: "moves",
    outageMs: plus(4_000, afterSilence),
    convergesMs: afterBoot,
    source: "a live migration of one node during a crash of the other",
    inject: async ({ serving, standby }) => {
      standby.signal("keepalived", "SIGSTOP");
      await sleep(1_000);
      await serving.crash();
      await sleep(4_000);
      standby.signal("keepalived", "SIGCONT");
    },
    heal: ({ serving }) => serving.powerOn(),
  },
];
