import type { Role } from "../report/run-record.ts";
import type { NodeObservation, Observation } from "./observation.ts";

/** What an observation says: who serves, or what speaks against anybody's doing so rightly. */
export interface Agreement {
  /** The node that serves, where all agree that it does and nobody else. */
  readonly serving: Role | undefined;
  /** What does not agree, one line each. */
  readonly problems: readonly string[];
}

/**
 * Judges an observation. All must agree on one node: it is the only one that sends adverts, runs keepalived and has the
 * VIP; the cloud says that the address is there and the EIP bound to it; the client is answered by it and nobody else.
 *
 * @param advertIntMs how often a MASTER sends an advert
 */
export function judge({ nodes, holder, eipProblem, answers }: Observation, advertIntMs: number): Agreement {
  const problems: string[] = [];
  const masters = nodes.filter((node) => isMaster(node, advertIntMs));
  const serving = masters[0]?.role;
  if (masters.length !== 1) problems.push(`one node must send adverts, ${names(masters)} do`);
  const having = nodes.filter(({ hasVip }) => hasVip);
  if (having.length !== 1 || having[0]?.role !== serving)
    problems.push(`the VIP must be on the MASTER only, it is on ${names(having)}`);
  const dead = masters.filter(({ runsKeepalived }) => !runsKeepalived);
  if (dead.length > 0) problems.push(`${names(dead)} must run keepalived`);
  if (holder === undefined || holder !== serving)
    problems.push(`the cloud must say that the MASTER has the address, it says ${holder ?? "nobody"}`);
  if (eipProblem !== undefined) problems.push(eipProblem);
  for (const [via, answering] of answers) {
    if (answering.length !== 1 || answering[0] !== serving)
      problems.push(
        `the client must reach the MASTER through the ${via}, it reaches ${answering.join(", ") || "nobody"}`,
      );
  }
  return { serving: problems.length === 0 ? serving : undefined, problems };
}

/** What keeps the other node from being a standby, seen from outside: nothing, if it is up, runs keepalived and is silent. */
export function standbyProblems({ nodes }: Observation, serving: Role): string[] {
  return nodes
    .filter(({ role }) => role !== serving)
    .flatMap(({ role, isUp, runsKeepalived }) => {
      if (!isUp) return [`the ${role} must be up, to be the standby`];
      return runsKeepalived ? [] : [`the ${role} must run keepalived, to be the standby`];
    });
}

/** Whether a node has sent an advert lately: one may be late. */
function isMaster({ advertAgeMs }: NodeObservation, advertIntMs: number): boolean {
  return advertAgeMs !== undefined && advertAgeMs < 1.5 * advertIntMs + 200;
}

const names = (nodes: readonly NodeObservation[]) => nodes.map(({ role }) => `the ${role}`).join(" and ") || "nobody";
