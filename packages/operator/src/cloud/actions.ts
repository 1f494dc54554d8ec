import { type CloudClient, SCRIPT_ACTIONS } from "cloud-client";

/** What the command `pair` calls: the policy of whoever runs it needs no more, but for Terraform's own calls. */
export const PAIR_ACTIONS = {
  cvm: ["DescribeInstances", "StartInstances"],
  sts: ["GetCallerIdentity"],
  vpc: ["DescribeHaVips", "DescribeNetworkInterfaces"],
  ...SCRIPT_ACTIONS,
} as const;

/** The cloud as the command `pair` calls it. */
export type PairCloud = CloudClient<typeof PAIR_ACTIONS>;
