import { CloudError } from "../../api/errors.ts";
import type { State } from "../state.ts";

/**
 * Whether the role's policies let it do this: an explicit deny wins, then an allow is needed.
 *
 * @param action - `<service>:<Action>`, e.g. `vpc:MigratePrivateIpAddress`
 */
export function isAllowed(state: State, roleName: string, action: string): boolean {
  const policyIds = state.roles.get(roleName)?.policyIds ?? [];
  const effects = policyIds
    .flatMap((id) => state.policies.get(id)?.document.statements ?? [])
    .filter((statement) => statement.actions.some((pattern) => matches(pattern, action)))
    .map((statement) => statement.effect);
  return effects.includes("allow") && !effects.includes("deny");
}

/** What a call without permission is answered. */
export const unauthorizedOperation = (action: string, requestId: string) =>
  new CloudError(
    "UnauthorizedOperation",
    `[request id:${requestId}]you are not authorized to perform operation (${action})\nresource (*) has no permission\n`,
  );

function matches(pattern: string, action: string): boolean {
  const source = pattern.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*");
  return new RegExp(`^${source}$`, "i").test(action);
}
