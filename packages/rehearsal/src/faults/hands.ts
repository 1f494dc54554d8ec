import type { Lab } from "../lab/lab.ts";
import { sleep } from "../machine/process.ts";
import { waitFor } from "../machine/wait.ts";
import type { Node } from "../nodes/node.ts";
import { afterOneLook, afterTwoLooks, noOutage, plus } from "../timing/bounds.ts";
import { addressWith } from "./address-with.ts";
import type { Fault } from "./fault.ts";
import { setAssociation } from "./ha-vip-association.ts";

const group = "hands";
const byPairctl = "pairctl puts it right";
const nothing = async (): Promise<void> => {};

/** The network interface that has the address in the cloud. @throws where nobody has it */
function holderEni(lab: Lab): string {
  const eni = lab.cloud.holderOf(lab.stack.vip)?.networkInterfaceId;
  if (eni === undefined) throw new Error(`nobody has ${lab.stack.vip}`);
  return eni;
}

function eniOf(lab: Lab, node: Node): string {
  const instance = lab.cloud.state.instances.get(node.stackNode.instanceId);
  if (instance === undefined) throw new Error(`the cloud has no ${node.role}`);
  return instance.networkInterfaceId;
}

/** Moves the address as the console does: from whoever has it, and waits for the task. */
async function moveTo(lab: Lab, networkInterfaceId: string): Promise<void> {
  const source = holderEni(lab);
  if (source === networkInterfaceId) return;
  const { vip } = lab.stack;
  await lab.owner.change("vpc", "MigratePrivateIpAddress", {
    SourceNetworkInterfaceId: source,
    DestinationNetworkInterfaceId: networkInterfaceId,
    PrivateIpAddress: vip,
  });
}

function eipOf(lab: Lab): string {
  if (lab.stack.eip === undefined) throw new Error("the stack has no EIP");
  return lab.stack.eip.addressId;
}

async function unbindEip(lab: Lab): Promise<void> {
  await lab.owner.change("vpc", "DisassociateAddress", { AddressId: eipOf(lab) });
}

const FOREIGN = "another team's";

/** The id of a network interface of somebody else's in the pair's subnet, which is made where there is none. */
async function foreignEni(lab: Lab): Promise<string> {
  const known = [...lab.cloud.state.networkInterfaces.values()].find(({ name }) => name === FOREIGN);
  if (known !== undefined) return known.networkInterfaceId;
  const { vpc, subnet } = lab.stack;
  const { NetworkInterface: made } = await lab.owner.change("vpc", "CreateNetworkInterface", {
    VpcId: vpc.vpcId,
    SubnetId: subnet.subnetId,
    NetworkInterfaceName: FOREIGN,
  });
  return (made as { NetworkInterfaceId: string }).NetworkInterfaceId;
}

/** pairctl's next look finds it, and the node that serves puts it right within that one pass. */
const putRightAtOnce = {
  group,
  heals: byPairctl,
  expects: "stays",
  outageMs: afterOneLook,
  convergesMs: afterOneLook,
  mechanisms: ["secondary-private-ip"],
  lastsMs: 0,
  heal: nothing,
} as const;

/** What people do in the console, or with another tool. */
export const handFaults: readonly Fault[] = [
  {
    ...putRightAtOnce,
    name: "address-moved-once",
    does: "somebody moves the address to the standby",
    source: "a helping hand in the middle of the night",
    levers: ["address", "API", "clock", "role"],
    inject: ({ lab, standby }) => moveTo(lab, eniOf(lab, standby)),
  },
  {
    name: "address-moved-twice",
    group,
    does: "somebody moves the address to the standby, and does it again once it is back",
    heals: byPairctl,
    expects: "stays",
    outageMs: afterTwoLooks,
    convergesMs: plus(70_000, afterTwoLooks),
    source: "the second time, nobody moves it back",
    mechanisms: ["secondary-private-ip"],
    lastsMs: 0,
    inject: async ({ lab, serving, standby, note }) => {
      await moveTo(lab, eniOf(lab, standby));
      await waitFor(addressWith(lab, serving));
      note("moves it again");
      await moveTo(lab, eniOf(lab, standby));
    },
    heal: nothing,
  },
  {
    name: "address-moved-every-second",
    group,
    does: "a script moves the address to the standby every second, ten times",
    heals: byPairctl,
    expects: "either",
    outageMs: plus(10_000, afterTwoLooks),
    convergesMs: plus(70_000, afterTwoLooks),
    source: "another tool that fights for the address",
    mechanisms: ["secondary-private-ip"],
    lastsMs: 0,
    inject: async ({ lab, standby, note }) => {
      for (let time = 0; time < 10; time += 1) {
        await moveTo(lab, eniOf(lab, standby)).catch((error: Error) => note(error.message));
        await sleep(1_000);
      }
    },
    heal: nothing,
  },
  {
    ...putRightAtOnce,
    name: "address-unassigned",
    does: "somebody unassigns the address: no interface has it",
    source: "a clean-up of unused addresses",
    inject: async ({ lab }) => {
      await lab.owner.call("vpc", "UnassignPrivateIpAddresses", {
        NetworkInterfaceId: holderEni(lab),
        PrivateIpAddresses: [{ PrivateIpAddress: lab.stack.vip }],
      });
    },
  },
  {
    ...putRightAtOnce,
    name: "address-parked",
    does: "somebody moves the address to the parking interface",
    source: "a `terraform apply` of a stack without the lifecycle's ignores",
    levers: ["address", "API", "clock", "role"],
    inject: async ({ lab }) => {
      if (lab.stack.parkingEni === undefined) throw new Error("the stack has no parking interface");
      await moveTo(lab, lab.stack.parkingEni.networkInterfaceId);
    },
  },
  {
    name: "address-taken-by-foreign",
    group,
    does: "somebody moves the address to a network interface that is not the pair's",
    heals: "they unassign it there",
    expects: "nobody",
    outageMs: afterOneLook,
    convergesMs: afterOneLook,
    source: "another team that needs an address: pairctl never robs it, and the signals must be red",
    mechanisms: ["secondary-private-ip"],
    lastsMs: 25_000,
    inject: async ({ lab }) => moveTo(lab, await foreignEni(lab)),
    heal: async ({ lab }) => {
      const foreign = await foreignEni(lab);
      await lab.owner.change("vpc", "UnassignPrivateIpAddresses", {
        NetworkInterfaceId: foreign,
        PrivateIpAddresses: [{ PrivateIpAddress: lab.stack.vip }],
      });
      await lab.owner.call("vpc", "DeleteNetworkInterface", { NetworkInterfaceId: foreign });
    },
  },
  {
    name: "eip-bound-elsewhere",
    group,
    does: "somebody binds the public address to the standby's own address",
    heals: "they unbind it there, and pairctl binds it",
    expects: "stays",
    throughVipOnly: true,
    outageMs: afterOneLook,
    convergesMs: afterOneLook,
    source:
      "an operator who needs to reach the standby: the cloud refuses to bind it twice, and the signals must be red",
    mechanisms: ["secondary-private-ip"],
    lastsMs: 25_000,
    inject: async ({ lab, standby }) => {
      await unbindEip(lab);
      // pairctl may have been faster.
      for (let attempt = 1; ; attempt += 1) {
        try {
          await lab.owner.change("vpc", "AssociateAddress", {
            AddressId: eipOf(lab),
            NetworkInterfaceId: eniOf(lab, standby),
            PrivateIpAddress: standby.stackNode.privateIp,
          });
          break;
        } catch (error) {
          if (attempt === 5) throw error;
          await unbindEip(lab);
        }
      }
    },
    heal: ({ lab }) => unbindEip(lab),
  },
  {
    ...putRightAtOnce,
    name: "eip-unbound",
    does: "somebody unbinds the public address",
    source: "a helping hand in the middle of the night",
    levers: ["EIP", "API", "clock", "role"],
    inject: ({ lab }) => unbindEip(lab),
  },
  {
    name: "eip-unbound-from-havip",
    group,
    does: "somebody unbinds the public address from the HAVIP",
    heals: "they bind it again",
    expects: "stays",
    throughVipOnly: true,
    outageMs: noOutage,
    convergesMs: afterOneLook,
    source: "with a HAVIP pairctl only reports: the signals must be red",
    mechanisms: ["havip"],
    lastsMs: 15_000,
    levers: ["EIP", "API", "clock", "role"],
    inject: async ({ lab }) => {
      await lab.owner.change("vpc", "HaVipDisassociateAddressIp", { HaVipId: lab.stack.haVip?.haVipId });
    },
    heal: async ({ lab }) => {
      await lab.owner.change("vpc", "HaVipAssociateAddressIp", {
        HaVipId: lab.stack.haVip?.haVipId,
        AddressIp: lab.stack.eip?.addressIp,
      });
    },
  },
  {
    name: "stray-arp",
    group,
    does: "the standby announces the address by gratuitous ARP, once, though it does not have it",
    heals: "keepalived announces it again",
    expects: "stays",
    outageMs: plus(6_000, () => 500),
    convergesMs: afterOneLook,
    source: "an operator's arping on the wrong node",
    mechanisms: ["havip"],
    lastsMs: 0,
    levers: ["gratuitous ARP", "HAVIP"],
    inject: async ({ lab, standby }) => {
      const networkInterfaceId = eniOf(lab, standby);
      if (!lab.cloud.learn({ vip: lab.stack.vip, networkInterfaceId })) throw new Error("the cloud did not believe it");
    },
    heal: nothing,
  },
  {
    name: "association-removed",
    group,
    does: "somebody removes the standby's association with the HAVIP",
    heals: "they add it again",
    expects: "stays",
    outageMs: noOutage,
    convergesMs: afterOneLook,
    source: "a clean-up in the console",
    mechanisms: ["havip"],
    lastsMs: 12_000,
    levers: ["HAVIP", "API", "clock", "role"],
    inject: ({ lab, standby }) => setAssociation(lab, standby, "DisassociateHaVipInstance"),
    heal: ({ lab, standby }) => setAssociation(lab, standby, "AssociateHaVipInstance"),
  },
  {
    name: "association-removed-from-serving",
    group,
    does: "somebody removes the association of the node that serves with the HAVIP",
    heals: "they add it again",
    expects: "nobody",
    outageMs: afterOneLook,
    convergesMs: afterOneLook,
    source: "a clean-up in the console: keepalived stays MASTER, and the fabric takes nothing from it",
    mechanisms: ["havip"],
    lastsMs: 25_000,
    levers: ["HAVIP", "API", "clock", "role"],
    inject: ({ lab, serving }) => setAssociation(lab, serving, "DisassociateHaVipInstance"),
    heal: ({ lab, serving }) => setAssociation(lab, serving, "AssociateHaVipInstance"),
  },
];
