import { NODE_PATHS, SCRIPTS, SETUP_PATHS } from "pairctl/contract";
import type { Awaited } from "../machine/wait.ts";
import type { Node } from "../nodes/node.ts";
import { UNITS } from "../nodes/node-paths.ts";

/** What a fault and its healing must leave on a node as it was: lines by kind, in order. */
export type Inventory = Readonly<Record<string, readonly string[]>>;

const FAILED = "failed units";

/** No run, and no script of keepalived's, lasts so many seconds. */
const RUN_LIMIT_S = 30;

/** Each prints lines; what changes from one moment to the next by itself is not among them. */
const KINDS: Readonly<Record<string, string>> = {
  [FAILED]: "systemctl list-units --failed --plain --no-legend --no-pager | cut -d' ' -f1",
  "enabled units": `for unit in ${UNITS.join(" ")}; do echo "$unit $(systemctl is-enabled $unit 2>&1)"; done`,
  "active timers and services": `for unit in ${UNITS.join(" ")}; do echo "$unit $(systemctl is-active $unit)"; done`,
  // Whose parent is the init: others are forked for a moment each, and one more here was left behind by its parent.
  "keepalived's processes": "pgrep -x -c -P 1 keepalived",
  "waiting for a lock": "pgrep -x -c flock",
  "stopped processes": "ps -eo stat=,comm= | grep ^T",
  // ps says a huge number of what has begun just now. The agent is there for good.
  "runs that do not end": `ps -eo etimes=,args= | awk '$1 > ${RUN_LIMIT_S} && $1 < 1e9' | grep -v ' agent$' | grep -o -F -e ${NODE_PATHS.command} -e ${SCRIPTS}/ -e ${NODE_PATHS.libexec}/`,
  "files in /run": `ls -d ${NODE_PATHS.statePrefix}* | grep -v -e 'credentials$' -e 'instance-id$' -e 'told$' -e 'endpoint$' -e 'yield$' -e 'pauses$'`,
  configuration:
    "cd / && find etc/keepalived etc/pairctl etc/systemd/system run/systemd/system -type f -exec sha256sum {} + | sort -k2",
  "the pair's programs": `find ${NODE_PATHS.libexec} ${SCRIPTS} ${NODE_PATHS.command} -type f -exec sha256sum {} + | sort -k2`,
  "Node.js": "stat -L -c '%n %s' $(command -v node)",
  "setup's marks": `ls ${SETUP_PATHS.setupState}`,
};

/** The kinds of things that stock is taken of. */
export const INVENTORY_KINDS: readonly string[] = Object.keys(KINDS);

/** Shell that prints a section for each kind. */
export const INVENTORY_SCRIPT = Object.entries(KINDS)
  .map(([kind, command]) => `echo "# ${kind}"; ( ${command} ) 2>/dev/null`)
  .concat("true")
  .join("\n");

/** Takes stock of a node that is up. @throws where it does not answer */
export async function takeInventory(node: Node): Promise<Inventory> {
  return parseInventory(await node.shell(INVENTORY_SCRIPT, 15_000));
}

/** A setup that was interrupted tries again after 10 s, and asks the doctor for up to 15 s. */
const AS_BEFORE_BUDGET_MS = 30_000;

/**
 * The node as it was before, in all that stock is taken of.
 *
 * @param mayFail units that may have failed meanwhile
 */
export function sameInventory(node: Node, before: Inventory, mayFail: readonly string[] = []): Awaited<true> {
  return {
    what: `the ${node.role} as it was before`,
    budgetMs: AS_BEFORE_BUDGET_MS,
    everyMs: 2_000,
    look: async () => {
      const lines = compareInventories(before, await takeInventory(node), mayFail);
      return lines.length === 0 ? { found: true } : { seen: lines.join("; ") };
    },
  };
}

/** Reads sections that begin with `# kind`. */
export function parseInventory(text: string): Inventory {
  const [, ...sections] = text.split(/^# /m);
  return Object.fromEntries(
    sections.map((section) => {
      const [kind = "", ...lines] = section.split("\n");
      return [kind, lines.filter((line) => line !== "")];
    }),
  );
}

/**
 * What is on the node now and was not before, or the other way round, one line each.
 *
 * @param mayFail units that may have failed meanwhile
 */
export function compareInventories(before: Inventory, after: Inventory, mayFail: readonly string[]): string[] {
  return Object.keys({ ...before, ...after }).flatMap((kind) => {
    const [was, is] = [before[kind] ?? [], after[kind] ?? []];
    // A unit that has failed before and is well now is no damage.
    const gone = kind === FAILED ? [] : was.filter((line) => !is.includes(line));
    const added = is.filter((line) => !was.includes(line) && !(kind === FAILED && mayFail.includes(line)));
    if (gone.length + added.length === 0) return [];
    return [
      `${kind}: ${[...gone.map((line) => `no longer '${line}'`), ...added.map((line) => `now '${line}'`)].join(", ")}`,
    ];
  });
}
