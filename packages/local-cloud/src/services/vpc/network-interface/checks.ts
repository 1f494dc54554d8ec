import { CloudError, malformed, resourceNotFound } from "../../../api/errors.ts";
import { isId } from "../../../engine/ids.ts";
import { limitsOf } from "../../instance-limits.ts";
import type { Core } from "../state.ts";
import type { NetworkInterface } from "./state.ts";

/**
 * @param parameter - the name that the errors give
 * @throws CloudError `InvalidParameterValue.Malformed` or `ResourceNotFound`
 */
export function getEni({ state }: Core, parameter: string, id: string): NetworkInterface {
  if (!isId("eni", id)) throw malformed(parameter, id);
  const eni = state.networkInterfaces.get(id);
  if (!eni) throw resourceNotFound(parameter, id);
  return eni;
}

/** How many addresses one call takes. */
const maxAddresses = 10;

/** @throws CloudError `InvalidParameterValue.LimitExceeded` if one call has too many addresses */
export function checkCount(parameter: string, count: number): void {
  if (count > maxAddresses) {
    throw new CloudError(
      "InvalidParameterValue.LimitExceeded",
      `The parameter \`${parameter}\` takes at most ${maxAddresses} addresses, got ${count}.`,
    );
  }
}

/** How many private addresses an ENI may have: by the size of its instance, and never more than the account's quota. */
export function privateIpQuota({ state, quotas }: Core, instanceId: string | undefined): number {
  const instance = instanceId === undefined ? undefined : state.instances.get(instanceId);
  const limits = instance && limitsOf(instance.instanceType);
  return Math.min(quotas.privateIpsPerNetworkInterface, limits?.privateIpsPerNetworkInterface ?? Infinity);
}

/** @throws CloudError `LimitExceeded` if the ENI does not take this many more addresses */
export function checkPrivateIpQuota(core: Core, eni: NetworkInterface, more: number): void {
  const quota = privateIpQuota(core, eni.instanceId);
  const count = eni.privateIpAddresses.length;
  if (count + more > quota) {
    throw new CloudError(
      "LimitExceeded",
      `The ENI \`${eni.networkInterfaceId}\` has ${count} private IP addresses of at most ${quota}.`,
    );
  }
}
