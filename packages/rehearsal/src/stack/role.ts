import { camActions } from "pairctl/contract";
import type { FoundPair } from "./pairs.ts";
import type { Resource } from "./resource.ts";
import type { Values } from "./values.ts";

/** A role, and what it may do. */
export interface PairRole {
  readonly roleName: string;
  /** JSON; undefined where the role exists already: the stack does not say. */
  readonly trustPolicy: string | undefined;
  /** The policies' documents, JSON. */
  readonly policies: readonly string[];
}

/**
 * The role that a pair's nodes have; undefined where they have none.
 *
 * What a role may do that exists already, or by a policy that does, no stack says: it is taken to allow what its pair
 * needs, as its pair asks of it.
 */
export function pairRole({ primary }: FoundPair, values: Values): PairRole | undefined {
  const { roleName, mechanism } = primary.settings;
  if (roleName === undefined) return undefined;
  const role = values.all("tencentcloud_cam_role").find((candidate) => candidate.text("name") === roleName);
  const found = role === undefined ? [] : policiesOf(role, values);
  const policies = found.length > 0 ? found : [allowing(camActions(mechanism))];
  return { roleName, trustPolicy: role?.known("document"), policies };
}

function policiesOf(role: Resource, values: Values): string[] {
  return values
    .all("tencentcloud_cam_role_policy_attachment")
    .filter((attachment) => attachment.text("role_id") === role.id)
    .map((attachment) => attachment.referred("policy_id", "tencentcloud_cam_policy")?.known("document"))
    .filter((document) => document !== undefined);
}

function allowing(action: readonly string[]): string {
  return JSON.stringify({ version: "2.0", statement: [{ effect: "allow", action, resource: "*" }] });
}
