import { NODE_PATHS } from "../contract/index.ts";
import { agent } from "../agent/agent.ts";
import type { Host } from "../node/host.ts";
import type { Memory } from "../protocol/memory.ts";
import type { Purpose } from "../protocol/run.ts";
import { doctor } from "./doctor/index.ts";
import { receiptBook } from "../passes/receipt-book.ts";
import { lookAtAll, passOverAll } from "../passes/passes.ts";
import { isWell, type Receipt } from "../passes/receipt.ts";
import { statusLine } from "./status.ts";
import { VERSION } from "../passes/version.ts";

/** Prints a line. */
type Say = (line: string) => void;

/** The exit status of a command line that is no command, and of settings that cannot be read. */
const UNUSABLE = 2;

/** Carries out a command. @returns the exit status */
type Command = (host: Host, say: Say) => number | Promise<number>;

/** All commands, with their flags. */
const COMMANDS: ReadonlyMap<string, Command> = new Map(
  Object.entries<Command>({
    agent,
    doctor,
    reconcile: (host, say) => reconcile(host, say, "settle"),
    "reconcile --dry-run": (host, say) => reconcile(host, say, "plan"),
    status: status(statusLine),
    "status --json": status(JSON.stringify),
    drain: shell("systemctl disable --now keepalived"),
    // All that the doctor's check of the units asks for. It says so where somebody has masked keepalived.
    undrain: shell("systemctl enable --now pairctl pairctl.timer keepalived"),
    // Without those that the agent's interval started and that found nothing new.
    receipts: shell(`grep -Ev 'timer.*(holds|idle)' ${NODE_PATHS.receiptLog}|tail`),
  }),
);

/**
 * Runs the command line: a command and its flag.
 *
 * @returns the exit status: 0 well, 1 not, 2 usage or settings
 */
export async function main(host: Host, argv: readonly string[], say: Say): Promise<number> {
  const line = argv.join(" ");
  const command = COMMANDS.get(line);
  if (command) return command(host, say);
  say(`${VERSION}\nusage: pairctl ${[...COMMANDS.keys()].join("|")}`);
  return line === "--version" ? 0 : UNUSABLE;
}

/** A run for each address. @returns the exit status */
export async function reconcile(host: Host, say: Say, purpose: Purpose, memory?: Memory): Promise<number> {
  const { keep } = receiptBook(host, say);
  const tell = (receipt: Receipt) => {
    say(JSON.stringify(receipt));
    if (purpose === "settle" && receipt.vip !== undefined) keep(receipt);
  };
  const { receipts, settings } = await passOverAll(host, purpose, tell, memory);
  return settings ? Math.max(...receipts.map((receipt) => receipt.status)) : UNUSABLE;
}

function status(print: (receipt: Receipt) => string): Command {
  return async (host, say) => {
    const { receipts, settings } = await lookAtAll(host);
    for (const receipt of receipts) say(print(receipt));
    if (!settings) return UNUSABLE;
    return receipts.every(isWell) ? 0 : 1;
  };
}

/** Lets the node's own programs do what they do as well as we could. */
function shell(command: string): Command {
  return (host, say) => {
    const { status: exitStatus, stdout } = host.shell(command);
    say(stdout);
    return exitStatus ?? 1;
  };
}
