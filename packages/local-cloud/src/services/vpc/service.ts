import { CloudError } from "../../api/errors.ts";
import { list, object, optional, string } from "../../api/parameters.ts";

/** Name and version of the VPC API, which the EIP actions are part of. */
export const vpcService = { service: "vpc", version: "2017-03-12" } as const;

/** The error codes of the Describe actions of VPC resources. */
export const vpcQueryCodes = {
  filterKey: "InvalidParameter.FilterInvalidKey",
  limit: "InvalidParameterValue.Range",
} as const;

/** The tags that a resource is created with. */
export const tagList = optional(list(object({ Key: string, Value: string })));

/** How long the names of VPC resources may be, in characters. */
const maxName = 60;

/** @throws CloudError `InvalidParameterValue.TooLong` */
export function checkName(parameter: string, name: string): void {
  if (name.length > maxName) {
    throw new CloudError(
      "InvalidParameterValue.TooLong",
      `The value of \`${parameter}\` has ${name.length} characters, at most ${maxName} are allowed.`,
    );
  }
}

/** The VPC API's form of a point in time. Its time zone is not documented; here it is UTC. */
export const dateTime = (ms: number) => new Date(ms).toISOString().slice(0, 19).replace("T", " ");

/** What a task on a private address locks. */
export const addressLock = (vpcId: string, address: string) => `${vpcId}/${address}`;
