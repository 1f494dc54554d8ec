/** Name and version of the VPC API, which the EIP actions are part of. */
export const vpcService = { service: "vpc", version: "2017-03-12" } as const;

/** The error codes of the Describe actions of VPC resources. */
export const vpcQueryCodes = {
  filterKey: "InvalidParameter.FilterInvalidKey",
  limit: "InvalidParameterValue.Range",
} as const;
