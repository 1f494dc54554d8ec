import { type CloudClient, SCRIPT_ACTIONS } from "cloud-client";

/** What the command `pair` calls: the policy of whoever runs it needs no more, but for Terraform's own calls. */
export const PAIR_ACTIONS = {
  cam: ["GetPolicy", "GetRole", "ListAttachedRolePolicies", "ListPolicies"],
  cvm: [
    "DescribeDisasterRecoverGroups",
    "DescribeInstances",
    "DescribeInstancesAttributes",
    "DescribeKeyPairs",
    "StartInstances",
  ],
  sts: ["GetCallerIdentity"],
  vpc: [
    "DescribeAddresses",
    "DescribeHaVips",
    "DescribeNetworkInterfaces",
    "DescribeSecurityGroups",
    "DescribeSubnets",
    "DescribeVpcs",
  ],
  ...SCRIPT_ACTIONS,
} as const;

/** The cloud as the command `pair` calls it. */
export type PairCloud = CloudClient<typeof PAIR_ACTIONS>;
