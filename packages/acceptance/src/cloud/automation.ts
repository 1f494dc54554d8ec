import type { AcceptanceCloud } from "./actions.ts";

/** Whether the automation agent (TAT) of an instance is connected. */
export async function isReachable(api: AcceptanceCloud, instanceId: string): Promise<boolean> {
  const { AutomationAgentSet } = await api.call("tat", "DescribeAutomationAgentStatus", { InstanceIds: [instanceId] });
  const [agent] = AutomationAgentSet as readonly { readonly AgentStatus: string }[];
  return agent?.AgentStatus === "Online";
}
