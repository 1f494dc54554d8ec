import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { Leftover } from "./leftover.ts";

/** Where systemd's hierarchy is: version 1 has one for it by name, version 2 one for all. */
const ROOTS = ["/sys/fs/cgroup/systemd", "/sys/fs/cgroup"];

/**
 * Makes a cgroup for a run's nodes, which the kernel does not remove with their namespaces.
 *
 * @returns undefined where this machine has no hierarchy for it
 */
export function makeCgroup(): Leftover | undefined {
  const root = ROOTS.find((folder) => existsSync(join(folder, "cgroup.procs")));
  if (root === undefined) return undefined;
  const path = join(root, `rehearsal-${process.pid}`);
  mkdirSync(path);
  return new Leftover(path, "cgroup");
}
