import type { Construct } from "constructs";
import { DataTencentcloudInstanceTypes } from "../provider";
import { DeployCheck } from "../terraform/deploy-check";

/** A machine as far as the cloud may have it or not. */
export interface MachineOffer {
  readonly instanceType: string;
  readonly availabilityZone: string;
  readonly instanceChargeType: "POSTPAID_BY_HOUR" | "PREPAID";
}

/** Lets a plan fail whose zone does not sell the instance type, or has none left of it. */
export function checkInstanceType(
  scope: Construct,
  { instanceType, availabilityZone, instanceChargeType }: MachineOffer,
): DeployCheck {
  const filter = { zone: availabilityZone, "instance-type": instanceType, "instance-charge-type": instanceChargeType };
  const { fqn } = new DataTencentcloudInstanceTypes(scope, "InstanceTypes", {
    filter: Object.entries(filter).map(([name, value]) => ({ name, values: [value] })),
  });
  const paid = instanceChargeType === "PREPAID" ? "for payment in advance" : "by the hour";
  const remedy = "choose another type, or a subnet in another zone";
  return new DeployCheck(scope, "InstanceTypeCheck", {
    values: { instanceType, availabilityZone, instanceChargeType },
    conditions: {
      isSold: {
        holds: `length(${fqn}.instance_types) > 0`,
        otherwise: `'instanceType' is ${instanceType}, which ${availabilityZone} does not sell ${paid}: ${remedy}`,
      },
      isLeft: {
        // Where it is not sold at all, that is said.
        holds:
          `length(${fqn}.instance_types) == 0 || ` +
          `anytrue([for each in ${fqn}.instance_types : each.status != "SOLD_OUT"])`,
        otherwise: `'instanceType' is ${instanceType}, which is sold out in ${availabilityZone}: ${remedy}, or wait`,
      },
    },
  });
}
