import { CloudError, missingParameter, resourceNotFound } from "../../../api/errors.ts";
import { integer, object, optional, string, unsupported } from "../../../api/parameters.ts";
import { defineAction } from "../service.ts";

/** EIP tasks are numbered, the others have the RequestId of the call that started them: neither query finds the other's. */
const isNumber = (taskId: string) => /^\d+$/.test(taskId);

/** How long a task is unknown where it is not known at once, in ms. */
const unknownForMs = 1000;

/** How far a task is that a RequestId stands for. */
export const describeVpcTaskResult = defineAction(
  "DescribeVpcTaskResult",
  object({ TaskId: string }),
  ({ state, assumptions, now }, { TaskId }) => {
    const task = isNumber(TaskId) ? undefined : state.tasks.get(TaskId);
    const isKnown = assumptions["task-result"] === "at-once" || (task && now() - task.startedAt >= unknownForMs);
    if (!task || !isKnown) throw resourceNotFound("TaskId", TaskId);
    return { Status: task.status, Output: "", Result: [] };
  },
);

/** How far a task of an EIP is. */
export const describeTaskResult = defineAction(
  "DescribeTaskResult",
  object({ TaskId: optional(integer), DealName: unsupported }),
  ({ state }, { TaskId }) => {
    if (TaskId === undefined) throw missingParameter("TaskId");
    const task = state.tasks.get(String(TaskId));
    if (!task) throw new CloudError("InvalidParameter", `The task \`${TaskId}\` of \`TaskId\` does not exist.`);
    return { TaskId, Result: task.status };
  },
);
