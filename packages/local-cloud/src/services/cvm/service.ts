import { list, object, optional, string } from "../../api/parameters.ts";
import { actionsOf } from "../action.ts";
import { tagsWith } from "../tag/index.ts";
import type { Core } from "./state.ts";

/** Makes an action of the CVM API. */
export const defineAction = actionsOf<Core>({ service: "cvm", version: "2017-03-12" });

/** The error codes of the Describe actions of CVM. */
export const cvmQueryCodes = {
  filterKey: "InvalidFilter",
  limit: "InvalidParameterValue.LimitExceeded",
  filterValues: "InvalidFilterValue.LimitExceeded",
} as const;

const tags = tagsWith({
  duplicateKey: "InvalidParameterValue.DuplicateTags",
  emptyKey: "FailedOperation.IllegalTagKey",
  keyLength: "FailedOperation.IllegalTagKey",
  valueLength: "FailedOperation.IllegalTagValue",
  reservedKey: "FailedOperation.TagKeyReserved",
  tooMany: "InvalidParameterValue.TagQuotaLimitExceeded",
});

/** The tags that a resource is created with, by the kind of resource. */
export const tagSpecifications = optional(list(object({ ResourceType: string, Tags: tags })));
