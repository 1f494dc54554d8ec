import { integer, list, object, string } from "../../../api/parameters.ts";
import { checkProject } from "../project/checks.ts";
import { defineAction } from "../service.ts";
import { findInstances, startOperation } from "./operation.ts";

/** Puts instances into another project; asynchronous. It makes no difference to them. */
export const modifyInstancesProject = defineAction(
  "ModifyInstancesProject",
  object({ InstanceIds: list(string), ProjectId: integer }),
  (core, { InstanceIds, ProjectId }, requestId) => {
    const instances = findInstances(core, InstanceIds);
    checkProject(core.state, ProjectId);
    startOperation(core, instances, {
      action: "ModifyInstancesProject",
      requestId,
      meanwhile: (before) => before,
      commit: (instance) => {
        instance.projectId = ProjectId;
      },
    });
    return {};
  },
);
