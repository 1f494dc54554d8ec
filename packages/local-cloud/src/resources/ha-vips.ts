import type { Core } from "../action.ts";
import { checkAssignable, eipOfHaVip, isId } from "../addressing.ts";
import { CloudError, malformed, resourceNotFound } from "../errors.ts";
import { type HaVip, type HaVipAssociation, newId } from "../state.ts";
import { add, get } from "./store.ts";

/** How many instances may be associated with one HAVIP. */
export const maxAssociations = 10;

/** A HAVIP to create. */
export interface HaVipOptions {
  readonly haVipId?: string;
  /** @default - its id */
  readonly name?: string;
  readonly subnetId: string;
  readonly vip: string;
  /** @default false */
  readonly checkAssociate?: boolean;
}

/** @throws CloudError if the address cannot be had, or the VPC has as many HAVIPs as it may */
export function createHaVip({ state, quotas, now }: Core, options: HaVipOptions): HaVip {
  const { haVipId = newId("havip"), name = haVipId, subnetId, vip, checkAssociate = false } = options;
  const { vpcId } = get(state.subnets, "SubnetId", subnetId);
  checkAssignable(state, subnetId, vip, "Vip");
  const count = [...state.haVips.values()].filter((haVip) => haVip.vpcId === vpcId).length;
  if (count >= quotas.haVipsPerVpc) {
    throw new CloudError(
      "LimitExceeded",
      `The VPC \`${vpcId}\` has ${count} HAVIPs of at most ${quotas.haVipsPerVpc}.`,
    );
  }
  const createdAt = now();
  return add(state.haVips, haVipId, {
    haVipId,
    name,
    vip,
    vpcId,
    subnetId,
    checkAssociate,
    associations: [],
    createdAt,
  });
}

/** One association to make. */
export interface AssociationRequest {
  readonly haVip: HaVip;
  readonly association: HaVipAssociation;
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
    wanted.set(haVip, [...(wanted.get(haVip) ?? haVip.associations), association]);
  }
  for (const [haVip, associations] of wanted) checkAssociations(haVip, associations);
  for (const [haVip, associations] of wanted) haVip.associations = associations;
}

/** @throws CloudError `UnsupportedOperation.BindEIP` if the HAVIP has an EIP */
export function checkNoEip({ state }: Core, haVipId: string): void {
  const eip = eipOfHaVip(state, haVipId);
  if (eip) {
    throw new CloudError(
      "UnsupportedOperation.BindEIP",
      `The HAVIP \`${haVipId}\` already has the EIP \`${eip.addressIp}\`.`,
    );
  }
}

function checkAssociable({ state }: Core, haVip: HaVip, { instanceId, instanceType }: HaVipAssociation): void {
  if (!isId(instanceType === "CVM" ? "ins" : "eni", instanceId)) throw malformed("InstanceId", instanceId);
  const resource = instanceType === "CVM" ? state.instances.get(instanceId) : state.networkInterfaces.get(instanceId);
  if (!resource) throw resourceNotFound("InstanceId", instanceId);
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
