import { malformed, resourceNotFound } from "../../../api/errors.ts";
import { isId } from "../../../engine/ids.ts";
import type { Core } from "../state.ts";
import type { Subnet } from "./state.ts";

/** @throws CloudError `InvalidParameterValue.Malformed` or `ResourceNotFound` */
export function getSubnet({ state }: Core, subnetId: string): Subnet {
  if (!isId("subnet", subnetId)) throw malformed("SubnetId", subnetId);
  const subnet = state.subnets.get(subnetId);
  if (!subnet) throw resourceNotFound("SubnetId", subnetId);
  return subnet;
}
