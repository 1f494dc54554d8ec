import { afterOneLook, afterTwoElections, plus } from "../timing/bounds.ts";
import type { Fault } from "./fault.ts";

/** How a user of a pair breaks its service, and mends it: lines of shell that run as root on the node that serves. */
export interface OwnFault {
  readonly breaks: string;
  readonly mends: string;
}

/** What the name of such a fault has between the two lines. */
const SEPARATOR = "', mended by '";

/** A service may take its time to stop and to start. */
const COMMAND_LIMIT_MS = 120_000;

/** The name of a fault of the user's own, which says all that it is made of. */
export function ownFaultName({ breaks, mends }: OwnFault): string {
  return `broken by '${breaks}${SEPARATOR}${mends}'`;
}

/** What a name stands for; undefined where it is none of {@link ownFaultName}. */
export function ownFaultNamed(name: string): OwnFault | undefined {
  const [, breaks, mends] = /^broken by '(.*)', mended by '(.*)'$/s.exec(name) ?? [];
  return breaks === undefined || mends === undefined ? undefined : { breaks, mends };
}

/**
 * Breaks what the pair's own health check looks at: the check must notice, the other node serve, and the mended node stay
 * the standby.
 */
export function ownFault(commands: OwnFault): Fault {
  const { breaks, mends } = commands;
  return {
    name: ownFaultName(commands),
    group: "own",
    does: `'${breaks}' runs on the node that serves`,
    heals: `'${mends}' runs on it`,
    expects: "moves",
    outageMs: (timing) => plus(timing.healthCheck?.failsAfterMs ?? 0, afterTwoElections)(timing),
    convergesMs: (timing) => plus(timing.healthCheck?.recoversAfterMs ?? 0, afterOneLook)(timing),
    source: "the command line",
    healsInPlace: true,
    inject: async ({ lab, serving, note }) => {
      if (lab.stack.healthCheck === undefined) {
        throw new Error(
          "the pair has no health check, and nothing would notice that its service is broken: give it one",
        );
      }
      // Until the check notices, that one answers.
      note("the client asks the lab's own service: what is broken is missed from here on, the outages leave that out");
      await serving.shell(breaks, COMMAND_LIMIT_MS);
    },
    heal: ({ serving }) => serving.shell(mends, COMMAND_LIMIT_MS),
  };
}
