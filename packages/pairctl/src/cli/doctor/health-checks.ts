import { NODE_PATHS } from "../../contract/index.ts";
import type { Finding, Subject } from "./check.ts";

/** A vrrp_script of keepalived's configuration: its name, and what keepalived runs. */
const VRRP_SCRIPT = /^\s*vrrp_script\s+(\S+)\s*\{[^}]*?\bscript\s+"?([^"\n]+?)"?\s*$/gm;

/**
 * What is wrong with keepalived's health checks. Ours are run as keepalived runs them; of the user's own, which may do
 * more than look, only the program is looked for.
 */
export function healthChecks({ conf, host }: Subject): Finding {
  const problems: string[] = [];
  conf.replace(VRRP_SCRIPT, (block, name: string, command: string) => {
    const isOurs = command.startsWith(NODE_PATHS.libexec);
    const { status, stdout } = host.shell(isOurs ? `timeout 10 ${command}` : `command -v ${command.split(" ")[0]}`);
    // 126 and 127 are what a shell says of a program that it may not execute, or does not find.
    const how = isOurs && status !== 126 && status !== 127 ? "fails" : "cannot be executed";
    if (status !== 0) problems.push(`${name} ${how}: status ${status} ${stdout.trim()}`);
    return block;
  });
  return problems.join("; ") || undefined;
}
