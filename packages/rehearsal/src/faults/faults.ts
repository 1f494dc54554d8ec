import type { Lab } from "../lab/lab.ts";
import type { Node } from "../nodes/node.ts";

/** What a rehearsal does to the node that serves. */
export type Fault = "stop" | "kill" | "crash";

/** How it is done. */
interface FaultDefinition {
  readonly description: string;
  /** The outage that the client may see, in ms: what the election takes with advert_int 1, and the move. */
  readonly outageBudgetMs: number;
  readonly injure: (victim: Node, lab: Lab) => Promise<unknown>;
  /** Brings the node back as the peer of the one that serves now; undefined where nothing can. */
  readonly mend: ((victim: Node) => Promise<unknown>) | undefined;
}

/** Each fault, by the name that the command line uses. */
export const FAULTS: Readonly<Record<Fault, FaultDefinition>> = {
  stop: {
    description: "keepalived is stopped in order",
    outageBudgetMs: 1500,
    injure: (victim) => victim.exec("systemctl", "stop", "keepalived"),
    mend: (victim) => victim.exec("systemctl", "start", "keepalived"),
  },
  kill: {
    description: "keepalived is killed (SIGKILL)",
    outageBudgetMs: 5000,
    injure: (victim) => victim.exec("sh", "-c", "kill -9 $(pidof keepalived)"),
    // The user data's drop-in lets systemd start it again.
    mend: async () => {},
  },
  crash: {
    description: "the node crashes: no power, no network",
    outageBudgetMs: 5000,
    injure: (victim, lab) => victim.crash((port) => lab.fabric.cutOff(port)),
    mend: undefined,
  },
};
