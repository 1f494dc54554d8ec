import { SETUP_PATHS } from "pairctl/contract";
import { type StableService, stableService } from "../audit/stable-service.ts";
import type { Lab } from "../lab/lab.ts";
import type { Awaited } from "../machine/wait.ts";
import type { Node } from "../nodes/node.ts";

const ELECTION_BUDGET_MS = 20_000;
/** pairctl's first receipts have to be written. */
const STABLE_MS = 2_000;
/** A setup that has failed tries again after 10 s, and asks the doctor for up to 15 s. */
const SETUP_AGAIN_MS = 30_000;

/** What is read of a node to see whether it is set up. */
type SettingUp = Pick<Node, "role" | "read" | "console">;

/**
 * The service by one node of two whose setup is over: what is compared with a pair as it was before is in its place only
 * then, and the standby has shown by its own doctor that it could take over.
 *
 * @param latenessMs how much later the pair may serve, since the cloud gives late what it needs
 */
export function servingPair(lab: Lab, latenessMs: number): Awaited<StableService> {
  const service = stableService(lab, { stableMs: STABLE_MS, beginsWithinMs: ELECTION_BUDGET_MS + latenessMs });
  return setUpToo(service, lab.nodes, latenessMs > 0 ? SETUP_AGAIN_MS : 0);
}

/**
 * The same as is awaited, and the marks of a setup that is over on all nodes.
 *
 * @param laterMs how much longer that may take, in ms
 */
export function setUpToo<T>(awaited: Awaited<T>, nodes: readonly SettingUp[], laterMs: number): Awaited<T> {
  return {
    ...awaited,
    what: `${awaited.what}, with the setup of ${nodes.map(({ role }) => `the ${role}`).join(" and ")} over`,
    budgetMs: awaited.budgetMs + laterMs,
    look: async () => {
      const look = await awaited.look();
      const behind = nodes.filter((node) => node.read(SETUP_PATHS.setUp) === undefined);
      if ("seen" in look || behind.length === 0) return look;
      return { seen: behind.map((node) => `the setup of the ${node.role} goes on: ${lastWord(node)}`).join("; ") };
    },
  };
}

/** What the setup has told the console last. */
function lastWord(node: SettingUp): string {
  const words = [...node.console().matchAll(/^keepalived pair: (.*?)\r?$/gm)].map(([, said]) => said);
  return words.at(-1) ?? "it has said nothing on the console";
}
