import { Token } from "cdktf";
import type { Construct } from "constructs";
import { cloudId, instanceType } from "../cloud-fields";
import { type IKeyPair, KEY_PAIR } from "./key-pair";
import type { Mechanism } from "../contract";
import { literals } from "../literals";
import { DataTencentcloudImages } from "../provider";
import { PropError, requireInteger } from "../validation";
import * as shape from "../shape";

/** A disk's kind, in the provider's own words. */
export type DiskType =
  | "CLOUD_BASIC"
  | "CLOUD_PREMIUM"
  | "CLOUD_BSSD"
  | "CLOUD_SSD"
  | "CLOUD_HSSD"
  | "CLOUD_TSSD"
  | "LOCAL_BASIC"
  | "LOCAL_SSD";

/** The disk that a node boots from. */
export interface SystemDisk {
  /**
   * Its kind.
   *
   * @default - the cloud's for the instance type
   */
  readonly type?: DiskType;
  /**
   * Its size in GB, 20–2048.
   *
   * @default - the image's
   */
  readonly sizeGb?: number;
}

/** A further disk of a node. */
export interface DataDisk {
  /** Its kind. */
  readonly type: DiskType;
  /** Its size in GB, 10–32000. */
  readonly sizeGb: number;
  /**
   * Whether it is encrypted.
   *
   * @default false
   */
  readonly encrypt?: boolean;
  /**
   * Whether it is deleted together with the node, which the cloud does for nodes that are paid by the hour only.
   *
   * @default - it is where the node is paid by the hour
   */
  readonly deleteWithInstance?: boolean;
}

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
   * Whether `cdktf destroy` gives the paid time up. The cloud refuses to delete a prepaid node otherwise.
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
   * A later change does not reach a running node, since the provider would reinstall it: replace the nodes one by one
   * with `terraform apply -replace`. The standby comes first; then `pairctl drain` on the node that serves, and once the
   * other has the address, the drained one. A node that is deleted with a secondary private IP on it takes it along, and
   * the provider waits up to 15 minutes for one that has moved meanwhile.
   *
   * @default - the newest public image that `imageNameRegex` finds
   */
  readonly imageId?: string;
  /**
   * Instead of `imageId`: a regular expression for the name of a public image, such as `^Debian Server 12`.
   *
   * @default - `imageId` is used
   */
  readonly imageNameRegex?: string;
  /**
   * The instance type.
   *
   * @default "S5.MEDIUM2"
   */
  readonly instanceType?: string;
  /**
   * The disk that the nodes boot from.
   *
   * @default - the cloud's kind, the image's size
   */
  readonly systemDisk?: SystemDisk;
  /**
   * Further disks, each node having its own.
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
   * Whether the API refuses to delete the nodes.
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

/**
 * The arguments of an instance that a plan must leave alone on a running pair, since the provider (1.83.25) carries the
 * change out on both nodes at once. `image_id` and the agents' switches reinstall the system (ResetInstance): both disks
 * are formatted. `key_ids` needs a stopped instance, and the change fails. With a VIP on the network interface, the
 * provider may read it back as `private_ip` (it takes the first address of a list whose order is documented nowhere), and
 * moving the node back stops it.
 */
export function unchangeable(mechanism: Mechanism): string[] {
  const agents = ["disable_monitor_service", "disable_security_service", "disable_automation_service"];
  return ["image_id", "key_ids", ...agents, ...(mechanism === "havip" ? [] : ["private_ip"])];
}

const DISK_TYPE = shape.oneOf(
  "CLOUD_BASIC",
  "CLOUD_PREMIUM",
  "CLOUD_BSSD",
  "CLOUD_SSD",
  "CLOUD_HSSD",
  "CLOUD_TSSD",
  "LOCAL_BASIC",
  "LOCAL_SSD",
);

const SYSTEM_DISK: shape.Shape<SystemDisk> = {
  type: shape.optional(DISK_TYPE),
  sizeGb: shape.optional(shape.number(50)),
};

const DATA_DISK: shape.Shape<DataDisk> = {
  type: DISK_TYPE,
  sizeGb: shape.number(100),
  encrypt: shape.optional(shape.flag()),
  deleteWithInstance: shape.optional(shape.flag()),
};

const PREPAID: shape.Shape<PrepaidProps> = {
  periodMonths: shape.number(12),
  renewFlag: shape.optional(
    shape.oneOf("NOTIFY_AND_AUTO_RENEW", "NOTIFY_AND_MANUAL_RENEW", "DISABLE_NOTIFY_AND_MANUAL_RENEW"),
  ),
  forceDelete: shape.optional(shape.flag()),
};

/** The kinds of {@link MachineProps}. */
export const MACHINE_PROPS: shape.Shape<MachineProps> = {
  imageId: shape.optional(cloudId("img")),
  imageNameRegex: shape.optional(shape.text("^Debian Server 12")),
  instanceType: shape.optional(instanceType()),
  systemDisk: shape.optional(shape.object(SYSTEM_DISK)),
  dataDisks: shape.optional(shape.list(shape.object(DATA_DISK), '[{ type: "CLOUD_SSD", sizeGb: 100 }]')),
  prepaid: shape.optional(shape.object(PREPAID)),
  keyPairs: shape.optional(shape.list(KEY_PAIR, '[KeyPair.fromKeyPairAttributes({ keyId: "skey-12345678" })]')),
  terminationProtection: shape.optional(shape.flag()),
  monitoringAgent: shape.optional(shape.flag()),
  securityAgent: shape.optional(shape.flag()),
  automationAgent: shape.optional(shape.flag()),
  projectId: shape.optional(shape.number(0)),
};

/**
 * The provider's arguments for a machine.
 *
 * @param scope where the look-up of an image by its name is put
 * @throws where there is no image or two, or a number is out of its range
 */
export function machineConfig(scope: Construct, props: MachineProps) {
  const { systemDisk = {}, prepaid } = props;
  if (systemDisk.sizeGb !== undefined) {
    requireInteger("systemDisk.sizeGb", systemDisk.sizeGb, 20, 2048, "give whole gigabytes, such as 50");
  }
  props.dataDisks?.forEach((disk, index) => {
    requireInteger(`dataDisks[${index}].sizeGb`, disk.sizeGb, 10, 32_000, "give whole gigabytes, such as 100");
    if (prepaid !== undefined && disk.deleteWithInstance === true) {
      throw new PropError(
        `dataDisks[${index}].deleteWithInstance`,
        true,
        "must not be with 'prepaid': the provider refuses it",
        "leave it out, and delete the disk yourself once the node is gone",
      );
    }
  });
  if (props.projectId !== undefined) {
    requireInteger("projectId", props.projectId, 0, 2 ** 53 - 1, "look it up in the console; 0 is the default project");
  }
  return {
    imageId: imageId(scope, props),
    instanceType: props.instanceType ?? DEFAULT_INSTANCE_TYPE,
    systemDiskType: systemDisk.type,
    systemDiskSize: systemDisk.sizeGb,
    dataDisks: props.dataDisks?.map((disk) => ({
      dataDiskType: disk.type,
      dataDiskSize: disk.sizeGb,
      encrypt: disk.encrypt ?? false,
      deleteWithInstance: disk.deleteWithInstance ?? prepaid === undefined,
    })),
    ...(prepaid === undefined ? {} : prepaidConfig(prepaid)),
    keyIds:
      props.keyPairs === undefined || props.keyPairs.length === 0 ? undefined : props.keyPairs.map((key) => key.keyId),
    disableApiTermination: props.terminationProtection,
    disableMonitorService: disabled(props.monitoringAgent),
    disableSecurityService: disabled(props.securityAgent),
    disableAutomationService: disabled(props.automationAgent),
    projectId: props.projectId,
  };
}

/** The newest image comes first in the cloud's answer. */
function imageId(scope: Construct, props: MachineProps): string {
  if ((props.imageId === undefined) === (props.imageNameRegex === undefined)) {
    throw new PropError(
      "imageId",
      props.imageId,
      "or 'imageNameRegex' must name the image, one of the two",
      "give an id such as img-487zeit5, or an expression such as '^Debian Server 12'",
    );
  }
  if (props.imageId !== undefined) return props.imageId;
  return new DataTencentcloudImages(scope, "Image", {
    imageType: ["PUBLIC_IMAGE"],
    ...literals({ imageNameRegex: props.imageNameRegex }),
  }).images.get(0).imageId;
}

const PREPAID_MONTHS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 24, 36, 48, 60];

function prepaidConfig(prepaid: PrepaidProps) {
  if (!Token.isUnresolved(prepaid.periodMonths) && !PREPAID_MONTHS.includes(prepaid.periodMonths)) {
    throw new PropError(
      "prepaid.periodMonths",
      prepaid.periodMonths,
      `must be one of ${PREPAID_MONTHS.join(", ")}`,
      "choose a period that the cloud sells",
    );
  }
  return {
    instanceChargeType: "PREPAID",
    instanceChargeTypePrepaidPeriod: prepaid.periodMonths,
    instanceChargeTypePrepaidRenewFlag: prepaid.renewFlag ?? "NOTIFY_AND_MANUAL_RENEW",
    forceDelete: prepaid.forceDelete ?? false,
  };
}

/** The provider's switches are negative; an agent that nobody decided on is left to the cloud. */
function disabled(agent: boolean | undefined): boolean | undefined {
  return agent === undefined ? undefined : !agent;
}
