import type { Lab } from "../lab/lab.ts";
import type { Node } from "../nodes/node.ts";

/** Associates the HAVIP with a node's instance, or removes the association, as the account's owner. */
export async function setAssociation(
  lab: Lab,
  node: Node,
  action: "AssociateHaVipInstance" | "DisassociateHaVipInstance",
): Promise<void> {
  await lab.owner.call("vpc", action, {
    HaVipAssociationSet: [
      { HaVipId: lab.stack.haVip?.haVipId, InstanceId: node.stackNode.instanceId, InstanceType: "CVM" },
    ],
  });
}
