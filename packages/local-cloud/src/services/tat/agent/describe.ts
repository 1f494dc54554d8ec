import { list, object, optional, string } from "../../../api/parameters.ts";
import { type FilterTest, queryParameters, select } from "../../../api/query.ts";
import type { Instance } from "../../cvm/index.ts";
import { isoTime } from "../../iso-time.ts";
import { defineAction, tatQueryCodes } from "../service.ts";
import { agentStatus, checkInstanceId } from "./checks.ts";

/** The version of the agents, on which nothing here depends. */
const VERSION = "1.0.0";

const shownStatus = { online: "Online", offline: "Offline" } as const;

/** An instance's agent, as far as it has one. */
interface Agent {
  readonly instance: Instance;
  readonly status: keyof typeof shownStatus;
}

const filterTests: Record<string, FilterTest<Agent>> = {
  "agent-status": ({ status }, values) => values.includes(shownStatus[status]),
  environment: (_agent, values) => values.includes("Linux"),
  "instance-id": ({ instance }, values) => values.includes(instance.instanceId),
};

/** The agents of the instances, and whether they are connected. Instances without an agent are not in it. */
export const describeAutomationAgentStatus = defineAction(
  "DescribeAutomationAgentStatus",
  object({ InstanceIds: optional(list(string)), ...queryParameters }),
  (core, { InstanceIds: ids, ...query }) => {
    for (const id of ids ?? []) checkInstanceId(id);
    const agents = [...core.state.instances.values()].flatMap((instance): Agent[] => {
      const status = agentStatus(core, instance);
      return status === "not installed" ? [] : [{ instance, status }];
    });
    const idOf = ({ instance }: Agent) => instance.instanceId;
    const codes = { ...tatQueryCodes, limit: "InvalidParameterValue.LimitExceeded" };
    const { page, total } = select(agents, { ids, ...query }, idOf, filterTests, codes);
    return {
      TotalCount: total,
      AutomationAgentSet: page.map(({ instance: { instanceId, createdAt }, status }) => ({
        InstanceId: instanceId,
        Version: VERSION,
        LastHeartbeatTime: isoTime(core.state.agentHeartbeats.get(instanceId)?.at ?? createdAt),
        AgentStatus: shownStatus[status],
        Environment: "Linux",
        SupportFeatures: [],
      })),
    };
  },
);
