import { CloudError, malformed } from "../../api/errors.ts";
import { optional } from "../../api/parameters.ts";
import { isId } from "../../engine/ids.ts";
import { actionsOf } from "../action.ts";
import { tagsWith } from "../tag/index.ts";
import type { Core } from "./state.ts";

/** Makes an action of the VPC API, which the EIP actions are part of. */
export const defineAction = actionsOf<Core>({ service: "vpc", version: "2017-03-12" });

/** The error codes of the Describe actions of VPC resources. */
export const vpcQueryCodes = {
  filterKey: "InvalidParameter.FilterInvalidKey",
  limit: "InvalidParameterValue.Range",
} as const;

/** @throws CloudError `InvalidParameterValue.Malformed` for the first of the ids of a Describe action that is none */
export function checkIds(prefix: string, parameter: string, ids: readonly string[] = []): void {
  const wrong = ids.find((id) => !isId(prefix, id));
  if (wrong !== undefined) throw malformed(parameter, wrong);
}

/** The tags that a resource is created with. */
export const tagList = optional(
  tagsWith({
    duplicateKey: "InvalidParameterValue.TagDuplicateKey",
    emptyKey: "InvalidParameterValue.TagInvalidKey",
    keyLength: "InvalidParameterValue.TagInvalidKeyLen",
    valueLength: "InvalidParameterValue.TagInvalidVal",
    reservedKey: "UnsupportedOperation.TagSystemReservedTagKey",
    tooMany: "LimitExceeded.TagKeyPerResourceExceeded",
  }),
);

/** The tags that an EIP is allocated with, for which the API has fewer codes. */
export const eipTagList = optional(
  tagsWith({
    duplicateKey: "InvalidParameterValue.InvalidTag",
    emptyKey: "InvalidParameterValue.InvalidTag",
    keyLength: "InvalidParameterValue.InvalidTag",
    valueLength: "InvalidParameterValue.InvalidTag",
    reservedKey: "InvalidParameterValue.InvalidTag",
    tooMany: "LimitExceeded.TagQuota",
  }),
);

/** How long the names of VPC resources may be. */
const maxName = 60;

/** @throws CloudError `InvalidParameterValue.TooLong` for more than 60 characters */
export const checkName = (parameter: string, name: string): void => checkLength(parameter, name, maxName);

/** @throws CloudError `InvalidParameterValue.TooLong` for more than 60 bytes, as VPCs, subnets and ENIs have it */
export function checkNameBytes(parameter: string, name: string): void {
  const bytes = Buffer.byteLength(name);
  if (bytes <= maxName) return;
  throw new CloudError(
    "InvalidParameterValue.TooLong",
    `The value of \`${parameter}\` has ${bytes} bytes, at most ${maxName} are allowed.`,
  );
}

/** @throws CloudError `InvalidParameterValue.TooLong` for more than this many characters */
export function checkLength(parameter: string, text: string, max: number): void {
  if (text.length <= max) return;
  throw new CloudError(
    "InvalidParameterValue.TooLong",
    `The value of \`${parameter}\` has ${text.length} characters, at most ${max} are allowed.`,
  );
}

/** The VPC API's form of a point in time. Its time zone is not documented; here it is UTC. */
export const dateTime = (ms: number) => new Date(ms).toISOString().slice(0, 19).replace("T", " ");

/** What a task on a private address locks. */
export const addressLock = (vpcId: string, address: string) => `${vpcId}/${address}`;
