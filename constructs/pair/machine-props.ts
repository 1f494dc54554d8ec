import { cloudId, instanceType } from "../props/cloud-fields";
import * as shape from "../props/shape";
import { DATA_DISK, DATA_DISK_RULES, type DataDisk, MAX_DATA_DISKS, SYSTEM_DISK, type SystemDisk } from "./disks";
import { IMAGE_ALIASES, type ImageAlias } from "./images";
import { type IKeyPair, KEY_PAIR } from "./key-pair";

/** Payment in advance. */
export interface PrepaidProps {
  /** For how many months: 1–12, 24, 36, 48 or 60. */
  readonly periodMonths: number;
  /**
   * What happens at the end, in the provider's own words.
   *
   * @default "NOTIFY_AND_MANUAL_RENEW"
   */
  readonly renewFlag?: "NOTIFY_AND_AUTO_RENEW" | "NOTIFY_AND_MANUAL_RENEW" | "DISABLE_NOTIFY_AND_MANUAL_RENEW";
  /**
   * Whether `cdktf destroy` gives the paid time up. The cloud would keep a prepaid node otherwise, so that a plan which
   * destroys one is refused.
   *
   * @default false
   */
  readonly forceDelete?: boolean;
}

/** The machine that each of the two nodes is. */
export interface MachineProps {
  /**
   * The image of both nodes (`img-…`), with cloud-init, and keepalived 1.2.8+ and Node.js 10.19+ in its repositories.
   * May be a token.
   *
   * A later change does not reach a running node, since the provider would reinstall it: `pair roll --replace` makes the nodes
   * anew with it, one at a time, without what is on their disks.
   *
   * @default - the newest public image that `image` or `imageNameRegex` names
   */
  readonly imageId?: string;
  /**
   * Instead of `imageId`: a public image by its short name, such as `ubuntu-22.04`. The newest one of that name is looked
   * up in the region, and the plan fails where there is none; what runs keeps the image that it was made of.
   *
   * @default - `imageId` or `imageNameRegex` is used
   */
  readonly image?: ImageAlias;
  /**
   * Instead of `imageId`: a regular expression for the name of a public image, such as `^Debian 12`, for one that `image`
   * has no short name for.
   *
   * @default - `imageId` or `image` is used
   */
  readonly imageNameRegex?: string;
  /**
   * The instance type. A later change does not reach a running node: both would be shut down at once. A new one gets it.
   *
   * @default "S5.MEDIUM2"
   */
  readonly instanceType?: string;
  /**
   * Whether a plan fails where the zone does not sell the instance type, or has none left when the nodes are made or get
   * another type. The cloud's own list decides (DescribeZoneInstanceConfigInfos).
   *
   * @default true
   */
  readonly checkInstanceType?: boolean;
  /**
   * The disk that the nodes boot from. A later change does not reach a running node: a new one gets it.
   *
   * @default - the cloud's kind, the image's size
   */
  readonly systemDisk?: SystemDisk;
  /**
   * Further disks, at most 20 and a local one, each node having its own. A later change does not reach a running node: both would be replaced at once,
   * with all that is on their disks. A new one gets it.
   *
   * @default - none
   */
  readonly dataDisks?: readonly DataDisk[];
  /**
   * Payment in advance.
   *
   * @default - payment by the hour
   */
  readonly prepaid?: PrepaidProps;
  /**
   * SSH key pairs. A later change does not reach a running node, like that of the image.
   *
   * @default - none: the cloud sets a random password and sends it to the account
   */
  readonly keyPairs?: readonly IKeyPair[];
  /**
   * Whether the API refuses to delete the nodes. A plan that destroys one is refused as long as this is set; deploy without
   * it first.
   *
   * @default false
   */
  readonly terminationProtection?: boolean;
  /**
   * Whether the cloud's monitoring agent is installed, at the first boot: a later change does not reach a running node,
   * since the provider would reinstall both.
   *
   * @default true
   */
  readonly monitoringAgent?: boolean;
  /**
   * Whether the cloud's security agent is installed, at the first boot like the monitoring agent.
   *
   * @default true
   */
  readonly securityAgent?: boolean;
  /**
   * Whether the cloud's automation agent (TAT) is installed, at the first boot like the monitoring agent.
   *
   * @default true
   */
  readonly automationAgent?: boolean;
  /**
   * The project that the nodes belong to.
   *
   * @default - the account's default project
   */
  readonly projectId?: number;
}

/** The instance type where none is given. */
export const DEFAULT_INSTANCE_TYPE = "S5.MEDIUM2";

/** For how many months a node can be paid in advance. */
export const PREPAID_MONTHS: readonly number[] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 24, 36, 48, 60];
/** The ids of projects. */
export const PROJECT_ID: shape.Limits = [0, Number.MAX_SAFE_INTEGER];

const PREPAID: shape.Shape<PrepaidProps> = {
  periodMonths: shape.described(shape.number(12), { enum: PREPAID_MONTHS }),
  renewFlag: shape.optional(
    shape.oneOf("NOTIFY_AND_AUTO_RENEW", "NOTIFY_AND_MANUAL_RENEW", "DISABLE_NOTIFY_AND_MANUAL_RENEW"),
  ),
  forceDelete: shape.optional(shape.flag()),
};

/** The kinds of {@link MachineProps}. */
export const MACHINE_PROPS: shape.Shape<MachineProps> = {
  imageId: shape.optional(cloudId("img")),
  image: shape.optional(shape.oneOf(...IMAGE_ALIASES)),
  imageNameRegex: shape.optional(shape.text("^Debian 12")),
  instanceType: shape.optional(instanceType()),
  checkInstanceType: shape.optional(shape.flag()),
  systemDisk: shape.optional(shape.object(SYSTEM_DISK)),
  dataDisks: shape.optional(
    shape.described(
      shape.list(shape.described(shape.object(DATA_DISK), DATA_DISK_RULES), '[{ type: "CLOUD_SSD", sizeGb: 100 }]'),
      { maxItems: MAX_DATA_DISKS },
    ),
  ),
  prepaid: shape.optional(shape.object(PREPAID)),
  keyPairs: shape.optional(shape.list(KEY_PAIR, '[KeyPair.fromKeyPairAttributes({ keyId: "skey-12345678" })]')),
  terminationProtection: shape.optional(shape.flag()),
  monitoringAgent: shape.optional(shape.flag()),
  securityAgent: shape.optional(shape.flag()),
  automationAgent: shape.optional(shape.flag()),
  projectId: shape.optional(shape.integer(0, PROJECT_ID)),
};
