import { list, object, optional, string } from "../../../api/parameters.ts";
import { type FilterTest, queryParameters, select } from "../../../api/query.ts";
import type { Assumptions } from "../../assumptions.ts";
import { checkIds, defineAction, vpcQueryCodes } from "../service.ts";
import type { Core } from "../state.ts";
import type { NetworkInterface } from "./state.ts";
import { networkInterfaceView } from "./view.ts";

const has = (eni: NetworkInterface, test: (privateIp: string) => boolean) =>
  eni.privateIpAddresses.some(({ privateIp }) => test(privateIp));

const matches = {
  exact: (privateIp: string, value: string) => privateIp === value,
  suffix: (privateIp: string, value: string) => privateIp.endsWith(value),
  prefix: (privateIp: string, value: string) => privateIp.startsWith(value),
} satisfies Record<Assumptions["address-ip-filter"], (privateIp: string, value: string) => boolean>;

const filterTests = ({ assumptions }: Core): Record<string, FilterTest<NetworkInterface>> => ({
  "vpc-id": (eni, values) => values.includes(eni.vpcId),
  "subnet-id": (eni, values) => values.includes(eni.subnetId),
  "network-interface-id": (eni, values) => values.includes(eni.networkInterfaceId),
  "network-interface-name": (eni, values) => values.includes(eni.name),
  "attachment.instance-id": (eni, values) => eni.instanceId !== undefined && values.includes(eni.instanceId),
  "is-primary": (eni, values) => values.includes(String(eni.primary)),
  // One value matches the ends of addresses (0.1.10 finds 10.0.1.10, and 1.10 does too), or as is assumed, unless
  // ip-exact-match is given beside it; several match exactly. Source: the API's description of the filter.
  "address-ip": (eni, values, filters) => {
    const exact = filters.find(({ Name }) => Name === "ip-exact-match")?.Values[0] === "true" || values.length > 1;
    const reading = exact ? "exact" : assumptions["address-ip-filter"];
    return has(eni, (privateIp) => values.some((value) => matches[reading](privateIp, value)));
  },
  // It may carry the flag for address-ip, or the address itself, of which only the first value counts.
  "ip-exact-match": (eni, [value = ""]) =>
    value === "true" || value === "false" || has(eni, (privateIp) => privateIp === value),
});

/** ENIs with their addresses and EIPs. */
export const describeNetworkInterfaces = defineAction(
  "DescribeNetworkInterfaces",
  object({ NetworkInterfaceIds: optional(list(string)), ...queryParameters }),
  (core, { NetworkInterfaceIds: ids, ...query }) => {
    checkIds("eni", "NetworkInterfaceIds", ids);
    const { page, total } = select(
      core.state.networkInterfaces.values(),
      { ids, ...query },
      (eni) => eni.networkInterfaceId,
      filterTests(core),
      vpcQueryCodes,
    );
    return { NetworkInterfaceSet: page.map((eni) => networkInterfaceView(core, eni)), TotalCount: total };
  },
);
