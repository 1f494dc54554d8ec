import { type ChildProcess, type StdioOptions, spawn } from "node:child_process";
import { withImageUmask } from "./image-umask.ts";

/** How a command is isolated. */
export interface Isolation {
  /** Whether it has a network of its own: an empty one. */
  readonly ownNetwork: boolean;
  /** Ends it at once. */
  readonly interruption: AbortSignal;
  readonly stdio: StdioOptions;
  /** @default - this process's own environment */
  readonly env?: NodeJS.ProcessEnv;
}

/**
 * Starts a command in mount and process namespaces of its own. When it ends, or this process does, for whatever reason,
 * the kernel ends every process in them and removes every mount, link and network namespace. What it writes is a node's, so
 * that its umask is that of an image.
 */
export function startIsolated(
  command: readonly string[],
  { ownNetwork, interruption, stdio, env = process.env }: Isolation,
): ChildProcess {
  const namespaces = ["--mount", "--pid", "--fork", "--kill-child", "--mount-proc", "--propagation", "private"];
  if (ownNetwork) namespaces.push("--net");
  const args = ["--pdeathsig", "KILL", "unshare", ...namespaces, "--", ...command];
  const child = withImageUmask(() => spawn("setpriv", args, { stdio, env }));
  const end = () => child.kill("SIGKILL");
  interruption.addEventListener("abort", end);
  child.once("close", () => interruption.removeEventListener("abort", end));
  if (interruption.aborted) end();
  return child;
}
