import { NODE_PATHS } from "pairctl/contract";
import type { Node } from "../nodes/node.ts";
import { PAIRCTL_SERVICE, UNITS } from "../nodes/node-paths.ts";

/** What a fault and its healing must leave on a node as it was: lines by kind, in order. */
export type Inventory = Readonly<Record<string, readonly string[]>>;

/** Each prints lines; what changes from one moment to the next by itself is not among them. */
const KINDS: Readonly<Record<string, string>> = {
  "failed units": "systemctl list-units --failed --plain --no-legend --no-pager | cut -d' ' -f1",
  "enabled units": `for unit in ${UNITS.join(" ")}; do echo "$unit $(systemctl is-enabled $unit 2>&1)"; done`,
  "active timers and services": `for unit in ${UNITS.filter((unit) => unit !== PAIRCTL_SERVICE).join(" ")}; do echo "$unit $(systemctl is-active $unit)"; done`,
  "keepalived's processes": "pgrep -x -c keepalived",
  "waiting for a lock": "pgrep -x -c flock",
  "stopped processes": "ps -eo stat=,comm= | grep ^T",
  "files in /run": `ls -d ${NODE_PATHS.statePrefix}* | grep -v -e 'credentials$' -e '[0-9]$' -e 'done$' -e 'instance-id$'`,
  configuration: "cd /etc && find keepalived pairctl systemd/system -type f -exec sha256sum {} + | sort -k2",
  "the pair's programs": `find ${NODE_PATHS.libexec} ${NODE_PATHS.command} -type f -exec sha256sum {} + | sort -k2`,
};

/** Takes stock of a node that is up. @throws where it does not answer */
export async function takeInventory(node: Node): Promise<Inventory> {
  const script = Object.entries(KINDS).map(([kind, command]) => `echo '# ${kind}'; ( ${command} ) 2>/dev/null`);
  return parseInventory(await node.shell(`${script.join("\n")}\ntrue`, 15_000));
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

/** What is on the node now and was not before, or the other way round, one line each. */
export function compareInventories(before: Inventory, after: Inventory): string[] {
  return Object.keys({ ...before, ...after }).flatMap((kind) => {
    const [was, is] = [before[kind] ?? [], after[kind] ?? []];
    const gone = was.filter((line) => !is.includes(line));
    const added = is.filter((line) => !was.includes(line));
    if (gone.length + added.length === 0) return [];
    return [
      `${kind}: ${[...gone.map((line) => `no longer '${line}'`), ...added.map((line) => `now '${line}'`)].join(", ")}`,
    ];
  });
}
