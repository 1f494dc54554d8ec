import { CloudError } from "../../../api/errors.ts";
import { isId } from "../../../engine/ids.ts";
import { instanceTypes } from "../../instance-types.ts";
import { putTags } from "../../tag/index.ts";
import type { Subnet } from "../../vpc/index.ts";
import { isZone } from "../../zones.ts";
import { checkImage } from "../image/checks.ts";
import { checkPlacement } from "../placement-group/checks.ts";
import { checkProject } from "../project/checks.ts";
import { defineAction } from "../service.ts";
import type { Core } from "../state.ts";
import { checkInstanceType } from "../zone/instance-types.ts";
import { isSoldOut } from "../zone/sold-out.ts";
import { chargeOf } from "./charge.ts";
import { chooseAddresses } from "./addresses.ts";
import { createInstance, type InstanceOptions } from "./create.ts";
import { dataDisksFor } from "./data-disks.ts";
import { checkLoginSettings } from "./login-settings.ts";
import { type MachineParameters, machineParameters } from "./machine-parameters.ts";
import { checkInstanceName, hostNamesFor, numberedNames } from "./names.ts";
import { startOperation } from "./operation.ts";
import { checkCamRole } from "./role.ts";
import { checkSecurityGroups } from "./security-groups.ts";
import { checkSystemDisk } from "./system-disk.ts";
import { checkUserData } from "./user-data.ts";

/** How many instances one call may make. Source: the CVM API's description of InstanceCount. */
const maxInstances = 500;

/** Instances; asynchronous: they are PENDING, then RUNNING. Their machines, where they have some, are switched on. */
export const runInstances = defineAction("RunInstances", machineParameters, (core, given, requestId) => {
  const subnet = findSubnet(core, given);
  checkMachine(core, given);
  const { InstanceChargeType = "POSTPAID_BY_HOUR", InstanceChargePrepaid } = given;
  const charge = chargeOf({ InstanceChargeType, InstanceChargePrepaid });
  const dataDisks = dataDisksFor(given.DataDisks ?? [], charge);
  const { InstanceCount = 1, VirtualPrivateCloud } = given;
  const privateIps = chooseAddresses(
    core.state,
    subnet.subnetId,
    InstanceCount,
    VirtualPrivateCloud.PrivateIpAddresses,
  );
  const [placementGroupId] = given.DisasterRecoverGroupIds ?? [];
  if (placementGroupId !== undefined) checkPlacement(core, placementGroupId, privateIps.length);
  const { InstanceName: name, CamRoleName: camRoleName, HostName: hostName, SystemDisk: disk } = given;
  const names = name ? numberedNames(name, privateIps.length) : [];
  const hostNames = hostName ? hostNamesFor(hostName, privateIps) : [];
  const shared = {
    subnetId: subnet.subnetId,
    instanceState: "PENDING",
    imageId: given.ImageId,
    securityGroupIds: given.SecurityGroupIds ?? [],
    keyIds: given.LoginSettings?.KeyIds ?? [],
    userData: given.UserData ?? "",
    ...(given.InstanceType ? { instanceType: given.InstanceType } : {}),
    ...(camRoleName ? { camRoleName } : {}),
    ...(placementGroupId === undefined ? {} : { placementGroupId }),
    charge,
    ...(disk?.DiskType ? { systemDiskType: disk.DiskType } : {}),
    ...(disk?.DiskSize ? { systemDiskSize: disk.DiskSize } : {}),
    ...(disk?.DiskName ? { systemDiskName: disk.DiskName } : {}),
    dataDisks,
    projectId: given.Placement.ProjectId ?? 0,
  } satisfies Partial<InstanceOptions>;
  const instances = privateIps.map((privateIp, index) => {
    const [instanceName, host] = [names[index], hostNames[index]];
    const instance = createInstance(core, {
      ...shared,
      privateIp,
      ...(instanceName === undefined ? {} : { instanceName }),
      ...(host === undefined ? {} : { hostName: host }),
    });
    if (given.DisableApiTermination) instance.isProtected = true;
    for (const { ResourceType, Tags } of given.TagSpecification ?? []) {
      if (ResourceType === "instance") putTags(core.state, "cvm:instance", instance.instanceId, Tags);
    }
    return instance;
  });
  startOperation(core, instances, {
    action: "RunInstances",
    requestId,
    meanwhile: () => "PENDING",
    power: () => ["on"],
    commit: (instance) => {
      instance.instanceState = "RUNNING";
    },
    failed: "LAUNCH_FAILED",
  });
  return { InstanceIdSet: instances.map(({ instanceId }) => instanceId) };
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
  if (InstanceCount < 1 || InstanceCount > maxInstances) {
    throw new CloudError(
      "InvalidParameterValue.Range",
      `The value of \`InstanceCount\` is 1 to ${maxInstances}, got ${InstanceCount}.`,
    );
  }
  checkProject(state, Placement.ProjectId ?? 0);
  checkImage(state, ImageId);
  if (InstanceType) checkOffered(core, Placement.Zone, InstanceType);
  checkSecurityGroups(core, given.SecurityGroupIds ?? []);
  checkLoginSettings(state, given.LoginSettings);
  if (CamRoleName) checkCamRole(core, CamRoleName);
  if (given.InstanceName) checkInstanceName(given.InstanceName);
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
