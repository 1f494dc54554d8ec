import type { Mechanism } from "./mechanism.ts";

/** The API's version of every action below. */
export const VPC_API_VERSION = "2017-03-12";

/** Every action that pairctl can call, with the service under which CAM lists it. */
export const ACTIONS = {
  AssignPrivateIpAddresses: { camService: "vpc" },
  AssociateAddress: { camService: "cvm" },
  DescribeAddresses: { camService: "cvm" },
  DescribeHaVips: { camService: "vpc" },
  DescribeNetworkInterfaces: { camService: "vpc" },
  DisassociateAddress: { camService: "cvm" },
  MigratePrivateIpAddress: { camService: "vpc" },
  UnassignPrivateIpAddresses: { camService: "vpc" },
} as const satisfies Readonly<Record<string, { readonly camService: "vpc" | "cvm" }>>;

/** An action of the VPC API that pairctl can call. */
export type Action = keyof typeof ACTIONS;

/**
 * The ways in which pairctl does its job, by mechanism, each with the actions that it takes. A way whose actions the role
 * does not allow ends with the cloud's refusal, which the receipt names; the others go on working. A test of pairctl
 * compares this with what its source calls.
 */
export const WAYS = {
  havip: {
    /** Asks where a HAVIP is, and reports it. */
    report: ["DescribeHaVips"],
  },
  "secondary-private-ip": {
    /** Migrates an address that an interface has, and assigns one that none has. Nothing works without it. */
    move: ["DescribeNetworkInterfaces", "MigratePrivateIpAddress", "AssignPrivateIpAddresses"],
    /** Takes an address that cannot be migrated off an interface that is attached to nothing. */
    unassign: ["UnassignPrivateIpAddresses"],
    /** Binds an EIP that is not bound to anything. */
    "bind-eip": ["AssociateAddress"],
    /** Unbinds an EIP that has stayed behind when its address moved. */
    "unbind-eip": ["DescribeAddresses", "DisassociateAddress"],
  },
} as const satisfies Readonly<Record<Mechanism, Readonly<Record<string, readonly Action[]>>>>;

/** A way of pairctl's, of either mechanism. */
export type Way = { readonly [M in Mechanism]: keyof (typeof WAYS)[M] }[Mechanism];

/** The names of all ways. */
export const WAY_NAMES: readonly Way[] = ["report", "move", "unassign", "bind-eip", "unbind-eip"];

/**
 * The actions of a mechanism's ways, in the order of the ways.
 *
 * @param ways - those of them that are wanted @default - all ways of the mechanism
 */
export function actionsOf(mechanism: Mechanism, ways: readonly Way[] = WAY_NAMES): Action[] {
  const entries = Object.entries<readonly Action[]>(WAYS[mechanism]);
  return entries.flatMap(([way, actions]) => (ways.includes(way as Way) ? actions : []));
}

/** An action in the words of a CAM policy, such as `vpc:DescribeHaVips`. */
export function camAction(action: Action): string {
  return `${ACTIONS[action].camService}:${action}`;
}

/** The same of all actions that pairctl can call in a mechanism. */
export function camActions(mechanism: Mechanism): string[] {
  return actionsOf(mechanism).map(camAction);
}
