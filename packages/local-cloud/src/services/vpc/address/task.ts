import type { Core } from "../state.ts";

/** TaskId is a number written as a string here, but DescribeTaskResult takes the number. Source: the SDK's models. */
export function startTask(
  { tasks }: Core,
  action: string,
  locks: string[],
  commit: () => void,
  undo: () => void,
  possible = () => true,
): { TaskId: string } {
  const { taskId } = tasks.start({ taskId: tasks.nextNumber(), action, locks, commit, possible, undo });
  return { TaskId: taskId };
}
