import { CloudError } from "../../../api/errors.ts";
import { isId } from "../../../engine/ids.ts";
import { instanceTypes } from "../../instance-types.ts";
import { putTags } from "../../tag/index.ts";
import { checkAssignable, freeAddresses, type Subnet } from "../../vpc/index.ts";
import { power } from "../../machines.ts";
import { isZone } from "../../zones.ts";
import { imagesOf } from "../image/state.ts";
import { checkKeyId } from "../key-pair/checks.ts";
import { checkPlacement } from "../placement-group/checks.ts";
import { defineAction } from "../service.ts";
import type { Core } from "../state.ts";
import { checkInstanceType } from "../zone/instance-types.ts";
import { isSoldOut } from "../zone/sold-out.ts";
import { chargeOf } from "./charge.ts";
import { createInstance } from "./create.ts";
import { type MachineParameters, machineParameters } from "./machine-parameters.ts";
import { checkHostName, checkInstanceName } from "./names.ts";
import { checkCamRole } from "./role.ts";
import { checkSecurityGroups } from "./security-groups.ts";
import { checkSystemDisk } from "./system-disk.ts";
import { checkUserData } from "./user-data.ts";

/** One instance; asynchronous: it is PENDING, then RUNNING. Its machine, where it has one, is switched on. */
export const runInstances = defineAction("RunInstances", machineParameters, (core, given, requestId) => {
  const subnet = findSubnet(core, given);
  checkMachine(core, given);
  const { InstanceChargeType = "POSTPAID_BY_HOUR", InstanceChargePrepaid } = given;
  const charge = chargeOf({ InstanceChargeType, InstanceChargePrepaid });
  const privateIp = chooseAddress(core, subnet, given.VirtualPrivateCloud.PrivateIpAddresses);
  const [placementGroupId] = given.DisasterRecoverGroupIds ?? [];
  if (placementGroupId !== undefined) checkPlacement(core, placementGroupId);
  const { InstanceName: name, CamRoleName: camRoleName, HostName: hostName, SystemDisk: disk } = given;
  const instance = createInstance(core, {
    subnetId: subnet.subnetId,
    privateIp,
    instanceState: "PENDING",
    imageId: given.ImageId,
    securityGroupIds: given.SecurityGroupIds ?? [],
    keyIds: given.LoginSettings?.KeyIds ?? [],
    userData: given.UserData ?? "",
    ...(given.InstanceType ? { instanceType: given.InstanceType } : {}),
    ...(name ? { instanceName: name } : {}),
    ...(hostName ? { hostName } : {}),
    ...(camRoleName ? { camRoleName } : {}),
    ...(placementGroupId === undefined ? {} : { placementGroupId }),
    charge,
    ...(disk?.DiskType ? { systemDiskType: disk.DiskType } : {}),
    ...(disk?.DiskSize ? { systemDiskSize: disk.DiskSize } : {}),
  });
  const { instanceId } = instance;
  if (given.DisableApiTermination) instance.isProtected = true;
  if (disk?.DiskName) instance.systemDisk.diskName = disk.DiskName;
  for (const { ResourceType, Tags } of given.TagSpecification ?? []) {
    if (ResourceType === "instance") putTags(core.state, "cvm:instance", instanceId, Tags);
  }
  instance.latestOperation = { action: "RunInstances", requestId, state: "OPERATING" };
  core.tasks.start({
    taskId: requestId,
    action: "RunInstances",
    locks: [instanceId],
    work: power(core.machineRoom, instanceId, ["on"]),
    commit: () => {
      instance.instanceState = "RUNNING";
      instance.latestOperation.state = "SUCCESS";
    },
    undo: () => {
      instance.instanceState = "LAUNCH_FAILED";
      instance.latestOperation.state = "FAILED";
    },
  });
  return { InstanceIdSet: [instanceId] };
});

function findSubnet({ state, region }: Core, { Placement, VirtualPrivateCloud }: MachineParameters): Subnet {
  const { Zone: zone } = Placement;
  const { VpcId, SubnetId } = VirtualPrivateCloud;
  if (!isZone(region, zone)) throw new CloudError("InvalidZone.MismatchRegion", `\`${zone}\` is no zone of ${region}.`);
  if (!isId("vpc", VpcId)) throw new CloudError("InvalidParameterValue.VpcIdMalformed", `\`${VpcId}\` is malformed.`);
  if (!isId("subnet", SubnetId)) {
    throw new CloudError("InvalidParameterValue.SubnetIdMalformed", `\`${SubnetId}\` is malformed.`);
  }
  if (!state.vpcs.has(VpcId)) {
    throw new CloudError("InvalidParameterValue.VpcIdNotExist", `The VPC \`${VpcId}\` does not exist.`);
  }
  const subnet = state.subnets.get(SubnetId);
  if (!subnet) {
    throw new CloudError("InvalidParameterValue.SubnetNotExist", `The subnet \`${SubnetId}\` does not exist.`);
  }
  if (subnet.vpcId !== VpcId) {
    throw new CloudError(
      "InvalidParameterValue.VpcIdSubnetIdNotMatch",
      `The subnet \`${SubnetId}\` is not in the VPC \`${VpcId}\`.`,
    );
  }
  if (subnet.zone !== zone) {
    throw new CloudError(
      "InvalidParameterValue.SubnetIdZoneIdNotMatch",
      `The subnet \`${SubnetId}\` is in the zone \`${subnet.zone}\`, not in \`${zone}\`.`,
    );
  }
  return subnet;
}

function checkMachine(core: Core, given: MachineParameters): void {
  const { state } = core;
  const { ImageId, InstanceType, InstanceCount = 1, CamRoleName, Placement } = given;
  if (InstanceCount !== 1) {
    throw new CloudError(
      "InvalidParameterValue.Range",
      `The value of \`InstanceCount\` is 1 here, got ${InstanceCount}.`,
    );
  }
  if (!isId("img", ImageId)) throw new CloudError("InvalidImageId.Malformed", `\`${ImageId}\` is malformed.`);
  if (!imagesOf(state).some(({ imageId }) => imageId === ImageId)) {
    throw new CloudError("InvalidImageId.NotFound", `The image \`${ImageId}\` does not exist.`);
  }
  if (InstanceType) checkOffered(core, Placement.Zone, InstanceType);
  checkSecurityGroups(core, given.SecurityGroupIds ?? []);
  for (const id of given.LoginSettings?.KeyIds ?? []) {
    checkKeyId(id);
    if (!state.keyPairs.has(id)) {
      throw new CloudError("InvalidParameterValue.KeyPairNotFound", `The key pair \`${id}\` does not exist.`);
    }
  }
  if (CamRoleName) checkCamRole(core, CamRoleName);
  if (given.InstanceName) checkInstanceName(given.InstanceName);
  if (given.HostName) checkHostName(given.HostName);
  if (given.SystemDisk) checkSystemDisk(given.SystemDisk);
  if (given.UserData) checkUserData(given.UserData);
}

function checkOffered({ state }: Core, zone: string, instanceType: string): void {
  checkInstanceType(instanceType);
  if (!Object.hasOwn(instanceTypes, instanceType)) {
    throw new CloudError(
      "InvalidParameterValue.InstanceTypeNotFound",
      `The instance type \`${instanceType}\` does not exist.`,
    );
  }
  if (isSoldOut(state, { zone, instanceType })) {
    throw new CloudError("ResourcesSoldOut.SpecifiedInstanceType", `\`${instanceType}\` is sold out in \`${zone}\`.`);
  }
}

function chooseAddress({ state }: Core, { subnetId }: Subnet, wanted: readonly string[] | undefined): string {
  const [given] = wanted ?? [];
  const address = given ?? freeAddresses(state, subnetId, 1)[0];
  if (address === undefined) {
    throw new CloudError(
      "FailedOperation.NoAvailableIpAddressCountInSubnet",
      `The subnet \`${subnetId}\` has no free address.`,
    );
  }
  try {
    checkAssignable(state, subnetId, address, "PrivateIpAddresses");
  } catch (error) {
    throw error instanceof CloudError ? new CloudError(cvmCode(error.code), error.message) : error;
  }
  return address;
}

/** CVM has codes of its own for what VPC finds wrong with an address. */
function cvmCode(vpcCode: string): string {
  if (vpcCode === "ResourceInUse") return "VpcIpIsUsed";
  return vpcCode.endsWith(".Malformed") ? "InvalidParameterValue.IPAddressMalformed" : "VpcAddrNotInSubNet";
}
