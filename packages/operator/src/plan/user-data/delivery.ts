import { NODE_PATHS } from "pairctl/contract";
import type { UserData } from "../../user-data/unpack.ts";
import { isForFirstBoot, type TextDiff } from "./user-data-diff.ts";

/** How a change of the user data gets to the nodes that run. */
export interface Delivery {
  /** Whether it can be put in place on a running node; otherwise it takes a new node. */
  readonly onRunningNodes: boolean;
  /** The texts that only a first boot carries out. */
  readonly firstBootOnly: readonly string[];
  /** What the nodes must not differ in while both run, by keepalived's words; empty where there is nothing of it. */
  readonly mustNotDiffer: readonly string[];
}

/** Directives of keepalived by which two nodes hear each other, with the first group as their value. */
const HEARD_BY: Readonly<Record<string, RegExp>> = {
  virtual_router_id: /^\s*virtual_router_id\s+(\S+)/m,
  auth_pass: /^\s*auth_pass\s+(\S+)/m,
  auth_type: /^\s*auth_type\s+(\S+)/m,
  vrrp_version: /^\s*(?:vrrp_)?version\s+(\d)/m,
};

/** How what differs gets to the nodes. */
export function deliveryOf(before: UserData, after: UserData, diffs: readonly TextDiff[]): Delivery {
  const firstBootOnly = diffs.filter(isForFirstBoot).map(({ name }) => name);
  const conf = (userData: UserData) => userData.files.get(NODE_PATHS.keepalivedConf)?.content ?? "";
  const value = (userData: UserData, directive: RegExp) => directive.exec(conf(userData))?.[1];
  const mustNotDiffer = Object.entries(HEARD_BY)
    .filter(([, directive]) => value(before, directive) !== value(after, directive))
    .map(([name]) => name);
  return { onRunningNodes: firstBootOnly.length === 0, firstBootOnly, mustNotDiffer };
}
