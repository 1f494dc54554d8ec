import type { Mechanism } from "pairctl/contract";
import type { Lab } from "../lab/lab.ts";
import { waitFor } from "../machine/wait.ts";
import { afterFirstBoot, plus } from "../timing/bounds.ts";
import { bootAll, hinderedBoot, loseBoth } from "./boots.ts";
import type { Fault, Scene } from "./fault.ts";
import { PackageMirror } from "./package-mirror.ts";
import { refusal, type RefusalWords } from "./refusal.ts";
import { rewriteRolePolicy } from "./role-policy.ts";

/** With what a node looks who has the address. */
const READS: Readonly<Record<Mechanism, string>> = {
  havip: "vpc:DescribeHaVips",
  "secondary-private-ip": "vpc:DescribeNetworkInterfaces",
};

/** Boots both nodes anew, and waits until each has said why it cannot take over. */
async function bootRefused(scene: Scene, words: RefusalWords): Promise<void> {
  await bootAll(scene);
  await Promise.all(scene.lab.nodes.map((node) => waitFor(refusal(node, words))));
}

/** The same words in both places. */
const everywhere = (words: RegExp): RefusalWords => ({ console: words, status: words });

/** What preflight says where there is no Node.js. */
export const NODEJS_MISSING = /pairctl does not run, it needs Node\.js/;

/** The setup tries again every 10 s, and each try looks for 15 s. */
const RETRY_MS = 25_000;

const refused = {
  ...hinderedBoot,
  group: "boot",
  expects: "nobody",
  outageMs: plus(RETRY_MS, afterFirstBoot),
  convergesMs: plus(RETRY_MS, afterFirstBoot),
} as const;

/** The mirror of a run, from its fault to its healing. */
const mirrors = new WeakMap<Lab, PackageMirror>();

/**
 * First boots that something refuses for as long as it takes until both nodes have said so in every place where somebody
 * may look. Then the obstacle is taken away, and the setup, which tries again, has to end by itself.
 */
export const refusedBootFaults: readonly Fault[] = [
  {
    ...refused,
    name: "boot-refused-an-action",
    does: "both nodes are new, and their role lacks the action with which they look who has the address",
    heals: "the policy is as it was",
    source: "a policy of the account's own that was written by hand",
    inject: async (scene) => {
      await loseBoth(scene);
      const { mechanism } = scene.lab.stack;
      await rewriteRolePolicy(scene.lab, (policy) => policy.replace(READS[mechanism], "vpc:DescribeVpcs"));
      await bootRefused(scene, everywhere(/UnauthorizedOperation/));
    },
    heal: async ({ lab }) => {
      const { mechanism } = lab.stack;
      await rewriteRolePolicy(lab, (policy) => policy.replace("vpc:DescribeVpcs", READS[mechanism]));
    },
  },
  {
    ...refused,
    name: "boot-refused-every-endpoint",
    does: "both nodes are new, and no endpoint of the API answers",
    heals: "all answer",
    source: "a VPC without a way to the API",
    inject: async (scene) => {
      await loseBoth(scene);
      scene.lab.cloud.faults.add({ action: "*", count: Number.POSITIVE_INFINITY, dropConnection: true });
      await bootRefused(scene, everywhere(/NetworkError/));
    },
    heal: async ({ lab }) => Promise.resolve(lab.cloud.faults.clear()),
  },
  {
    ...refused,
    name: "boot-refused-credentials",
    does: "both nodes are new, and the metadata service has no credentials of their role",
    heals: "it has them",
    source: "an instance that was made without its role",
    inject: async (scene) => {
      await loseBoth(scene);
      scene.lab.cloud.faults.add({ action: "metadata", count: Number.POSITIVE_INFINITY, httpStatus: 404 });
      await bootRefused(scene, everywhere(/Metadata|metadata/));
    },
    heal: async ({ lab }) => Promise.resolve(lab.cloud.faults.clear()),
  },
  {
    ...refused,
    name: "boot-without-nodejs",
    does: "both nodes are new, their image lacks Node.js, and the mirror with its package is away",
    heals: "the mirror is there",
    source: "an image without Node.js in a subnet without a way to its mirror",
    outageMs: plus(60_000, afterFirstBoot),
    convergesMs: plus(60_000, afterFirstBoot),
    inject: async (scene) => {
      const { lab } = scene;
      await loseBoth(scene);
      mirrors.set(lab, await PackageMirror.with("nodejs", lab, lab.nodes));
      await bootRefused(scene, { console: NODEJS_MISSING, status: /node/ });
    },
    heal: async ({ lab }) => {
      const mirror = mirrors.get(lab);
      if (mirror === undefined) throw new Error("the mirror of the fault is not there");
      await mirror.start();
      for (const node of lab.nodes) await waitFor(mirror.installation(node));
      await mirror[Symbol.asyncDispose]();
    },
  },
];
