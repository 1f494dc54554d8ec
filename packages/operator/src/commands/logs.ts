import { NODE_PATHS } from "pairctl/contract";
import { UnreachableNodeError } from "../access/node-access.ts";
import { command } from "../cli/command.ts";
import { NODE_PATH_LINE } from "../node/run-on.ts";
import { UsageError } from "../operator-error.ts";
import { chooseNode, parseOptionalNodeName } from "../pair/choose-node.ts";
import { observe, type Reach } from "../pair/observe.ts";
import { openPair, PAIR_OPTIONS } from "../pair/open-pair.ts";
import type { DeployedNode } from "../stack/deployed-pair.ts";

/** The lines of a node, or why there are none. */
interface NodeLog {
  readonly role: DeployedNode["role"];
  readonly lines: readonly string[];
  readonly problem: string | undefined;
}

/** What TAT passes on of what a script writes is 24 kB; the newest lines are what is looked for. */
const MOST_BYTES = 20_000;

/** `pair logs` */
export const logs = command({
  name: "logs",
  summary: "what has happened on the nodes: notifications, receipts, setup",
  description: `Prints, of both nodes or of one, keepalived's notifications, the receipts of pairctl's runs without those that
found nothing new, the journal of the setup, and that of keepalived. Changes nothing.`,
  positionals: "[primary|secondary|serving|standby]",
  options: {
    ...PAIR_OPTIONS,
    lines: { kind: "text", value: "N", description: "so many lines of each log (default: 10)" },
  },
  examples: [
    { line: "pair logs", purpose: "the last ten lines of each log of both nodes" },
    { line: "pair logs primary --lines 100", purpose: "more of one node" },
  ],
  run: async (invocation) => {
    const { terminal, options, positionals } = invocation;
    const count = lineCount(options.lines);
    const name = parseOptionalNodeName(positionals);
    const reach = await openPair(invocation);
    terminal.progress(`asking ${name ?? "both nodes"} of ${reach.pair.name} by ${reach.access.name}`);
    const nodes = name === undefined ? reach.pair.nodes : [chooseNode(await observe(reach), name).node];
    const found = await Promise.all(nodes.map((node) => logOf(reach, node, count)));
    if (options.json) terminal.log(JSON.stringify(found, null, 2));
    else
      for (const { role, lines, problem } of found) {
        terminal.log(`${role}:${problem === undefined ? "" : ` not known: ${problem}`}`);
        for (const line of lines) terminal.log(`  ${line}`);
      }
    return found.some(({ problem }) => problem !== undefined) ? "unknown" : "well";
  },
});

function lineCount(value = "10"): number {
  if (/^[1-9]\d{0,3}$/.test(value)) return Number(value);
  throw new UsageError(`'--lines' must be a number from 1 to 9999, got '${value}'`);
}

async function logOf({ access }: Reach, node: DeployedNode, count: number): Promise<NodeLog> {
  const script = `${NODE_PATH_LINE}
{
  echo '== notifications of keepalived'; tail -n ${count} ${NODE_PATHS.notificationLog}
  echo '== receipts of pairctl'; grep -Ev 'timer.*(holds|idle)' ${NODE_PATHS.receiptLog} | tail -n ${count}
  echo '== setup'; journalctl -u pairctl-setup -o short-iso --no-pager -n ${count}
  echo '== keepalived'; journalctl -u keepalived -o short-iso --no-pager -n ${count}
} 2>&1 | tail -c ${MOST_BYTES}
`;
  try {
    const { output } = await access.run(node, script);
    return { role: node.role, lines: output.trim().split("\n"), problem: undefined };
  } catch (error) {
    if (!(error instanceof UnreachableNodeError)) throw error;
    return { role: node.role, lines: [], problem: error.reason };
  }
}
