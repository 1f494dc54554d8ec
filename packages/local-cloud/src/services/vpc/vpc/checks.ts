import { malformed, resourceNotFound } from "../../../api/errors.ts";
import { isId } from "../../../engine/ids.ts";
import type { Core } from "../state.ts";
import type { Vpc } from "./state.ts";

/** @throws CloudError `InvalidParameterValue.Malformed` or `ResourceNotFound` */
export function getVpc({ state }: Core, vpcId: string): Vpc {
  if (!isId("vpc", vpcId)) throw malformed("VpcId", vpcId);
  const vpc = state.vpcs.get(vpcId);
  if (!vpc) throw resourceNotFound("VpcId", vpcId);
  return vpc;
}
