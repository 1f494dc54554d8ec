/** The states of a command on one instance, as far as one gets into them here. Nothing cancels a command here. */
export type TaskStatus =
  | "PENDING"
  | "DELIVERING"
  | "DELIVER_FAILED"
  | "START_FAILED"
  | "RUNNING"
  | "SUCCESS"
  | "FAILED"
  | "TIMEOUT"
  | "TASK_TIMEOUT";

/** One call of RunCommand. */
export interface Invocation {
  invocationId: string;
  commandId: string;
  commandName: string;
  description: string;
  /** Base64, as it was given. */
  content: string;
  timeoutS: number;
  workingDirectory: string;
  username: string;
  /** Its tasks' ids, one for each instance. */
  taskIds: string[];
  /** Unix time in ms. */
  createdAt: number;
}

/** A command on one instance. */
export interface InvocationTask {
  invocationTaskId: string;
  invocationId: string;
  instanceId: string;
  status: TaskStatus;
  /** -1: it has not ended by itself. */
  exitCode: number;
  /** Base64, without what is dropped. */
  output: string;
  /** How many bytes of the output are not kept. */
  dropped: number;
  errorInfo: string;
  /** Unix time in ms. */
  createdAt: number;
  updatedAt: number;
  /** When the agent has started it. */
  startedAt?: number;
  endedAt?: number;
}

const passing: readonly TaskStatus[] = ["PENDING", "DELIVERING", "RUNNING"];

/** Whether nothing more happens to it. */
export const hasEnded = ({ status }: Pick<InvocationTask, "status">): boolean => !passing.includes(status);
