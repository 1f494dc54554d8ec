import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import type { AgentCommand, AgentOutcome } from "local-cloud";

/** What the agent's unit leaves for as long as it runs, below a node's root. */
const RUNNING_MARK = "run/tat_agent";

/** The agent's unit: it is enabled on the public images, and runs from early in the boot to the shutdown. */
export const AGENT_UNIT = `[Unit]
After=network.target
[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/bin/touch /${RUNNING_MARK}
ExecStop=/bin/rm -f /${RUNNING_MARK}
`;

/** Where the scripts are while they run, below a node's root: not in a file system that only the running node has. */
const SCRIPTS = "var/lib/tat_agent";

/** A machine that an agent is on, as far as the agent needs it. */
export interface AgentHost {
  /** Its init; undefined where it is down. */
  readonly init: number | undefined;
  /** A file that only the running machine has. */
  readRuntime(path: string): object | undefined;
  /** Writes a file to its disk. */
  write(path: string, content: string): void;
  /** Removes a file from its disk. */
  remove(path: string): void;
  /** What runs a command on it; undefined where it is down. */
  entering(command: readonly string[]): readonly string[] | undefined;
}

/** What the status is of a script that could not be started: the agent's own checks come before it runs. */
const NOT_STARTED = 250;

/** What a shell says of coreutils' timeout, which has killed the script and, as its last act, itself. */
const KILLED = 137;

/**
 * The steps of the vendor's agent: the user and the folder must exist; the script is a file that is executed by a shell
 * that has read the user's profile, in a process group of its own, which is killed when its time is over; what it writes
 * to standard error goes to standard output. Arguments: script, user, folder, seconds.
 */
const START = `
home=$(getent passwd "$2" | cut -d: -f6)
[ -n "$home" ] || { echo "UserNotExists: user \\\`$2\\\` not exists"; exit ${NOT_STARTED}; }
cd "$3" 2>/dev/null || { echo "DirectoryNotExists: working_directory \\\`$3\\\` not exists"; exit ${NOT_STARTED}; }
chmod 755 "$1"
export HOME="$home" USER="$2" LOGNAME="$2" USERNAME="$2" SHELL=/bin/bash TERM=xterm-color
run='. /etc/profile 2>/dev/null; . ~/.bash_profile 2>/dev/null || . ~/.bashrc 2>/dev/null; "$0"'
[ "$2" = "$(id -un)" ] || as="setpriv --reuid $2 --regid $(id -g "$2") --init-groups"
exec timeout --signal=KILL "$4" $as bash -c "$run" "$1" 2>&1
`;

/** The automation agent (TAT) of a node: enters it as the vendor's agent, which is a program on it, would run there. */
export class AutomationAgent {
  constructor(private readonly host: AgentHost) {}

  /** Whether the node has booted as far as its agent, and has not shut it down again. */
  get isOnline(): boolean {
    return this.host.init !== undefined && this.host.readRuntime(RUNNING_MARK) !== undefined;
  }

  /** Runs a command on the node to its end. */
  async run({ script, username, workingDirectory, timeoutS }: AgentCommand): Promise<AgentOutcome> {
    const { host } = this;
    const { init } = host;
    const path = `${SCRIPTS}/${randomUUID()}.sh`;
    const start = ["bash", "-c", START, "tat_agent", `/${path}`, username, workingDirectory, String(timeoutS)];
    const command = host.entering(start);
    if (command === undefined) return { kind: "lost" };
    host.write(path, script);
    try {
      const begun = performance.now();
      const { status, output } = await toItsEnd(command);
      const tookS = (performance.now() - begun) / 1000;
      if (status === NOT_STARTED) return { kind: "not started", reason: output.toString().trim() };
      if (host.init !== init) return { kind: "lost" };
      if ((status ?? KILLED) === KILLED && tookS >= timeoutS) return { kind: "timed out", output };
      if (status === undefined) return { kind: "lost" };
      return { kind: "exited", exitCode: status, output };
    } finally {
      host.remove(path);
    }
  }
}

/** Runs a command; its status is undefined where a signal has ended it, which is what happens as a node goes down. */
function toItsEnd([command = "", ...args]: readonly string[]): Promise<{ status: number | undefined; output: Buffer }> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ["ignore", "pipe", "ignore"] });
    const chunks: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.once("error", reject);
    child.once("close", (status) => resolve({ status: status ?? undefined, output: Buffer.concat(chunks) }));
  });
}
