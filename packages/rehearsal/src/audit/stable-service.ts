import type { Awaited } from "../machine/wait.ts";
import type { Lab } from "../lab/lab.ts";
import type { Node } from "../nodes/node.ts";
import { judge, standbyProblems } from "./agreement.ts";
import { furtherAddressProblems } from "./further-addresses.ts";
import { observe } from "./observation.ts";

/** What is waited for. */
export interface StableServiceOptions {
  /** So long it must last without a change, in ms. */
  readonly stableMs: number;
  /** How long it may take until it begins, in ms. */
  readonly beginsWithinMs: number;
  /** Who may serve. @default - either node */
  readonly by?: Node;
  /** Whether the other node may be down. @default false */
  readonly standbyMayBeDown?: boolean;
}

/** A node that has been serving since a moment. */
export interface StableService {
  readonly node: Node;
  /** ms since the epoch. */
  readonly since: number;
}

/** The service by one node, on which nodes, wire, cloud and client agree, for a while without a change. */
export function stableService(
  lab: Lab,
  { stableMs, beginsWithinMs, by, standbyMayBeDown = false }: StableServiceOptions,
): Awaited<StableService> {
  let current: StableService | undefined;
  let lastProblems = "nothing yet";
  const begun = Date.now();
  return {
    what: `the service by ${by ? `the ${by.role}` : "one node"}, stable for ${stableMs} ms`,
    budgetMs: beginsWithinMs + stableMs,
    everyMs: 100,
    look: async () => {
      const at = Date.now();
      const observation = await observe(lab);
      const { serving, problems } = judge(observation, lab.stack.advertIntMs);
      const missing = serving === undefined || standbyMayBeDown ? [] : standbyProblems(observation, serving);
      const further = serving === undefined ? [] : await furtherAddressProblems(lab, serving);
      const all = [...problems, ...missing, ...further];
      if (all.length > 0) lastProblems = `${at - begun} ms in: ${all.join("; ")}`;
      if (serving === undefined || all.length > 0) current = undefined;
      else if (current?.node.role !== serving) current = { node: lab.node(serving), since: at };
      if (current === undefined || (by !== undefined && current.node !== by)) return { seen: lastProblems };
      if (at - current.since >= stableMs) return { found: current };
      return { seen: `the ${current.node.role} serves for ${at - current.since} ms, before: ${lastProblems}` };
    },
  };
}
