import type { Mechanism } from "./settings.ts";

/** An action of the VPC API, version 2017-03-12. */
export type Action =
  | "AssignPrivateIpAddresses"
  | "AssociateAddress"
  | "DescribeAddresses"
  | "DescribeHaVips"
  | "DescribeNetworkInterfaces"
  | "DescribeVpcTaskResult"
  | "MigratePrivateIpAddress";

/**
 * The actions that the hook can call, per mechanism: the API client refuses every other one, and the build writes this
 * table down for the CAM policy.
 */
export const ACTIONS: Readonly<Record<Mechanism, readonly Action[]>> = {
  havip: ["DescribeHaVips"],
  "secondary-private-ip": [
    "DescribeNetworkInterfaces",
    "MigratePrivateIpAddress",
    "AssignPrivateIpAddresses",
    "DescribeVpcTaskResult",
    "DescribeAddresses",
    "AssociateAddress",
  ],
};

/** The table in the words of a CAM policy. */
export function camActions(): Record<Mechanism, string[]> {
  const prefixed = (mechanism: Mechanism) => ACTIONS[mechanism].map((action) => `vpc:${action}`);
  return { havip: prefixed("havip"), "secondary-private-ip": prefixed("secondary-private-ip") };
}
