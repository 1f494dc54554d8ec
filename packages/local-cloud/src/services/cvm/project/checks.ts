import { CloudError } from "../../../api/errors.ts";
import type { State } from "../state.ts";

/** Whether the account has a project. @throws CloudError `InvalidProjectId.NotFound` */
export function checkProject({ projects }: Pick<State, "projects">, projectId: number): void {
  if (projectId === 0 || projects.has(projectId)) return;
  throw new CloudError("InvalidProjectId.NotFound", `The project \`${projectId}\` does not exist.`);
}
