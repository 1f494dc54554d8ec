import { CloudError, malformed } from "../../../api/errors.ts";
import { newId } from "../../../engine/ids.ts";
import { parseIpv4 } from "../../../engine/ipv4.ts";
import { add } from "../../store.ts";
import type { Core } from "../state.ts";
import { readCidr } from "./cidr.ts";
import type { Vpc } from "./state.ts";

/** A VPC to create. */
export interface VpcOptions {
  readonly vpcId?: string;
  /** @default - its id */
  readonly vpcName?: string;
  readonly cidrBlock: string;
  /** @default - the cloud's */
  readonly dnsServers?: readonly string[];
  /** @default false */
  readonly multicast?: boolean;
}

/** The name servers of a VPC that asks for none. Source: the VPC product's documentation of DHCP. */
const cloudDnsServers = ["183.60.83.19", "183.60.82.98"];

/** @throws CloudError `InvalidParameterValue.Malformed` for the CIDR block, `LimitExceeded` for too many VPCs */
export function createVpc({ state, quotas, now }: Core, options: VpcOptions): Vpc {
  const { vpcId = newId("vpc"), vpcName = vpcId, cidrBlock, dnsServers, multicast = false } = options;
  readCidr(cidrBlock);
  checkDnsServers(dnsServers ?? []);
  if (state.vpcs.size >= quotas.vpcs) {
    throw new CloudError("LimitExceeded", `There are ${state.vpcs.size} VPCs of at most ${quotas.vpcs}.`);
  }
  return add(state.vpcs, vpcId, {
    vpcId,
    vpcName,
    cidrBlock,
    dnsServers: [...(dnsServers?.length ? dnsServers : cloudDnsServers)],
    multicast,
    routeTableId: newId("rtb"),
    createdAt: now(),
  });
}

const maxDnsServers = 4;

/** @throws CloudError `InvalidParameterValue.LimitExceeded` or `.Malformed` */
export function checkDnsServers(servers: readonly string[]): void {
  if (servers.length > maxDnsServers) {
    throw new CloudError(
      "InvalidParameterValue.LimitExceeded",
      `\`DnsServers\` takes at most ${maxDnsServers} addresses, got ${servers.length}.`,
    );
  }
  for (const server of servers) if (parseIpv4(server) === undefined) throw malformed("DnsServers", server);
}
