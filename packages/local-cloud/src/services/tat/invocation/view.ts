import { isoTime } from "../../iso-time.ts";
import { known } from "../../store.ts";
import type { State } from "../service.ts";
import { hasEnded, type Invocation, type InvocationTask, type TaskStatus } from "./state.ts";

const timeOrNull = (ms: number | undefined) => (ms === undefined ? null : isoTime(ms));

const tasksOf = ({ invocationTasks }: State, { taskIds }: Invocation) =>
  taskIds.map((id) => known(invocationTasks, id));

/** An invocation, as DescribeInvocations shows it. */
export function showInvocation(state: State, invocation: Invocation): object {
  const tasks = tasksOf(state, invocation);
  const started = tasks.flatMap(({ startedAt }) => startedAt ?? []);
  const ended = tasks.every(hasEnded) ? tasks.flatMap(({ endedAt }) => endedAt ?? []) : [];
  return {
    InvocationId: invocation.invocationId,
    CommandId: invocation.commandId,
    CommandName: invocation.commandName,
    InvocationStatus: invocationStatus(tasks.map(({ status }) => status)),
    InvocationTaskBasicInfoSet: tasks.map(({ invocationTaskId, status, instanceId }) => ({
      InvocationTaskId: invocationTaskId,
      TaskStatus: status,
      InstanceId: instanceId,
    })),
    Description: invocation.description,
    StartTime: started.length > 0 ? isoTime(Math.min(...started)) : null,
    EndTime: ended.length > 0 ? isoTime(Math.max(...ended)) : null,
    CreatedTime: isoTime(invocation.createdAt),
    UpdatedTime: isoTime(Math.max(...tasks.map(({ updatedAt }) => updatedAt))),
    Parameters: "{}",
    DefaultParameters: "{}",
    InstanceKind: "CVM",
    InvocationSource: "USER",
    CommandContent: invocation.content,
    ...showCommand(invocation),
  };
}

/** A command on one instance, as DescribeInvocationTasks shows it. */
export function showTask({ invocations }: State, task: InvocationTask, hidesOutput: boolean): object {
  const invocation = known(invocations, task.invocationId);
  return {
    InvocationId: task.invocationId,
    InvocationTaskId: task.invocationTaskId,
    CommandId: invocation.commandId,
    CommandName: invocation.commandName,
    TaskStatus: task.status,
    InstanceId: task.instanceId,
    TaskResult: {
      ExitCode: task.exitCode,
      Output: hidesOutput ? "" : task.output,
      ExecStartTime: timeOrNull(task.startedAt),
      ExecEndTime: timeOrNull(task.endedAt),
      Dropped: task.dropped,
      OutputUrl: "",
      OutputUploadCOSErrorInfo: "",
    },
    StartTime: timeOrNull(task.startedAt),
    EndTime: timeOrNull(task.endedAt),
    CreatedTime: isoTime(task.createdAt),
    UpdatedTime: isoTime(task.updatedAt),
    CommandDocument: { Content: invocation.content, ...showCommand(invocation) },
    ErrorInfo: task.errorInfo,
    InvocationSource: "USER",
  };
}

const showCommand = ({ timeoutS, workingDirectory, username }: Invocation) => ({
  CommandType: "SHELL",
  Timeout: timeoutS,
  WorkingDirectory: workingDirectory,
  Username: username,
  OutputCOSBucketUrl: "",
  OutputCOSKeyPrefix: "",
});

/** What the tasks of an invocation make of it. */
function invocationStatus(statuses: readonly TaskStatus[]): string {
  if (statuses.every((status) => status === "PENDING")) return "PENDING";
  if (statuses.some((status) => !hasEnded({ status }))) return "RUNNING";
  const [first = "FAILED"] = statuses;
  if (statuses.every((status) => status === first) && ["SUCCESS", "TIMEOUT"].includes(first)) return first;
  return statuses.includes("SUCCESS") ? "PARTIAL_FAILED" : "FAILED";
}
