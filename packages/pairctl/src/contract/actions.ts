import type { Mechanism } from "./mechanism.ts";

/** The API's version of every action below. */
export const VPC_API_VERSION = "2017-03-12";

/** Every action that pairctl can call, with the service under which CAM lists it. */
export const ACTIONS = {
  AssignPrivateIpAddresses: { camService: "vpc" },
  AssociateAddress: { camService: "cvm" },
  DescribeHaVips: { camService: "vpc" },
  DescribeNetworkInterfaces: { camService: "vpc" },
  DescribeVpcTaskResult: { camService: "vpc" },
  MigratePrivateIpAddress: { camService: "vpc" },
} as const satisfies Readonly<Record<string, { readonly camService: "vpc" | "cvm" }>>;

/** An action of the VPC API that pairctl can call. */
export type Action = keyof typeof ACTIONS;

/** The actions that pairctl can call, per mechanism. A test of pairctl compares this with what its source calls. */
export const ACTIONS_OF: Readonly<Record<Mechanism, readonly Action[]>> = {
  havip: ["DescribeHaVips"],
  "secondary-private-ip": [
    "DescribeNetworkInterfaces",
    "MigratePrivateIpAddress",
    "AssignPrivateIpAddresses",
    "DescribeVpcTaskResult",
    "AssociateAddress",
  ],
};

/** The same in the words of a CAM policy, such as `vpc:DescribeHaVips`. */
export function camActions(mechanism: Mechanism): string[] {
  return ACTIONS_OF[mechanism].map((action) => `${ACTIONS[action].camService}:${action}`);
}
