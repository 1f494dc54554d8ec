import { missingParameter } from "../../../api/errors.ts";
import { integer, list, object, optional, string, unsupported } from "../../../api/parameters.ts";
import { newId } from "../../../engine/ids.ts";
import { checkReachable } from "../agent/checks.ts";
import { defineAction } from "../service.ts";
import { checkCommand, checkInstanceCount } from "./checks.ts";
import { startInvocation } from "./execution.ts";
import type { Invocation } from "./state.ts";

/**
 * Runs a command on instances; asynchronous: DescribeInvocationTasks tells how far it is. Nothing is run where one of
 * the instances cannot take it.
 */
export const runCommand = defineAction(
  "RunCommand",
  object({
    Content: string,
    InstanceIds: list(string),
    CommandName: optional(string),
    Description: optional(string),
    CommandType: optional(string),
    WorkingDirectory: optional(string),
    Timeout: optional(integer),
    Username: optional(string),
    // The command could be run again by its id, by an action that is not there.
    SaveCommand: unsupported,
    EnableParameter: unsupported,
    DefaultParameters: unsupported,
    DefaultParameterConfs: unsupported,
    Parameters: unsupported,
    Tags: unsupported,
    OutputCOSBucketUrl: unsupported,
    OutputCOSKeyPrefix: unsupported,
  }),
  (core, parameters, requestId) => {
    const { state, now } = core;
    const { Content, CommandName = "", Description = "", CommandType = "SHELL" } = parameters;
    const { WorkingDirectory = "/root", Timeout = 60, Username = "root" } = parameters;
    const instanceIds = [...new Set(parameters.InstanceIds)];
    if (instanceIds.length === 0) throw missingParameter("InstanceIds");
    checkInstanceCount(instanceIds.length);
    checkCommand({ Content, CommandName, Description, CommandType, WorkingDirectory, Timeout, Username });
    for (const id of instanceIds) checkReachable(core, id);

    const invocation: Invocation = {
      invocationId: newId("inv"),
      commandId: newId("cmd"),
      commandName: CommandName,
      description: Description,
      content: Content,
      timeoutS: Timeout,
      workingDirectory: WorkingDirectory,
      username: Username,
      taskIds: instanceIds.map(() => newId("invt")),
      createdAt: now(),
    };
    const { invocationId, commandId, taskIds, createdAt } = invocation;
    state.invocations.set(invocationId, invocation);
    for (const [index, instanceId] of instanceIds.entries()) {
      const invocationTaskId = taskIds[index] ?? "";
      state.invocationTasks.set(invocationTaskId, {
        ...{ invocationTaskId, invocationId, instanceId, status: "PENDING" },
        ...{ exitCode: -1, output: "", dropped: 0, errorInfo: "", createdAt, updatedAt: createdAt },
      });
    }
    startInvocation(core, invocation, requestId);
    return { CommandId: commandId, InvocationId: invocationId };
  },
);
