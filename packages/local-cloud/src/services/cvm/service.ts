import type { Core } from "../../action.ts";
import { CloudError } from "../../errors.ts";
import { list, object, optional, string } from "../../parameters.ts";
import type { Instance } from "../../state.ts";

/** Name and version of the CVM API. */
export const cvmService = { service: "cvm", version: "2017-03-12" } as const;

/** The error codes of the Describe actions of CVM. */
export const cvmQueryCodes = { filterKey: "InvalidFilter", limit: "InvalidParameterValue.LimitExceeded" } as const;

/** The tags that a resource is created with, by the kind of resource. */
export const tagSpecifications = optional(
  list(object({ ResourceType: string, Tags: list(object({ Key: string, Value: string })) })),
);

/** @throws CloudError `InvalidInstanceId.Malformed` or `InvalidInstanceId.NotFound` */
export function getInstance({ state }: Core, id: string): Instance {
  checkInstanceId(id);
  const instance = state.instances.get(id);
  if (!instance) throw new CloudError("InvalidInstanceId.NotFound", `The instance \`${id}\` does not exist.`);
  return instance;
}

/** @throws CloudError `InvalidInstanceId.Malformed` */
export function checkInstanceId(id: string): void {
  if (/^ins-[0-9a-z]{8,}$/.test(id)) return;
  throw new CloudError("InvalidInstanceId.Malformed", `The value \`${id}\` of \`InstanceIds\` is malformed.`);
}

/** @throws CloudError the code for the instance's state if it is not RUNNING */
export function checkRunning({ instanceId, instanceState }: Instance): void {
  if (instanceState === "RUNNING") return;
  const word = { PENDING: "Pending", LAUNCH_FAILED: "LaunchFailed", TERMINATING: "Terminating" }[instanceState];
  throw new CloudError(
    `UnsupportedOperation.InstanceState${word}`,
    `The instance \`${instanceId}\` in the state \`${instanceState}\` does not support this operation.`,
  );
}
