import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";

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
    kind: keyof typeof REMOVAL,
  ) {
    this.#sweeper = spawn("sh", ["-c", SWEEPER(kind), "sweeper", path], {
      cwd: "/",
      detached: true,
      stdio: ["pipe", "ignore", "inherit"],
    });
  }

  /** Removes the folder now. */
  async [Symbol.asyncDispose](): Promise<void> {
    const end = once(this.#sweeper, "exit");
    this.#sweeper.stdin?.end();
    await end;
  }
}
