import { Token } from "cdktf";
import type { Mechanism } from "../contract";
import { PropError, requireInteger } from "../props/validation";
import { type DataDisk, requireDataDiskCount, requireDataDiskSize, requireSystemDiskSize } from "./disks";
import {
  DEFAULT_INSTANCE_TYPE,
  type MachineProps,
  PREPAID_MONTHS,
  type PrepaidProps,
  PROJECT_ID,
} from "./machine-props";

/**
 * The arguments of an instance that a plan must leave alone on a running pair, since the provider (1.83.25) carries the
 * change out on both nodes at once; a node that is replaced gets it. `image_id` and the agents' switches reinstall the
 * system (ResetInstance): both disks are formatted. `hostname` restarts the nodes, `instance_type` shuts them down. `key_ids`
 * and the system disk need a stopped instance, and the change fails. Another data disk replaces both nodes. With a VIP on
 * the network interface, the provider may read it back as `private_ip` (it takes the first address of a list whose order is
 * documented nowhere), and moving the node back stops it. A node that is imported while it has the public address is read as
 * one with `allocate_public_ip`, and would be replaced.
 */
export function unchangeable(mechanism: Mechanism): string[] {
  const agents = ["disable_monitor_service", "disable_security_service", "disable_automation_service"];
  const size = ["instance_type", "system_disk_size", "system_disk_type", "data_disks"];
  const always = ["image_id", "key_ids", ...agents, "hostname", ...size, "allocate_public_ip"];
  return [...always, ...(mechanism === "havip" ? [] : ["private_ip"])];
}

/**
 * Whether the cloud would not let the nodes go: protected ones refuse, and prepaid ones go to the recycle bin with their
 * addresses. What stands before them would be gone by then, so that a plan which destroys them is refused as a whole.
 */
export function isKeptByCloud({ terminationProtection, prepaid }: MachineProps): boolean {
  return terminationProtection === true || (prepaid !== undefined && prepaid.forceDelete !== true);
}

/** Everything that is checked of a machine, each by itself: it throws where a value is one that the cloud does not take. */
export function machineChecks({ systemDisk = {}, dataDisks = [], prepaid, projectId }: MachineProps): (() => void)[] {
  return [
    () => requireSystemDiskSize(systemDisk),
    () => requireDataDiskCount(dataDisks),
    ...dataDisks.flatMap((disk, index) => [
      () => requireDataDiskSize(`dataDisks[${index}]`, disk),
      () => requireKept(`dataDisks[${index}].deleteWithInstance`, disk, prepaid),
    ]),
    () => requirePeriod(prepaid),
    () =>
      requireInteger("projectId", projectId ?? 0, ...PROJECT_ID, "look it up in the console; 0 is the default project"),
  ];
}

function requireKept(prop: string, disk: DataDisk, prepaid: PrepaidProps | undefined): void {
  if (prepaid === undefined || disk.deleteWithInstance !== true) return;
  throw new PropError(
    prop,
    true,
    "must not be with 'prepaid': the provider refuses it",
    "leave it out, and delete the disk yourself once the node is gone",
  );
}

function requirePeriod(prepaid: PrepaidProps | undefined): void {
  if (prepaid === undefined || Token.isUnresolved(prepaid.periodMonths)) return;
  if (PREPAID_MONTHS.includes(prepaid.periodMonths)) return;
  throw new PropError(
    "prepaid.periodMonths",
    prepaid.periodMonths,
    `must be one of ${PREPAID_MONTHS.join(", ")}`,
    "choose a period that the cloud sells",
  );
}

/**
 * The provider's arguments for a machine.
 *
 * @param imageId the image's id
 * @throws where a number is out of its range
 */
export function machineConfig(imageId: string, props: MachineProps) {
  const { systemDisk = {}, prepaid } = props;
  for (const check of machineChecks(props)) check();
  return {
    imageId,
    instanceType: props.instanceType ?? DEFAULT_INSTANCE_TYPE,
    systemDiskType: systemDisk.type,
    systemDiskSize: systemDisk.sizeGb,
    dataDisks: props.dataDisks?.map((disk) => ({
      dataDiskType: disk.type,
      dataDiskSize: disk.sizeGb,
      encrypt: disk.encrypt ?? false,
      deleteWithInstance: disk.deleteWithInstance ?? prepaid === undefined,
    })),
    // Said also where it is the default: left out, the provider keeps a node prepaid that was, and asks for 0 months.
    ...(prepaid === undefined ? { instanceChargeType: "POSTPAID_BY_HOUR" } : prepaidConfig(prepaid)),
    keyIds:
      props.keyPairs === undefined || props.keyPairs.length === 0 ? undefined : props.keyPairs.map((key) => key.keyId),
    // Said in any case: the provider keeps what was set before where nothing is said.
    disableApiTermination: props.terminationProtection ?? false,
    disableMonitorService: disabled(props.monitoringAgent),
    disableSecurityService: disabled(props.securityAgent),
    disableAutomationService: disabled(props.automationAgent),
    projectId: props.projectId,
  };
}

function prepaidConfig(prepaid: PrepaidProps) {
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
