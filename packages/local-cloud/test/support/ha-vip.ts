import type { LocalCloud } from "../../src/index.ts";
import type { Answer } from "./client.ts";
import { asRoot } from "./pair.ts";

/** What lets an instance, or a further network interface of one, take the HAVIP of the pair. */
export const association = (InstanceId: string, InstanceType = "CVM") => ({
  HaVipId: "havip-11111111",
  InstanceId,
  InstanceType,
});

export const associate = (cloud: LocalCloud, ...HaVipAssociationSet: object[]): Promise<Answer> =>
  asRoot(cloud, "AssociateHaVipInstance", { HaVipAssociationSet });

export const disassociate = (cloud: LocalCloud, ...HaVipAssociationSet: object[]): Promise<Answer> =>
  asRoot(cloud, "DisassociateHaVipInstance", { HaVipAssociationSet });

/** A further network interface, `eni-second00`, of the second node. */
export function attachSecondInterface(cloud: LocalCloud): void {
  cloud.seed.networkInterface({
    networkInterfaceId: "eni-second00",
    subnetId: "subnet-11111111",
    privateIp: "10.0.1.13",
    instanceId: "ins-bbbbbbbb",
  });
}
