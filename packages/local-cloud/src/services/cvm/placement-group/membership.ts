import { CloudError } from "../../../api/errors.ts";
import { boolean, list, object, optional, string, unsupported } from "../../../api/parameters.ts";
import { checkStopped } from "../instance/checks.ts";
import { findInstances, startOperation } from "../instance/operation.ts";
import { defineAction } from "../service.ts";
import { checkPlacement, checkPlacementGroupId } from "./checks.ts";

/**
 * Puts instances into another placement group; asynchronous. By force they move to other hosts, for which those that run
 * are booted anew; without it each stays on the host that it is on, which is always apart from the others here.
 */
export const modifyInstancesDisasterRecoverGroup = defineAction(
  "ModifyInstancesDisasterRecoverGroup",
  object({
    InstanceIds: list(string),
    DisasterRecoverGroupId: optional(string),
    DisasterRecoverGroupIds: optional(list(string)),
    Force: optional(boolean),
    PartitionNumber: unsupported,
  }),
  (core, { InstanceIds, DisasterRecoverGroupId, DisasterRecoverGroupIds, Force = false }, requestId) => {
    const instances = findInstances(core, InstanceIds);
    const groups = DisasterRecoverGroupIds ?? (DisasterRecoverGroupId === undefined ? [] : [DisasterRecoverGroupId]);
    const [placementGroupId, another] = groups;
    if (placementGroupId === undefined || another !== undefined) {
      throw new CloudError(
        "InvalidParameterValue.NotSupported",
        `One placement group is needed, got ${groups.length}.`,
      );
    }
    checkPlacementGroupId(placementGroupId);
    for (const instance of instances) {
      checkStopped(instance, true);
      if (instance.placementGroupId !== placementGroupId) continue;
      throw new CloudError(
        "FailedOperation.AlreadyInDisasterRecoverGroup",
        `The instance \`${instance.instanceId}\` is in the placement group \`${placementGroupId}\` already.`,
      );
    }
    checkPlacement(core, placementGroupId, instances.length);
    startOperation(core, instances, {
      action: "ModifyInstancesDisasterRecoverGroup",
      requestId,
      meanwhile: (before) => (Force && before === "RUNNING" ? "REBOOTING" : before),
      power: (before) => (Force && before === "RUNNING" ? ["soft first off", "on"] : []),
      commit: (instance, before) => {
        instance.placementGroupId = placementGroupId;
        instance.instanceState = before;
      },
    });
    return {};
  },
);
