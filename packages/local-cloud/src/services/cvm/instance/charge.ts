import { CloudError, missingParameter } from "../../../api/errors.ts";
import { boolean, integer, list, object, optional, string } from "../../../api/parameters.ts";
import { dataDisksOf, systemDiskOf } from "../../cbs/index.ts";
import { defineAction } from "../service.ts";
import { checkState } from "./checks.ts";
import { findInstances, startOperation } from "./operation.ts";
import { type Charge, chargeTypes } from "./state.ts";

/** How many instances may be switched in one call. Source: the CVM API's description of ModifyInstancesChargeType. */
const maxInstances = 20;

/** Months that can be paid in advance. Source: the CVM API's InstanceChargePrepaid. */
const periods = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 24, 36, 48, 60];
const renewFlags = ["NOTIFY_AND_AUTO_RENEW", "NOTIFY_AND_MANUAL_RENEW", "DISABLE_NOTIFY_AND_MANUAL_RENEW"];

/** The API's InstanceChargePrepaid. */
export const prepaidParameters = object({ Period: integer, RenewFlag: optional(string) });

/** What is asked for: how an instance is paid for from now on. */
interface ChargeParameters {
  readonly InstanceChargeType: string;
  readonly InstanceChargePrepaid: ReturnType<typeof prepaidParameters> | undefined;
}

/** @throws CloudError if the charge type, the period or the flag is not one of those that there are */
export function chargeOf({ InstanceChargeType: type, InstanceChargePrepaid: prepaid }: ChargeParameters): Charge {
  const chargeType = chargeTypes.find((each) => each === type);
  if (chargeType === undefined) {
    throw new CloudError(
      "InvalidParameterValue",
      `\`InstanceChargeType\` is one of ${chargeTypes.join(", ")} here, got \`${type}\`.`,
    );
  }
  if (chargeType === "POSTPAID_BY_HOUR") return { chargeType };
  if (prepaid === undefined) throw missingParameter("InstanceChargePrepaid");
  const { Period: period, RenewFlag: renewFlag = "NOTIFY_AND_MANUAL_RENEW" } = prepaid;
  if (!periods.includes(period)) {
    throw new CloudError("InvalidPeriod", `\`Period\` is one of ${periods.join(", ")}, got ${period}.`);
  }
  checkRenewFlag(renewFlag);
  return { chargeType, renewFlag };
}

function checkRenewFlag(renewFlag: string): void {
  if (renewFlags.includes(renewFlag)) return;
  throw new CloudError(
    "InvalidParameterValue",
    `\`RenewFlag\` is one of ${renewFlags.join(", ")}, got \`${renewFlag}\`.`,
  );
}

/** Pays for instances with their system disks in advance, or by the hour again, while they run; asynchronous. */
export const modifyInstancesChargeType = defineAction(
  "ModifyInstancesChargeType",
  object({
    InstanceIds: list(string),
    InstanceChargeType: string,
    InstanceChargePrepaid: optional(prepaidParameters),
    ModifyPortableDataDisk: optional(boolean),
  }),
  (core, { InstanceIds, ModifyPortableDataDisk = false, ...given }, requestId) => {
    const instances = findInstances(core, InstanceIds, maxInstances);
    const charge = chargeOf(given);
    for (const instance of instances) {
      checkState(instance, "RUNNING", "STOPPED");
      if (instance.charge.chargeType !== charge.chargeType) continue;
      throw new CloudError(
        "UnsupportedOperation.InstanceChargeType",
        `The charge type of \`${instance.instanceId}\` is \`${charge.chargeType}\` already.`,
      );
    }
    startOperation(core, instances, {
      action: "ModifyInstancesChargeType",
      requestId,
      meanwhile: (before) => before,
      commit: (instance) => {
        instance.charge = charge;
        const { state } = core;
        const dataDisks = ModifyPortableDataDisk ? dataDisksOf(state, instance.instanceId) : [];
        for (const disk of [systemDiskOf(state, instance.instanceId), ...dataDisks]) {
          disk.chargeType = charge.chargeType;
        }
      },
    });
    return {};
  },
);

/** Changes what happens at the end of the time that instances are paid for; asynchronous. */
export const modifyInstancesRenewFlag = defineAction(
  "ModifyInstancesRenewFlag",
  object({ InstanceIds: list(string), RenewFlag: string }),
  (core, { InstanceIds, RenewFlag }, requestId) => {
    const instances = findInstances(core, InstanceIds);
    checkRenewFlag(RenewFlag);
    for (const instance of instances) {
      checkState(instance, "RUNNING", "STOPPED");
      if (instance.charge.chargeType === "PREPAID") continue;
      throw new CloudError(
        "UnsupportedOperation.InstanceChargeType",
        `The instance \`${instance.instanceId}\` is not paid in advance.`,
      );
    }
    startOperation(core, instances, {
      action: "ModifyInstancesRenewFlag",
      requestId,
      meanwhile: (before) => before,
      commit: (instance) => {
        instance.charge.renewFlag = RenewFlag;
      },
    });
    return {};
  },
);
