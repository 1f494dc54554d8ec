import { type CloudClient, SCRIPT_ACTIONS } from "cloud-client";

/** What the acceptance calls itself: the policy of whoever runs it needs these beside what a deploy needs. */
export const ACCEPTANCE_ACTIONS = {
  cam: ["DescribeRoleList", "ListPolicies"],
  cvm: [
    "DescribeDisasterRecoverGroups",
    "DescribeInstances",
    "DescribeZoneInstanceConfigInfos",
    "RebootInstances",
    "StartInstances",
    "StopInstances",
  ],
  tat: [...SCRIPT_ACTIONS.tat, "DescribeAutomationAgentStatus"],
  vpc: [
    "DescribeAddresses",
    "DescribeHaVips",
    "DescribeNetworkInterfaces",
    "DescribeSecurityGroups",
    "DescribeSubnets",
    "DescribeVpcs",
  ],
} as const;

/** The cloud as the acceptance calls it. */
export type AcceptanceCloud = CloudClient<typeof ACCEPTANCE_ACTIONS>;
