import { CloudError } from "../../../api/errors.ts";
import { boolean, list, object, optional, string, unsupported, unsupportedNumber } from "../../../api/parameters.ts";
import { isId } from "../../../engine/ids.ts";
import { known } from "../../store.ts";
import { dropAssociations, readdress, type Subnet } from "../../vpc/index.ts";
import { defineAction } from "../service.ts";
import type { Core } from "../state.ts";
import { checkFree, chooseAddresses } from "./addresses.ts";
import { checkStopped } from "./checks.ts";
import { findInstances, startOperation } from "./operation.ts";
import type { Instance } from "./state.ts";

/**
 * Gives instances other primary addresses, in their subnets or in others of their zone; asynchronous. Those that run are
 * shut down, if the call allows it, and started again. An EIP of the primary address goes with it.
 */
export const modifyInstancesVpcAttribute = defineAction(
  "ModifyInstancesVpcAttribute",
  object({
    InstanceIds: list(string),
    VirtualPrivateCloud: object({
      VpcId: string,
      SubnetId: string,
      PrivateIpAddresses: optional(list(string)),
      AsVpcGateway: unsupported,
      Ipv6AddressCount: unsupportedNumber,
    }),
    ForceStop: optional(boolean),
    // Without it the host name would follow the address, which it never does here.
    ReserveHostName: optional(boolean),
  }),
  (core, { InstanceIds, VirtualPrivateCloud, ForceStop = true }, requestId) => {
    const { state } = core;
    const { VpcId, SubnetId, PrivateIpAddresses: wanted } = VirtualPrivateCloud;
    const instances = findInstances(core, InstanceIds);
    const subnet = findSubnet(core, VpcId, SubnetId);
    for (const instance of instances) {
      checkStopped(instance, ForceStop);
      checkMovable(core, instance, subnet);
    }
    const addresses = chooseAddresses(state, SubnetId, instances.length, wanted);
    const addressOf = new Map(instances.map((instance, index) => [instance, addresses[index] ?? ""]));
    startOperation(core, instances, {
      action: "ModifyInstancesVpcAttribute",
      requestId,
      meanwhile: (before) => (before === "RUNNING" ? "STOPPING" : before),
      power: (before) => (before === "RUNNING" ? ["soft first off", "on"] : []),
      possible: () => addresses.every((address) => isFree(core, SubnetId, address)),
      commit: (instance, before) => {
        const privateIp = known(addressOf, instance);
        if (instance.subnetId !== SubnetId) dropAssociations(core, instance.instanceId);
        readdress(core, known(state.networkInterfaces, instance.networkInterfaceId), {
          vpcId: VpcId,
          subnetId: SubnetId,
          privateIp,
        });
        Object.assign(instance, { vpcId: VpcId, subnetId: SubnetId, privateIp });
        instance.instanceState = before;
      },
    });
    return {};
  },
);

function isFree({ state }: Core, subnetId: string, address: string): boolean {
  try {
    checkFree(state, subnetId, address);
    return true;
  } catch {
    return false;
  }
}

function findSubnet({ state }: Core, vpcId: string, subnetId: string): Subnet {
  if (!isId("vpc", vpcId)) throw new CloudError("InvalidParameterValue.VpcIdMalformed", `\`${vpcId}\` is malformed.`);
  if (!isId("subnet", subnetId)) {
    throw new CloudError("InvalidParameterValue.SubnetIdMalformed", `\`${subnetId}\` is malformed.`);
  }
  const subnet = state.subnets.get(subnetId);
  if (subnet?.vpcId === vpcId) return subnet;
  throw new CloudError("InvalidParameterValue", `The subnet \`${subnetId}\` is not there in the VPC \`${vpcId}\`.`);
}

/** Within its subnet an instance keeps everything else; what is on its interfaces beside the primary address goes nowhere. */
function checkMovable({ state }: Core, { instanceId, subnetId, networkInterfaceId }: Instance, to: Subnet): void {
  if (subnetId === to.subnetId) return;
  if (known(state.subnets, subnetId).zone !== to.zone) {
    throw new CloudError(
      "InvalidParameterValue",
      `The subnet \`${to.subnetId}\` is not in the zone of \`${instanceId}\`.`,
    );
  }
  const others = [...state.networkInterfaces.values()].filter((eni) => eni.instanceId === instanceId && !eni.primary);
  if (others.length > 0) {
    throw new CloudError(
      "UnsupportedOperation.ElasticNetworkInterface",
      `The instance \`${instanceId}\` has further ENIs: detach them first.`,
    );
  }
  if (known(state.networkInterfaces, networkInterfaceId).privateIpAddresses.length > 1) {
    throw new CloudError(
      "EniNotAllowedChangeSubnet",
      `The ENI of \`${instanceId}\` has secondary addresses, which do not go to another subnet.`,
    );
  }
}
