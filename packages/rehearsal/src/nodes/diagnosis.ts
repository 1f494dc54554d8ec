import { NODE_PATHS } from "pairctl/contract";
import { failingChecks } from "./health-checks.ts";
import type { Node } from "./node.ts";
import { SETUP_SERVICE } from "./node-paths.ts";

/** What a diagnosis needs of a node. */
export type DiagnosedNode = Pick<Node, "role" | "isUp" | "read" | "exec" | "console" | "bootLog">;

const OUTPUT_LOG = "var/log/cloud-init-output.log";

/** Why a node does not do what it should, as far as it can be seen: the first line is what to look at first. */
export async function diagnose(node: DiagnosedNode): Promise<string[]> {
  if (!node.isUp)
    return [`it is down; its console said last: ${lastLines(node.console(), 3).join(" | ") || "nothing"}`];
  const log = node.read(OUTPUT_LOG) ?? "";
  const [running, checks, setup, configuration] = await Promise.all([
    runningCommands(node),
    failingChecks(node),
    setupsLastWord(node),
    configurationErrors(node),
  ]);
  const causes = [
    ...userDataErrors(node),
    ...packageErrors(log),
    ...scriptErrors(log),
    ...running,
    ...configuration,
    ...checks,
  ];
  return causes.length > 0 ? causes : [...setup, ...otherErrors(node)];
}

/** That cloud-init cannot read the user data: it warns that this is no kind of user data that it knows. */
export function userDataErrors(node: Pick<DiagnosedNode, "read">): string[] {
  const log = node.read("var/log/cloud-init.log") ?? "";
  if (!/Unhandled non-multipart \(text\/x-not-multipart\) userdata/.test(log)) return [];
  return [
    "cloud-init cannot read the user data, which is gzip: the cloud has not delivered it byte for byte; boot an image " +
      "that pairctl, keepalived and their files are part of, and say so to the authors",
  ];
}

/** What apt and dpkg found fault with. */
export function packageErrors(log: string): string[] {
  const lines = [...log.matchAll(/^(?:E: .*|dpkg: error .*|No match for argument: .*)$/gm)].map(([line]) => line);
  // These say only that there was something before.
  const telling = lines.filter((line) => !/^E: (Sub-process|The repository|Some index files)/.test(line));
  return [...new Set(telling)].map((line) => `a package could not be installed: ${line}`);
}

/** What the shell found fault with in a script of cloud-init's, such as `runcmd`. */
export function scriptErrors(log: string): string[] {
  const lines = [...log.matchAll(/^\/var\/lib\/cloud\/instance\/scripts\/(\S+): (?:line )?(\d+): (.+)$/gm)];
  return [...new Set(lines.map(([, script, line, said]) => `line ${line} of ${script} fails: ${said}`))];
}

/** The commands of the boot's scripts that have not ended: those that no other command of theirs waits for. */
async function runningCommands(node: DiagnosedNode): Promise<string[]> {
  const { stdout } = await node.exec(["ps", "-eo", "pid=,ppid=,etimes=,args="]);
  return hangingCommands(stdout);
}

/** The same, of what `ps -eo pid=,ppid=,etimes=,args=` says. */
export function hangingCommands(processes: string): string[] {
  const all = processes.split("\n").flatMap((line) => {
    const [, pid, ppid, seconds, command] = /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(.+)$/.exec(line) ?? [];
    return command === undefined ? [] : [{ pid, ppid, seconds, command: command.trim() }];
  });
  const ofScript = (pid: string | undefined): boolean => {
    const found = all.find((each) => each.pid === pid);
    return found !== undefined && (/\/var\/lib\/cloud\/\S*\/scripts\//.test(found.command) || ofScript(found.ppid));
  };
  return all
    .filter(({ pid }) => ofScript(pid) && !all.some(({ ppid }) => ppid === pid))
    .map(({ command, seconds }) => `the first boot waits for '${command}', for ${seconds} s by now`);
}

/** What the setup misses, by its own word. */
async function setupsLastWord(node: DiagnosedNode): Promise<string[]> {
  const { stdout } = await node.exec(["journalctl", "-u", SETUP_SERVICE, "-o", "cat", "--no-pager", "-n", "200"]);
  if (!stdout.includes("pairctl-setup") && node.read("var/lib/cloud/data/result.json") !== undefined)
    return ["the setup of the pair was never begun: a command before it has ended the script of 'runcmd'"];
  const word = [...stdout.matchAll(/^keepalived pair: (this node is NOT set up.*)$/gm)].at(-1)?.[1];
  return word === undefined ? [] : [word];
}

/** What keepalived finds fault with in its configuration. */
async function configurationErrors(node: DiagnosedNode): Promise<string[]> {
  const { status, stdout, stderr } = await node.exec(["keepalived", "-t", "-f", NODE_PATHS.keepalivedConf]);
  if (status === 0 || status === undefined) return [];
  const text = `${stdout}\n${stderr}`;
  // keepalived before 1.4 has no such test.
  if (/^Usage:|invalid option/m.test(text)) return [];
  const said = lastLines(text, 5).join(" | ");
  return status === 127
    ? ["keepalived is not installed"]
    : [`keepalived refuses ${NODE_PATHS.keepalivedConf}: ${said}`];
}

/** What cloud-init has warned of. */
function otherErrors(node: DiagnosedNode): string[] {
  const log = node.read("var/log/cloud-init.log") ?? "";
  const lines = [...log.matchAll(/^.* - \S+\[(?:WARNING|ERROR)\]: (.+)$/gm)].map(
    ([, said]) => `cloud-init warns: ${said}`,
  );
  return [...new Set(lines)].slice(-5);
}

const lastLines = (text: string, count: number) => text.trim().split("\n").slice(-count);

/**
 * Tells what has gone wrong: its causes first, what has been seen, and the end of a node's boot log.
 *
 * @param seen what has gone wrong, as it was seen from outside
 */
export async function withCauses(seen: string, nodes: readonly DiagnosedNode[]): Promise<string> {
  const causes = await Promise.all(nodes.map(async (node) => ({ role: node.role, lines: await diagnose(node) })));
  const told = tellCauses(causes);
  const [node] = nodes.filter(({ role }) => causes.some((each) => each.role === role && each.lines.length > 0));
  if (node === undefined) return seen;
  const log = node.bootLog().split("\n");
  return [...told, `seen: ${seen}`, `the end of the ${node.role}'s boot log:`, ...log.map((line) => `  ${line}`)].join(
    "\n    ",
  );
}

/** Causes with the nodes that they are found on, each told once. */
export function tellCauses(causes: readonly { readonly role: string; readonly lines: readonly string[] }[]): string[] {
  const lines = [...new Set(causes.flatMap((each) => each.lines))];
  return lines.map((line) => {
    const roles = causes.filter((each) => each.lines.includes(line)).map(({ role }) => role);
    const where = roles.length === causes.length && roles.length > 1 ? "both nodes" : `the ${roles.join(" and the ")}`;
    return `on ${where}: ${line}`;
  });
}
