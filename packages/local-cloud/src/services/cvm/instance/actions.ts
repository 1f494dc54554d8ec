import { CloudError } from "../../../api/errors.ts";
import { boolean, list, object, optional, string, unsupported } from "../../../api/parameters.ts";
import { type FilterTest, queryParameters, select } from "../../../api/query.ts";
import { known } from "../../store.ts";
import { cvmQueryCodes, defineAction } from "../service.ts";
import type { Core } from "../state.ts";
import { checkInstanceId, checkState, checkUnprotected, getInstance } from "./checks.ts";
import { checkHostName, checkInstanceName } from "./names.ts";
import { findInstances, startOperation } from "./operation.ts";
import { removeInstance } from "./remove.ts";
import { checkCamRole } from "./role.ts";
import { checkSecurityGroups } from "./security-groups.ts";
import type { Instance } from "./state.ts";
import { checkUserData } from "./user-data.ts";
import { instanceView } from "./view.ts";

const filterTests = ({ state }: Core): Record<string, FilterTest<Instance>> => ({
  "instance-id": (instance, values) => values.includes(instance.instanceId),
  "instance-name": (instance, values) => values.includes(instance.instanceName),
  "instance-state": (instance, values) => values.includes(instance.instanceState),
  "vpc-id": (instance, values) => values.includes(instance.vpcId),
  "subnet-id": (instance, values) => values.includes(instance.subnetId),
  zone: (instance, values) => values.includes(known(state.subnets, instance.subnetId).zone),
  "project-id": (instance, values) => values.includes(String(instance.projectId)),
  "private-ip-address": (instance, values) => values.includes(instance.privateIp),
  "security-group-id": (instance, values) => values.some((id) => instance.securityGroupIds.includes(id)),
});

/** Instances. */
export const describeInstances = defineAction(
  "DescribeInstances",
  object({ InstanceIds: optional(list(string)), ...queryParameters }),
  (core, { InstanceIds: ids, ...query }) => {
    for (const id of ids ?? []) checkInstanceId(id);
    const { page, total } = select(
      core.state.instances.values(),
      { ids, ...query },
      ({ instanceId }) => instanceId,
      filterTests(core),
      cvmQueryCodes,
    );
    return { TotalCount: total, InstanceSet: page.map((instance) => instanceView(core, instance)) };
  },
);

/** The user data of instances. */
export const describeInstancesAttributes = defineAction(
  "DescribeInstancesAttributes",
  object({ InstanceIds: list(string), Attributes: list(string) }),
  (core, { InstanceIds, Attributes }) => {
    const other = Attributes.find((attribute) => attribute !== "UserData");
    if (other !== undefined) throw new CloudError("InvalidParameterValue", `The attribute \`${other}\` is not there.`);
    const instances = InstanceIds.map((id) => getInstance(core, id));
    return {
      InstanceSet: instances.map(({ instanceId, userData }) => ({
        InstanceId: instanceId,
        Attributes: { UserData: userData },
      })),
    };
  },
);

/**
 * Changes what instances are called and who they are (name, host name, user data, security groups, role), and whether they
 * may be terminated.
 */
export const modifyInstancesAttribute = defineAction(
  "ModifyInstancesAttribute",
  object({
    InstanceIds: list(string),
    InstanceName: optional(string),
    UserData: optional(string),
    SecurityGroups: optional(list(string)),
    CamRoleName: optional(string),
    HostName: optional(string),
    CamRoleType: unsupported,
    DisableApiTermination: optional(boolean),
    AutoReboot: optional(boolean),
  }),
  (core, parameters) => {
    const { InstanceIds, InstanceName, UserData, SecurityGroups, CamRoleName, HostName } = parameters;
    const { DisableApiTermination } = parameters;
    const instances = findInstances(core, InstanceIds);
    for (const instance of instances) checkState(instance, "RUNNING", "STOPPED");
    if (UserData !== undefined) checkUserData(UserData);
    checkSecurityGroups(core, SecurityGroups ?? []);
    if (CamRoleName) checkCamRole(core, CamRoleName);
    if (InstanceName !== undefined) checkInstanceName(InstanceName);
    if (HostName !== undefined) checkHostName(HostName);
    for (const instance of instances) {
      instance.instanceName = InstanceName ?? instance.instanceName;
      instance.hostName = HostName ?? instance.hostName;
      instance.userData = UserData ?? instance.userData;
      instance.securityGroupIds = SecurityGroups ?? instance.securityGroupIds;
      if (CamRoleName) instance.camRoleName = CamRoleName;
      else if (CamRoleName === "") delete instance.camRoleName;
      if (DisableApiTermination) instance.isProtected = true;
      else if (DisableApiTermination === false) delete instance.isProtected;
    }
    return {};
  },
);

/**
 * Ends instances with their ENIs, addresses and disks; asynchronous. One that is paid in advance first goes to the recycle
 * bin, shut down and with its addresses, and ends at the second call.
 */
export const terminateInstances = defineAction(
  "TerminateInstances",
  object({
    InstanceIds: list(string),
    ReleaseAddress: optional(boolean),
    ReleasePrepaidDataDisks: optional(boolean),
    DryRun: unsupported,
  }),
  (core, { InstanceIds, ReleaseAddress: addresses = false, ReleasePrepaidDataDisks = false }, requestId) => {
    const instances = findInstances(core, InstanceIds);
    for (const instance of instances) {
      checkState(instance, "RUNNING", "STOPPED", "LAUNCH_FAILED", "SHUTDOWN");
      checkUnprotected(instance);
    }
    startOperation(core, instances, {
      action: "TerminateInstances",
      requestId,
      meanwhile: () => "TERMINATING",
      power: (before) => (before === "SHUTDOWN" ? [] : ["hard off"]),
      commit: (instance, before) => {
        if (instance.charge.chargeType === "PREPAID" && (before === "RUNNING" || before === "STOPPED")) {
          instance.instanceState = "SHUTDOWN";
        } else {
          removeInstance(core, instance, { addresses, prepaidDataDisks: ReleasePrepaidDataDisks });
        }
      },
    });
    return {};
  },
);
