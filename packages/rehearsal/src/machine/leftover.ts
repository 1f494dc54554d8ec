import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";

/** How each kind of folder is removed; cgroups are folders whose files cannot be. */
const REMOVAL = {
  files: 'rm -rf --one-file-system -- "$1"',
  cgroup: 'find "$1" -depth -type d -exec rmdir {} +',
} as const;

/** The last processes of a killed namespace take a moment to let go. */
const SWEEPER = (kind: keyof typeof REMOVAL) => `
  cat
  for attempt in $(seq 100); do
    [ -e "$1" ] || exit 0
    ${REMOVAL[kind]} 2>/dev/null
    sleep 0.05
  done
  [ -e "$1" ] || exit 0
  echo "$1 could not be removed" >&2`;

/**
 * A folder that must not outlive this process, however it ends.
 *
 * A shell in a session of its own waits for the end of this process, which it sees by the end of its standard input,
 * and removes the folder: a process that is killed cannot clean up behind itself.
 */
export class Leftover implements AsyncDisposable {
  readonly #sweeper: ChildProcess;

  /** @param path the folder, which is there already or will be */
  constructor(
    readonly path: string,
    private readonly kind: keyof typeof REMOVAL,
  ) {
    this.#sweeper = this.#startSweeper();
  }

  /** Removes the folder now. */
  async [Symbol.asyncDispose](): Promise<void> {
    await endOf(this.#sweeper);
    // A terminal's Ctrl-C ends a sweeper that has been started but not yet left this process's group.
    if (existsSync(this.path)) await endOf(this.#startSweeper());
  }

  #startSweeper(): ChildProcess {
    const sweeper = spawn("sh", ["-c", SWEEPER(this.kind), "sweeper", this.path], {
      cwd: "/",
      detached: true,
      stdio: ["pipe", "ignore", "inherit"],
    });
    sweeper.stdin.on("error", () => {});
    return sweeper;
  }
}

/** Lets a sweeper do its work, and waits until it is done; one that was killed is done already. */
async function endOf(sweeper: ChildProcess): Promise<void> {
  if (sweeper.exitCode !== null || sweeper.signalCode !== null) return;
  const end = once(sweeper, "exit");
  sweeper.stdin?.end();
  await end;
}
