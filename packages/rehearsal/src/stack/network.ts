import { hasAddress, type Ipv4Range, parseCidr } from "local-cloud";
import type { FoundPair } from "./pairs.ts";
import { StackError } from "./stack-error.ts";

/** The network that a pair lives in. */
export interface PairNetwork {
  readonly vpc: { readonly vpcId: string; readonly cidrBlock: string };
  readonly subnet: { readonly subnetId: string; readonly cidrBlock: string; readonly zone: string };
}

/**
 * Reads a pair's network. Of a subnet that exists already a stack says the id only.
 *
 * @param subnetCidr the range of such a subnet
 * @throws StackError where the range is not known, is another one, or the pair's addresses are not in it
 */
export function pairNetwork({ primary }: FoundPair, subnetCidr: string | undefined): PairNetwork {
  const { instance, settings } = primary;
  const subnet = instance.referred("subnet_id", "tencentcloud_subnet");
  const declared = subnet?.known("cidr_block");
  if (declared !== undefined && subnetCidr !== undefined && declared !== subnetCidr) {
    throw new StackError(
      `--subnet-cidr must be what the stack says, ${declared} in ${subnet?.where}, got '${subnetCidr}': leave it out`,
    );
  }
  const cidrBlock = declared ?? subnetCidr;
  if (cidrBlock === undefined) {
    const id = instance.text("subnet_id");
    throw new StackError(
      `the stack does not say which addresses its subnet has (${id}, which exists already): give its range with ` +
        "--subnet-cidr, such as --subnet-cidr 10.0.1.0/24",
    );
  }
  const range = requireSubnet(cidrBlock);
  requireInside(range, cidrBlock, {
    "the primary's address": settings.privateIp,
    "the secondary's address": settings.peerIp,
    ...Object.fromEntries(settings.virtualIps.map(({ vip }) => [`the VIP`, vip])),
  });
  const vpc = instance.referred("vpc_id", "tencentcloud_vpc");
  return {
    // A brought VPC has more addresses than the subnet's; none of them is used here.
    vpc: { vpcId: instance.text("vpc_id"), cidrBlock: vpc?.known("cidr_block") ?? cidrBlock },
    subnet: {
      subnetId: instance.text("subnet_id"),
      cidrBlock,
      zone: instance.text("availability_zone"),
    },
  };
}

function requireSubnet(cidrBlock: string): Ipv4Range {
  const range = parseCidr(cidrBlock);
  if (range !== undefined && range.prefixLength <= 29) return range;
  throw new StackError(
    `--subnet-cidr must be a network such as 10.0.1.0/24, of /29 at the smallest, got '${cidrBlock}'`,
  );
}

function requireInside(range: Ipv4Range, cidrBlock: string, addresses: Readonly<Record<string, string>>): void {
  for (const [what, address] of Object.entries(addresses)) {
    if (hasAddress(range, address)) continue;
    throw new StackError(
      `--subnet-cidr must be the pair's subnet, got '${cidrBlock}': ${what}, ${address}, is not in it`,
    );
  }
}
