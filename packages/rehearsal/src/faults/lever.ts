import type { Role } from "../report/run-record.ts";

/**
 * A part of a node. `power` is all of it: on a node that is down nothing can be done, and what was done is gone.
 * `keepalived` is its processes, unit and configuration, `pairctl` its programs, units and lock, `service` what the
 * health check asks, `cable` its link and interface.
 */
type NodePart = "power" | "keepalived" | "pairctl" | "service" | "disk" | "memory" | "CPU" | "cable" | "firewall";

/**
 * A part of the world around the nodes. `API` is how the cloud answers, the metadata service too, since both heal at
 * once; `packets` is what gets lost between parties; `address` is who has the VIP in the cloud.
 */
type WorldPart = "API" | "packets" | "address" | "EIP" | "role" | "clock" | "gratuitous ARP" | "HAVIP";

/** What a fault takes hold of: a part of the node that it strikes (`serving`), of the other one, or of the world. */
export type Lever = `${NodePart} of ${"serving" | "standby"}` | WorldPart;

/** What a fault takes hold of in a certain case. */
export interface Grip {
  /** Undefined: everything. */
  readonly levers: readonly Lever[] | undefined;
  /** The node that the fault strikes. */
  readonly node: Role;
}

/** Whether two faults cannot be under way at the same time, since both take hold of the same. */
export function conflict(one: Grip, other: Grip): boolean {
  const [held, wanted] = [partsOf(one), partsOf(other)];
  if (held === undefined || wanted === undefined) return true;
  return held.some((part) => wanted.some((candidate) => overlaps(part, candidate)));
}

interface HeldPart {
  readonly part: string;
  /** Undefined: of the world. */
  readonly node: Role | undefined;
}

function partsOf({ levers, node }: Grip): HeldPart[] | undefined {
  const peer: Role = node === "primary" ? "secondary" : "primary";
  return levers?.map((lever) => {
    const [, part, whose] = /^(\w+) of (serving|standby)$/.exec(lever) ?? [];
    if (part === undefined) return { part: lever, node: undefined };
    return { part, node: whose === "serving" ? node : peer };
  });
}

function overlaps(one: HeldPart, other: HeldPart): boolean {
  if (one.node !== other.node) return false;
  return one.part === other.part || (one.node !== undefined && [one.part, other.part].includes("power"));
}
