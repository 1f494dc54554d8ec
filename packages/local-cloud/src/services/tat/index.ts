// The TAT service, the cloud's own automation: commands that the agents on instances run.
// Others import this file of it only.
import type { Action } from "../action.ts";
import { describeAutomationAgentStatus } from "./agent/describe.ts";
import { describeInvocations, describeInvocationTasks } from "./invocation/describe.ts";
import { runCommand } from "./invocation/run-command.ts";
import type { Core } from "./service.ts";

export { type TatState, tatState } from "./service.ts";

/** What there is of the TAT API, version 2020-10-28. */
export const tatActions: readonly Action<Core>[] = [
  runCommand,
  describeInvocations,
  describeInvocationTasks,
  describeAutomationAgentStatus,
];
