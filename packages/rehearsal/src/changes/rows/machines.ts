import type { OperatedPair } from "../../operator/operated-pair.ts";
import {
  type Change,
  DEPLOY,
  LEFT_ALONE,
  ONE_SWITCH,
  REFUSED_BY_TERRAFORM,
  ROLL,
  ROLL_WITH_NEW_NODES,
} from "../change.ts";

const PREPAID = { prepaid: { periodMonths: 1 } } as const;

const PROTECTED = { terminationProtection: true } as const;

/** Terraform itself refuses to destroy what the cloud would not let go at once. */
const DESTROY_REFUSED = {
  planSays: REFUSED_BY_TERRAFORM,
  actions: [{ kind: "destroy" }],
  refusedWith: /lifecycle\.prevent_destroy/,
} as const;

/** An SSH key of somebody's, which the account has already. */
const KEY = { keyId: "skey-rehearse", keyName: "ops" } as const;
const PUBLIC_KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKpQ0dcO2cGf3bX4Yh7vJqk9mZ1sT6nWq8rB5uL0eHxA";

/** Another image, by its id: what is looked up by a name stays as it was deployed. */
const IMAGE_ID = "img-debian12";

/** Puts the key pair into the account, unless an earlier change has. */
function importKeyPair({ lab: { cloud } }: OperatedPair): void {
  if (!cloud.state.keyPairs.has(KEY.keyId)) cloud.seed.keyPair({ ...KEY, publicKey: PUBLIC_KEY });
}

/** @throws where an instance has not the image and the key that the settings name */
function requireOtherMachines({ lab }: OperatedPair): void {
  for (const { instanceId, imageId, keyIds } of lab.cloud.state.instances.values()) {
    const has = JSON.stringify({ imageId, keyIds });
    const wanted = JSON.stringify({ imageId: IMAGE_ID, keyIds: [KEY.keyId] });
    if (has !== wanted) throw new Error(`${instanceId} must have ${wanted}, and has ${has}`);
  }
}

/** The disks of both nodes beside the system disk. */
const DATA_DISK = { type: "CLOUD_PREMIUM", sizeGb: 50 } as const;

/** @throws where an instance has not the data disk that the settings name, and no other */
function requireDataDisk({ lab }: OperatedPair): void {
  const { instances, disks } = lab.cloud.state;
  const dataDisks = [...disks.values()].filter(({ usage }) => usage === "DATA_DISK");
  for (const { instanceId } of instances.values()) {
    const own = dataDisks.filter((disk) => disk.instanceId === instanceId);
    const has = JSON.stringify(own.map(({ diskType, diskSize }) => ({ type: diskType, sizeGb: diskSize })));
    const wanted = JSON.stringify([DATA_DISK]);
    if (has !== wanted) throw new Error(`${instanceId} must have ${wanted}, and has ${has}`);
  }
}

/** What the machines of the nodes are. */
export const MACHINES: readonly Change[] = [
  {
    name: "ingress",
    what: "another port is let in",
    settings: { ingress: [{ protocol: "TCP", port: "80,443,8443", cidrBlock: "0.0.0.0/0" }] },
    planSays: "nothing",
    actions: [DEPLOY],
  },
  {
    name: "tags",
    what: "other tags",
    settings: { tags: { team: "edge" } },
    planSays: "nothing",
    actions: [DEPLOY],
  },
  {
    name: "protected",
    what: "protection from termination",
    settings: PROTECTED,
    planSays: "nothing",
    actions: [DEPLOY],
  },
  {
    name: "protected-no-more",
    what: "no protection from termination any more",
    before: PROTECTED,
    settings: { terminationProtection: null },
    planSays: "nothing",
    actions: [DEPLOY],
    audit: ({ lab }) => {
      const left = [...lab.cloud.state.instances.values()].filter(({ isProtected }) => isProtected);
      if (left.length > 0) throw new Error(`${left.length} nodes are protected still`);
    },
  },
  {
    name: "destroy-protected",
    what: "everything is destroyed, and the nodes are protected",
    before: PROTECTED,
    ...DESTROY_REFUSED,
    instead: "`terminationProtection: false`, `cdktf deploy`, then `cdktf destroy`",
  },
  { name: "prepaid", what: "payment in advance", settings: PREPAID, planSays: "nothing", actions: [DEPLOY] },
  {
    name: "prepaid-no-more",
    what: "payment by the hour again",
    before: PREPAID,
    settings: { prepaid: null },
    planSays: "nothing",
    actions: [DEPLOY],
  },
  {
    name: "destroy-prepaid",
    what: "everything is destroyed, and the nodes are prepaid",
    before: PREPAID,
    ...DESTROY_REFUSED,
    instead: "`prepaid.forceDelete: true`, `cdktf deploy`, then `cdktf destroy`",
  },
  {
    name: "instance-type",
    what: "another instance type",
    settings: { instanceType: "S5.LARGE8" },
    planSays: LEFT_ALONE,
    actions: [ROLL],
    outageBounds: ONE_SWITCH,
    isKept: true,
  },
  {
    name: "new-nodes",
    what: "a larger system disk, other host names and no monitoring agent",
    settings: {
      systemDisk: { sizeGb: 100 },
      primary: { hostname: "web-1" },
      secondary: { hostname: "web-2" },
      monitoringAgent: false,
    },
    planSays: LEFT_ALONE,
    actions: [ROLL_WITH_NEW_NODES],
    outageBounds: ONE_SWITCH,
    isKept: true,
  },
  {
    name: "data-disk",
    what: "a data disk",
    settings: { dataDisks: [DATA_DISK] },
    planSays: LEFT_ALONE,
    actions: [ROLL_WITH_NEW_NODES],
    outageBounds: ONE_SWITCH,
    audit: requireDataDisk,
    isKept: true,
  },
  {
    name: "other-machines",
    what: "another image and another SSH key",
    prepare: importKeyPair,
    settings: { image: null, imageId: IMAGE_ID, keyIds: [KEY.keyId] },
    planSays: LEFT_ALONE,
    actions: [ROLL_WITH_NEW_NODES],
    outageBounds: ONE_SWITCH,
    audit: requireOtherMachines,
    isKept: true,
  },
];
