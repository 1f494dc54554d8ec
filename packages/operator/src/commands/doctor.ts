import { UnreachableNodeError } from "../access/node-access.ts";
import { command } from "../cli/command.ts";
import { NODE_PATH_LINE } from "../node/run-on.ts";
import { parseOptionalNodeName, chooseNode } from "../pair/choose-node.ts";
import type { Reach } from "../pair/observe.ts";
import { observe } from "../pair/observe.ts";
import { openPair, PAIR_OPTIONS } from "../pair/open-pair.ts";
import type { DeployedNode } from "../stack/deployed-pair.ts";

/** What a node's doctor says. */
interface Diagnosis {
  readonly role: DeployedNode["role"];
  /** The lines of `pairctl doctor`: ok, fail, warn or unknown. */
  readonly lines: readonly string[];
  /** Whether nothing fails; undefined where the node could not be asked. */
  readonly isWell: boolean | undefined;
  readonly problem: string | undefined;
}

/** `pair doctor` */
export const doctor = command({
  name: "doctor",
  summary: "what a takeover needs on each node, and what is missing",
  description: `Runs 'pairctl doctor' on both nodes, or on one: each line is ok, fail, warn or unknown, with what was found
and what to do. Changes nothing.`,
  positionals: "[primary|secondary|serving|standby]",
  options: PAIR_OPTIONS,
  examples: [
    { line: "pair doctor", purpose: "both nodes" },
    { line: "pair doctor standby --json", purpose: "the one that would have to take over" },
  ],
  run: async (invocation) => {
    const { terminal, options, positionals } = invocation;
    const name = parseOptionalNodeName(positionals);
    const reach = await openPair(invocation);
    terminal.progress(`asking ${name ?? "both nodes"} of ${reach.pair.name} by ${reach.access.name}`);
    const nodes = name === undefined ? reach.pair.nodes : [chooseNode(await observe(reach), name).node];
    const diagnoses = await Promise.all(nodes.map((node) => diagnose(reach, node)));
    if (options.json) terminal.log(JSON.stringify(diagnoses, null, 2));
    else for (const line of diagnoses.flatMap(diagnosisLines)) terminal.log(line);
    if (diagnoses.some(({ isWell }) => isWell === undefined)) return "unknown";
    return diagnoses.every(({ isWell }) => isWell) ? "well" : "degraded";
  },
});

async function diagnose({ access }: Reach, node: DeployedNode): Promise<Diagnosis> {
  try {
    const { exitStatus, output } = await access.run(node, `${NODE_PATH_LINE}\npairctl doctor\n`);
    const lines = output.trim().split("\n");
    // A node without pairctl has no doctor, and one that is being set up may have no line.
    const isDoctor = lines.some((line) => /^(ok|fail|warn|unknown) /.test(line));
    if (isDoctor) return { role: node.role, lines, isWell: exitStatus === 0, problem: undefined };
    return { role: node.role, lines: [], isWell: undefined, problem: `it has no doctor: ${output.trim()}` };
  } catch (error) {
    if (!(error instanceof UnreachableNodeError)) throw error;
    return { role: node.role, lines: [], isWell: undefined, problem: error.reason };
  }
}

function diagnosisLines({ role, lines, problem }: Diagnosis): string[] {
  return [
    `${role}:`,
    ...(problem === undefined ? [] : [`  not known: ${problem}`]),
    ...lines.map((line) => `  ${line}`),
  ];
}
