import { CloudError } from "../../../api/errors.ts";
import { boolean, list, object, optional, string } from "../../../api/parameters.ts";
import { type FilterTest, queryParameters, select } from "../../../api/query.ts";
import { isId } from "../../../engine/ids.ts";
import { known } from "../../store.ts";
import { defineAction, type State, tatQueryCodes } from "../service.ts";
import type { Invocation, InvocationTask } from "./state.ts";
import { showInvocation, showTask } from "./view.ts";

const invocationFilters: Record<string, FilterTest<Invocation>> = {
  "invocation-id": ({ invocationId }, values) => values.includes(invocationId),
  "command-id": ({ commandId }, values) => values.includes(commandId),
  "command-created-by": (_invocation, values) => values.includes("USER"),
  "instance-kind": (_invocation, values) => values.includes("CVM"),
};

/** The calls of RunCommand, the newest first. */
export const describeInvocations = defineAction(
  "DescribeInvocations",
  object({ InvocationIds: optional(list(string)), ...queryParameters }),
  ({ state }, { InvocationIds: ids, ...query }) => {
    for (const id of ids ?? []) {
      if (isId("inv", id)) continue;
      throw new CloudError("InvalidParameterValue.InvalidInvocationId", `The invocation ID \`${id}\` is not valid.`);
    }
    const codes = {
      ...tatQueryCodes,
      limit: "InvalidParameterValue.LimitExceeded",
      filterValues: "LimitExceeded.FilterValueExceeded",
    };
    const newestFirst = [...state.invocations.values()].reverse();
    const idOf = ({ invocationId }: Invocation) => invocationId;
    const { page, total } = select(newestFirst, { ids, ...query }, idOf, invocationFilters, codes);
    return { TotalCount: total, InvocationSet: page.map((invocation) => showInvocation(state, invocation)) };
  },
);

const taskFilters = ({ invocations }: State): Record<string, FilterTest<InvocationTask>> => ({
  "invocation-task-id": ({ invocationTaskId }, values) => values.includes(invocationTaskId),
  "invocation-id": ({ invocationId }, values) => values.includes(invocationId),
  "instance-id": ({ instanceId }, values) => values.includes(instanceId),
  "command-id": ({ invocationId }, values) => values.includes(known(invocations, invocationId).commandId),
});

/** The commands on each instance, the newest first; with what they have written only where HideOutput is false. */
export const describeInvocationTasks = defineAction(
  "DescribeInvocationTasks",
  object({ InvocationTaskIds: optional(list(string)), HideOutput: optional(boolean), ...queryParameters }),
  ({ state }, { InvocationTaskIds: ids, HideOutput = true, ...query }) => {
    for (const id of ids ?? []) {
      if (isId("invt", id)) continue;
      throw new CloudError("InvalidParameterValue.InvalidInvocationTaskId", `The task ID \`${id}\` is not valid.`);
    }
    const newestFirst = [...state.invocationTasks.values()].reverse();
    const idOf = ({ invocationTaskId }: InvocationTask) => invocationTaskId;
    const { page, total } = select(newestFirst, { ids, ...query }, idOf, taskFilters(state), tatQueryCodes);
    return { TotalCount: total, InvocationTaskSet: page.map((task) => showTask(state, task, HideOutput)) };
  },
);
