import { CloudError, malformed, resourceNotFound, unsupportedOperation } from "../../../api/errors.ts";
import { isId } from "../../../engine/ids.ts";
import type { Core } from "../state.ts";
import type { HaVip, HaVipAssociation } from "./state.ts";

/** How many instances may be associated with one HAVIP. */
export const maxAssociations = 10;

/** One association to make. */
export interface AssociationRequest {
  readonly haVip: HaVip;
  readonly association: Omit<HaVipAssociation, "associatedAt">;
}

/**
 * Makes all of them or none.
 *
 * @throws CloudError if one names an instance or ENI that is not there or not in the HAVIP's subnet, or if a HAVIP would
 *   have one twice, both kinds, or more than `maxAssociations`
 */
export function associate(core: Core, requests: readonly AssociationRequest[]): void {
  for (const { haVip, association } of requests) checkAssociable(core, haVip, association);
  const wanted = new Map<HaVip, HaVipAssociation[]>();
  for (const { haVip, association } of requests) {
    wanted.set(haVip, [...(wanted.get(haVip) ?? haVip.associations), { ...association, associatedAt: core.now() }]);
  }
  for (const [haVip, associations] of wanted) checkAssociations(haVip, associations);
  for (const [haVip, associations] of wanted) haVip.associations = associations;
}

function checkAssociable({ state }: Core, haVip: HaVip, association: AssociationRequest["association"]): void {
  const { instanceId, instanceType } = association;
  if (!isId(instanceType === "CVM" ? "ins" : "eni", instanceId)) throw malformed("InstanceId", instanceId);
  const resource = instanceType === "CVM" ? state.instances.get(instanceId) : state.networkInterfaces.get(instanceId);
  if (!resource) throw resourceNotFound("InstanceId", instanceId);
  if ("primary" in resource && (resource.primary || resource.instanceId === undefined)) {
    throw unsupportedOperation(
      `A HAVIP is associated with a secondary ENI that is attached, which \`${instanceId}\` is not: use its instance.`,
    );
  }
  if (resource.subnetId !== haVip.subnetId) {
    throw new CloudError(
      "InvalidParameterValue.ParameterMismatch",
      `\`${instanceId}\` is in the subnet \`${resource.subnetId}\`, the HAVIP \`${haVip.haVipId}\` in \`${haVip.subnetId}\`.`,
    );
  }
}

function checkAssociations({ haVipId }: HaVip, associations: readonly HaVipAssociation[]): void {
  const ids = associations.map(({ instanceId }) => instanceId);
  const twice = ids.find((id, index) => ids.indexOf(id) < index);
  if (twice !== undefined) {
    throw new CloudError(
      "InvalidParameterValue.DuplicatedHaVipAssociations",
      `\`${twice}\` is already associated with the HAVIP \`${haVipId}\`.`,
    );
  }
  if (new Set(associations.map(({ instanceType }) => instanceType)).size > 1) {
    throw new CloudError(
      "InvalidParameterValue.ParameterMismatch",
      `The associations of the HAVIP \`${haVipId}\` must be all CVM or all ENI.`,
    );
  }
  if (ids.length > maxAssociations) {
    throw new CloudError("LimitExceeded", `The HAVIP \`${haVipId}\` takes at most ${maxAssociations} associations.`);
  }
}

/** @throws CloudError `InvalidParameterValue` for an unknown InstanceType */
export function readAssociation(
  haVip: HaVip,
  given: { readonly InstanceId: string; readonly InstanceType: string | undefined },
): AssociationRequest {
  const { InstanceId: instanceId, InstanceType: instanceType = "CVM" } = given;
  if (instanceType !== "CVM" && instanceType !== "ENI") {
    throw new CloudError(
      "InvalidParameterValue",
      `The value \`${instanceType}\` of \`InstanceType\` is not CVM or ENI.`,
    );
  }
  return { haVip, association: { instanceId, instanceType } };
}
