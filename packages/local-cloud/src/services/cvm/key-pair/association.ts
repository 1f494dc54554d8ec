import { CloudError, missingParameter } from "../../../api/errors.ts";
import { boolean, list, object, optional, string } from "../../../api/parameters.ts";
import { checkStopped } from "../instance/checks.ts";
import { findInstances, startOperation } from "../instance/operation.ts";
import type { Instance } from "../instance/state.ts";
import { defineAction } from "../service.ts";
import type { Core } from "../state.ts";
import { getKeyPair } from "./checks.ts";

/** Source: the CVM API's descriptions of KeyIds. */
const maxKeys = 100;

const parameters = object({ InstanceIds: list(string), KeyIds: list(string), ForceStop: optional(boolean) });

/**
 * Gives instances these key pairs; asynchronous. Those that an instance had before are no longer valid for it, as the
 * API's description says.
 */
export const associateInstancesKeyPairs = defineAction(
  "AssociateInstancesKeyPairs",
  parameters,
  (core, { InstanceIds, KeyIds, ForceStop }, requestId) => {
    changeKeys(core, { action: "AssociateInstancesKeyPairs", requestId, InstanceIds, KeyIds, ForceStop }, () => KeyIds);
    return {};
  },
);

/** Takes key pairs away from instances; asynchronous. */
export const disassociateInstancesKeyPairs = defineAction(
  "DisassociateInstancesKeyPairs",
  parameters,
  (core, { InstanceIds, KeyIds, ForceStop }, requestId) => {
    changeKeys(core, { action: "DisassociateInstancesKeyPairs", requestId, InstanceIds, KeyIds, ForceStop }, (before) =>
      before.filter((keyId) => !KeyIds.includes(keyId)),
    );
    return {};
  },
);

/** What both actions have in common. */
interface KeyChange {
  readonly action: string;
  readonly requestId: string;
  readonly InstanceIds: readonly string[];
  readonly KeyIds: readonly string[];
  readonly ForceStop: boolean | undefined;
}

/** An instance that runs is shut down by force and started again, if the call allows it; one that is stopped stays so. */
function changeKeys(core: Core, change: KeyChange, keysAfter: (before: readonly string[]) => readonly string[]): void {
  const { action, requestId, KeyIds, ForceStop = false } = change;
  const instances: readonly Instance[] = findInstances(core, change.InstanceIds);
  checkKeys(core, KeyIds);
  for (const instance of instances) checkStopped(instance, ForceStop);
  startOperation(core, instances, {
    action,
    requestId,
    meanwhile: (before) => (before === "RUNNING" ? "STOPPING" : before),
    power: (before) => (before === "RUNNING" ? ["soft first off", "on"] : []),
    commit: (instance, before) => {
      instance.keyIds = [...keysAfter(instance.keyIds)];
      instance.instanceState = before;
    },
  });
}

function checkKeys({ state }: Core, keyIds: readonly string[]): void {
  if (keyIds.length === 0) throw missingParameter("KeyIds");
  if (keyIds.length > maxKeys) {
    throw new CloudError(
      "InvalidParameterValue.LimitExceeded",
      `\`KeyIds\` has at most ${maxKeys} key pairs, got ${keyIds.length}.`,
    );
  }
  for (const keyId of keyIds) getKeyPair(state, keyId);
}
