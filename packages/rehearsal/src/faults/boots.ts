import { sleep } from "../machine/process.ts";
import { type Awaited, waitFor } from "../machine/wait.ts";
import type { Lab } from "../lab/lab.ts";
import type { Node } from "../nodes/node.ts";
import { afterFirstBoot, afterTwoLooks, plus } from "../timing/bounds.ts";
import type { Fault, Scene } from "./fault.ts";
import { setAssociation } from "./ha-vip-association.ts";
import { between } from "./network-partitions.ts";
import { PackageMirror } from "./package-mirror.ts";
import { setRolePolicy } from "./role-policy.ts";

const group = "boot";

/** Both nodes are gone, with their disks: what follows is the first boot of the pair. */
export async function loseBoth({ lab }: Scene): Promise<void> {
  for (const node of lab.nodes) await node.replaceDisk();
}

/** Switches on every node that is off. */
export async function bootAll({ lab }: { readonly lab: Lab }): Promise<void> {
  await Promise.all(lab.nodes.filter(({ isUp }) => !isUp).map((node) => node.powerOn()));
}

/** The first advert of a node that is new. */
function firstAdvert(lab: Lab, node: Node): Awaited<true> {
  const since = Date.now();
  return {
    what: `the first advert of the ${node.role}`,
    budgetMs: 60_000,
    look: () => ((lab.lastAdvertAt(node) ?? 0) > since ? { found: true } : { seen: node.bootLog() }),
  };
}

/** What holds of a first boot that meets obstacles: cloud-init says for good how the setup's first try ended. */
export const hinderedBoot = { mayFail: ["cloud-final.service"] } as const;

const boot = {
  group,
  expects: "nobody",
  outageMs: afterFirstBoot,
  convergesMs: afterFirstBoot,
  lastsMs: 0,
} as const;

/** How the pair comes up for the first time. */
export const bootFaults: readonly Fault[] = [
  {
    ...boot,
    name: "boot-both-at-once",
    does: "both nodes are new and boot at once",
    heals: "they boot",
    source: "every deploy",
    inject: loseBoth,
    heal: bootAll,
  },
  {
    ...boot,
    name: "boot-secondary-first",
    does: "both nodes are new, and the secondary boots 10 s before the primary",
    heals: "they boot",
    source: "a deploy whose primary waits for its placement group",
    convergesMs: plus(10_000, afterFirstBoot),
    inject: loseBoth,
    heal: async ({ lab }) => {
      await lab.node("secondary").powerOn();
      await sleep(10_000);
      await lab.node("primary").powerOn();
    },
  },
  {
    ...boot,
    ...hinderedBoot,
    name: "boot-with-a-late-role",
    does: "both nodes are new and boot while their role may do nothing yet",
    heals: "20 s later the role has its policy",
    source: "CAM takes up to a minute; a first boot that fails so stays failed",
    outageMs: plus(20_000, afterFirstBoot),
    convergesMs: plus(20_000, afterFirstBoot),
    inject: loseBoth,
    heal: async (scene) => {
      await setRolePolicy(scene.lab, "Detach");
      await bootAll(scene);
      await sleep(20_000);
      await setRolePolicy(scene.lab, "Attach");
    },
  },
  {
    ...boot,
    ...hinderedBoot,
    name: "boot-with-a-late-association",
    does: "both nodes are new and boot while the HAVIP is associated with neither",
    heals: "20 s later it is associated with both",
    source: "Terraform associates a HAVIP with an instance after it has made the instance",
    mechanisms: ["havip"],
    outageMs: plus(20_000, afterFirstBoot),
    convergesMs: plus(20_000, afterFirstBoot),
    inject: loseBoth,
    heal: async (scene) => {
      for (const node of scene.lab.nodes) await setAssociation(scene.lab, node, "DisassociateHaVipInstance");
      await bootAll(scene);
      await sleep(20_000);
      for (const node of scene.lab.nodes) await setAssociation(scene.lab, node, "AssociateHaVipInstance");
    },
  },
  {
    ...boot,
    ...hinderedBoot,
    name: "boot-with-the-mirror-away",
    does: "both nodes are new and lack keepalived, and the mirror with its package is away",
    heals: "20 s later the mirror is there",
    source: "an image without keepalived, and a NAT gateway that comes up later",
    outageMs: plus(60_000, afterFirstBoot),
    convergesMs: plus(40_000, afterFirstBoot),
    inject: loseBoth,
    heal: async (scene) => {
      const { lab } = scene;
      await using mirror = await PackageMirror.with("keepalived", lab, lab.nodes);
      await bootAll(scene);
      await sleep(20_000);
      await mirror.start();
      for (const node of lab.nodes) await waitFor(mirror.installation(node));
    },
  },
  {
    ...boot,
    ...hinderedBoot,
    name: "boot-with-vrrp-blocked",
    does: "both nodes are new and boot while VRRP does not get through between them",
    heals: "15 s after both have become MASTER it gets through",
    source: "a security group without protocol 112: both nodes are MASTER from the first boot on",
    outageMs: plus(20_000, afterFirstBoot),
    convergesMs: plus(20_000, afterFirstBoot),
    inject: loseBoth,
    heal: async (scene) => {
      await scene.lab.impair(...between(["primary"], ["secondary"], { only: "VRRP" }));
      await bootAll(scene);
      for (const node of scene.lab.nodes) await waitFor(firstAdvert(scene.lab, node));
      await sleep(15_000);
      await scene.lab.healNetwork();
    },
  },
  {
    ...boot,
    ...hinderedBoot,
    name: "boot-interrupted",
    does: "both nodes are new, and both lose power 3 s into their first boot",
    heals: "both are switched on again",
    source: "a node that was rebooted in the midst of its first boot runs keepalived without pairctl",
    outageMs: plus(5_000, afterFirstBoot),
    convergesMs: plus(5_000, afterFirstBoot),
    inject: async (scene) => {
      await loseBoth(scene);
      await bootAll(scene);
      await sleep(3_000);
      for (const node of scene.lab.nodes) await node.crash();
    },
    heal: bootAll,
  },
  {
    ...boot,
    ...hinderedBoot,
    name: "boot-without-api",
    does: "both nodes are new and boot while the API does not answer",
    heals: "20 s later it answers",
    source: "an endpoint that is reached through a NAT gateway, which comes up later",
    outageMs: plus(20_000, plus(20_000, afterTwoLooks)),
    convergesMs: plus(20_000, afterFirstBoot),
    inject: loseBoth,
    heal: async (scene) => {
      scene.lab.cloud.faults.add({ action: "*", count: Number.POSITIVE_INFINITY, dropConnection: true });
      await bootAll(scene);
      await sleep(20_000);
      scene.lab.cloud.faults.clear();
    },
  },
];
