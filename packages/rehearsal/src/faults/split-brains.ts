import { NODE_PATHS } from "pairctl/contract";
import type { Lab } from "../lab/lab.ts";
import { sleep } from "../machine/process.ts";
import { waitFor } from "../machine/wait.ts";
import type { Node } from "../nodes/node.ts";
import { afterBoot, afterOneLook, afterTwoElections, afterTwoLooks, plus } from "../timing/bounds.ts";
import { type Timing, timingOf } from "../timing/timing.ts";
import { addressWith } from "./address-with.ts";
import type { Fault, Scene } from "./fault.ts";
import { DETECTED_MS, FALL_ILL, GET_WELL, SETTINGS_WITH_CHECK } from "./health-checks.ts";
import { between } from "./network-partitions.ts";

/** How long VRRP is blocked before anything else happens: both are elected by then, and have had the address. */
const SPLIT_MS = 15_000;

/** Without a word of its peer, a weaker MASTER takes the address again at most so many adverts after it last tried. */
const LONGEST_RETAKE_ADVERTS = 24;

const afterRetake = (timing: Timing): number => LONGEST_RETAKE_ADVERTS * timing.advertIntMs + afterOneLook(timing);

const group = "network";

async function split({ lab }: Scene): Promise<void> {
  await lab.impair(...between(["primary"], ["secondary"], { only: "VRRP" }));
  await sleep(SPLIT_MS);
}

/** The node with the higher priority. */
const stronger = (lab: Lab): Node => lab.node("primary");
const weaker = (lab: Lab): Node => lab.node("secondary");

/** What happens to the stronger of two MASTERs, which has the address: the weaker one hears nothing of it. */
function toTheStronger(happening: {
  readonly strike: (stronger: Node) => Promise<unknown>;
  /** Once VRRP gets through again. */
  readonly mend: (stronger: Node) => Promise<unknown>;
}): Pick<Fault, "group" | "expects" | "inject" | "heal"> {
  return {
    group,
    expects: "either",
    inject: async (scene) => {
      const { lab } = scene;
      await split(scene);
      await waitFor(addressWith(lab, stronger(lab)));
      scene.note(`it strikes the ${stronger(lab).role}, which has the address`);
      await happening.strike(stronger(lab));
    },
    heal: async ({ lab }) => {
      await lab.healNetwork();
      await happening.mend(stronger(lab));
    },
  };
}

/** What a notify script writes down that does nothing else, in the order in which keepalived calls it. */
const LOST = "/run/lost-notifications";

/** Does something that makes keepalived notify a state, and sees to it that neither pairctl nor the log hears of it. */
async function losingNotifications(lab: Lab, node: Node, state: string, act: () => Promise<unknown>): Promise<void> {
  await node.shell(
    `cd ${NODE_PATHS.libexec} && cp -p notify notify.kept && printf '#!/bin/sh\necho $1 >>${LOST}\n' >notify`,
  );
  await act();
  await waitFor({
    what: `the notification of ${state} by keepalived on the ${node.role}`,
    budgetMs: afterTwoElections(timingOf(lab)),
    look: () => {
      const lost = node.readRuntime(LOST)?.text.split("\n") ?? [];
      return lost.includes(state) ? { found: true } : { seen: `it has notified [${lost.join(" ").trim()}]` };
    },
  });
  await node.shell(`cd ${NODE_PATHS.libexec} && mv notify.kept notify && rm ${LOST}`);
}

/** What else may happen while both nodes are MASTER, since VRRP does not get through between them. */
export const splitBrainFaults: readonly Fault[] = [
  {
    ...toTheStronger({
      strike: (node) => node.crash(),
      mend: async (node) => {
        if (!node.isUp) await node.powerOn();
      },
    }),
    name: "vrrp-blocked-crash-of-serving",
    does: "VRRP is blocked between the nodes, both are MASTER, and then the stronger, which has the address, crashes",
    heals: "it is switched on, and VRRP gets through again",
    outageMs: afterRetake,
    convergesMs: afterBoot,
    source: "a limit that docs/protocol.md had: the weaker MASTER left the address on the dead node",
  },
  {
    ...toTheStronger({ strike: (node) => node.shell(FALL_ILL), mend: (node) => node.shell(GET_WELL) }),
    name: "vrrp-blocked-illness-of-serving",
    does: "VRRP is blocked between the nodes, both are MASTER, and then the service of the stronger, which has the address, falls ill",
    heals: "VRRP gets through again, and the service is well",
    outageMs: plus(DETECTED_MS, afterRetake),
    convergesMs: afterTwoLooks,
    source: "the weaker MASTER does not hear that the stronger one has resigned",
    settings: SETTINGS_WITH_CHECK,
  },
  {
    ...toTheStronger({
      strike: (node) => node.shell("pairctl drain"),
      mend: (node) => node.shell("pairctl undrain"),
    }),
    name: "vrrp-blocked-drain-of-serving",
    does: "VRRP is blocked between the nodes, both are MASTER, and then the stronger, which has the address, is drained",
    heals: "VRRP gets through again, and the drain is undone",
    outageMs: afterRetake,
    convergesMs: afterTwoLooks,
    source: "maintenance of a node of a pair about which PairctlSplitBrain has fired",
  },
  {
    name: "backup-notification-lost",
    group,
    does: "both nodes are MASTER, VRRP gets through again, and the notification that the weaker one is BACKUP is lost",
    heals: "by itself",
    expects: "either",
    outageMs: afterOneLook,
    convergesMs: afterTwoLooks,
    source: "a schedule of pairctl's model: a node that is BACKUP seemed to be what it had notified before",
    inject: async (scene) => {
      await split(scene);
      await losingNotifications(scene.lab, weaker(scene.lab), "BACKUP", () => scene.lab.healNetwork());
    },
    heal: async () => {},
  },
];
