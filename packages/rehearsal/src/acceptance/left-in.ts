import type { LocalCloud } from "local-cloud";

type Kind = keyof LocalCloud["state"];

/**
 * What a cloud keeps that no run makes, or that is a record of what was done: every other kind is a resource. Tags go
 * with their resource, and that is counted.
 */
const NO_RESOURCES: ReadonlySet<string> = new Set<Kind>([
  "images",
  "soldOut",
  "tasks",
  "invocations",
  "invocationTasks",
  "agentHeartbeats",
  "tags",
]);

/** What a cloud has that a run must not have left, by kind. */
export function leftIn({ state }: Pick<LocalCloud, "state">): string[] {
  const kinds = Object.entries(state).filter(([kind]) => !NO_RESOURCES.has(kind));
  return kinds.flatMap(([kind, byId]) => (byId.size > 0 ? [`${byId.size} ${kind}`] : []));
}
