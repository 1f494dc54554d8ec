import type { Mechanism } from "./settings.ts";

/** An action of the VPC API, version 2017-03-12. */
export type Action =
  | "AssignPrivateIpAddresses"
  | "AssociateAddress"
  | "DescribeHaVips"
  | "DescribeNetworkInterfaces"
  | "DescribeVpcTaskResult"
  | "MigratePrivateIpAddress";

/**
 * The actions that the hook can call, per mechanism: the build writes this table down for the CAM policy, and a test
 * compares it with what the source calls.
 */
export const ACTIONS: Readonly<Record<Mechanism, readonly Action[]>> = {
  havip: ["DescribeHaVips"],
  "secondary-private-ip": [
    "DescribeNetworkInterfaces",
    "MigratePrivateIpAddress",
    "AssignPrivateIpAddresses",
    "DescribeVpcTaskResult",
    "AssociateAddress",
  ],
};

/** The table in the words of a CAM policy. */
export function camActions(): Record<Mechanism, string[]> {
  const prefixed = (mechanism: Mechanism) => ACTIONS[mechanism].map((action) => `vpc:${action}`);
  return { havip: prefixed("havip"), "secondary-private-ip": prefixed("secondary-private-ip") };
}
