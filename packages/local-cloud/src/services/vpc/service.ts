import { CloudError } from "../../errors.ts";
import { list, object, optional, string } from "../../parameters.ts";

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
