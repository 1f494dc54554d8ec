import { list, object, optional, string } from "../../../api/parameters.ts";
import { queryParameters } from "../../../api/query.ts";
import { defineAction } from "../service.ts";
import { getVpc } from "../vpc/checks.ts";

/** The addresses of a VPC or subnet that somebody has. */
export const describeUsedIpAddress = defineAction(
  "DescribeUsedIpAddress",
  object({ VpcId: string, SubnetId: optional(string), IpAddresses: optional(list(string)), ...queryParameters }),
  (core, { VpcId, SubnetId, IpAddresses, Offset = 0, Limit = 20 }) => {
    getVpc(core, VpcId);
    const ofEnis = [...core.state.networkInterfaces.values()].flatMap((eni) =>
      eni.privateIpAddresses.map(({ privateIp }) => ({
        VpcId: eni.vpcId,
        SubnetId: eni.subnetId,
        IpAddress: privateIp,
        ResourceType: eni.instanceId === undefined ? "ENI" : "CVM",
        ResourceId: eni.instanceId ?? eni.networkInterfaceId,
      })),
    );
    const ofHaVips = [...core.state.haVips.values()].map((haVip) => ({
      VpcId: haVip.vpcId,
      SubnetId: haVip.subnetId,
      IpAddress: haVip.vip,
      ResourceType: "HAVIP",
      ResourceId: haVip.haVipId,
    }));
    const used = [...ofEnis, ...ofHaVips].filter(
      (entry) =>
        entry.VpcId === VpcId &&
        (SubnetId === undefined || entry.SubnetId === SubnetId) &&
        (!IpAddresses?.length || IpAddresses.includes(entry.IpAddress)),
    );
    return { IpAddressStates: used.slice(Offset, Offset + Limit), TotalCount: used.length };
  },
);
