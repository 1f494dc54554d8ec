import { CloudError } from "../../../api/errors.ts";
import { type Assumptions, believed } from "../../assumptions.ts";
import { readFileSync } from "node:fs";

/** The SDK's services, and the actions of some: written by make-known-actions.ts, compared with the SDK by a test. */
const sdk = JSON.parse(readFileSync(new URL("sdk-actions.json", import.meta.url), "utf8")) as {
  readonly services: readonly string[];
  readonly actions: Readonly<Record<string, readonly string[]>>;
};

/** Services that policies name and that have no API of their own in the SDK: object storage, logs, finance. */
const servicesWithoutSdk = ["cos", "ccr", "finance", "project"];

const services = new Set([...sdk.services, ...servicesWithoutSdk]);

/** Whether policies, resource names and principals may have this service. */
export const isServiceName = (service: string): boolean => services.has(service);

/**
 * Actions on EIPs. Their API is VPC's, but policies name them with cvm in front. Source: CAM's table of CVM's actions
 * (documents 598/57095 and 598/69910) and its example of a policy for EIPs (598/11098).
 */
export const eipActions: readonly string[] = [
  "AllocateAddresses",
  "AssociateAddress",
  "DescribeAddressBandwidthRange",
  "DescribeAddressQuota",
  "DescribeAddresses",
  "DisassociateAddress",
  "InquiryPriceAllocateAddresses",
  "InquiryPriceModifyAddressesBandwidth",
  "InquiryPriceRenewAddresses",
  "ModifyAddressAttribute",
  "ModifyAddressInternetChargeType",
  "ModifyAddressesBandwidth",
  "ModifyAddressesRenewFlag",
  "ReleaseAddresses",
  "RenewAddresses",
  "ReturnNormalAddresses",
  "TransformAddress",
];

/** In lower case, since CAM compares without case. */
const actions = new Map(
  Object.entries(sdk.actions).map(([service, names]) => [service, new Set(names.map((name) => name.toLowerCase()))]),
);
for (const action of eipActions) {
  actions.get("vpc")?.delete(action.toLowerCase());
  actions.get("cvm")?.add(action.toLowerCase());
}

/** An API's action under CAM's name for it, e.g. `cvm:AssociateAddress` for that of the VPC API. */
export const camOperation = (service: string, action: string): string =>
  `${service === "vpc" && eipActions.includes(action) ? "cvm" : service}:${action}`;

/**
 * Whether a policy may name this action. Of services whose actions are not listed here, any is taken.
 *
 * @param pattern - `<service>:<Action>`, with `*` in either
 * @throws CloudError `InvalidParameter.ActionError` without a service, `.ActionServiceNotExist` or `.ActionNotExist`
 */
export function checkActionPattern(pattern: string, assumptions: Assumptions): void {
  if (pattern === "*") return;
  const [service, action, ...more] = pattern.split(":");
  if (!service || !action || more.length > 0) {
    throw invalidAction("InvalidParameter.ActionError", `'action' must be <service>:<Action>, got '${pattern}'`);
  }
  if (service.includes("*")) return;
  if (!services.has(service)) {
    throw invalidAction(
      "InvalidParameter.ActionServiceNotExist",
      `the service '${service}' of the action '${pattern}' does not exist`,
    );
  }
  const known = actions.get(service);
  if (!known || action.includes("*")) return;
  const name = action.toLowerCase();
  const isMissing = assumptions["describe-vpc-task-result"] === "no-such-action" && name === "describevpctaskresult";
  if (!known.has(name) || isMissing) {
    throw invalidAction("InvalidParameter.ActionNotExist", `the action '${pattern}' does not exist`);
  }
}

/**
 * Whether a policy may name all of these actions, as the documents have it.
 *
 * @throws CloudError as {@link checkActionPattern}
 */
export function checkPolicyActions(patterns: readonly string[]): void {
  for (const pattern of patterns) checkActionPattern(pattern, believed);
}

const invalidAction = (code: string, message: string) => new CloudError(code, `${message}.`);
