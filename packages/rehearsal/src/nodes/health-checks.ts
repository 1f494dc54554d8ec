import { NODE_PATHS } from "pairctl/contract";
import type { CommandResult } from "../machine/process.ts";
import { type TrackScript, trackScripts } from "../stack/track-scripts.ts";
import type { Node } from "./node.ts";

/** For the start of what runs a check. */
const GRACE_MS = 3_000;

/** What a status means that does not come from the check itself. */
const MEANING: Readonly<Record<number, string>> = {
  124: ", a time limit of its own is over",
  126: ", a program cannot be executed",
  127: ", a program is missing",
};

/** A check's end, in words; undefined where it says that the service is well. */
export function describeFailure({ timeoutSeconds }: TrackScript, result: CommandResult): string | undefined {
  const { status, stdout, stderr, timedOut } = result;
  if (status === 0) return undefined;
  // `timeout -s KILL` kills itself as well.
  if (timedOut || status === undefined) return `hangs: it has not ended after its timeout of ${timeoutSeconds} s`;
  const said = (stderr.trim() || stdout.trim()).split("\n").at(-1) ?? "";
  return `fails: status ${status}${MEANING[status] ?? ""}${said === "" ? ", without a word" : `, '${said}'`}`;
}

/**
 * Runs each check of a node once, as keepalived does.
 *
 * @returns those that fail, one line each, with what they call and what they say
 */
export async function failingChecks(node: Pick<Node, "read" | "exec">): Promise<string[]> {
  const checks = trackScripts(node.read(NODE_PATHS.keepalivedConf) ?? "");
  const failures = await Promise.all(
    checks.map(async (check) => {
      const command = ["timeout", "-s", "KILL", String(check.timeoutSeconds), ...check.script.split(" ")];
      const failure = describeFailure(check, await node.exec(command, check.timeoutSeconds * 1000 + GRACE_MS));
      return failure && `the check '${commandOf(node.read(check.script)) ?? check.script}' (${check.name}) ${failure}`;
    }),
  );
  return failures.filter((failure) => failure !== undefined);
}

/** What a script calls: its lines but the first, which names the shell. */
function commandOf(script: string | undefined): string | undefined {
  return script?.replace(/^#!.*\n/, "").trim();
}
