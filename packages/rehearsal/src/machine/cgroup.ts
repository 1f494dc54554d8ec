import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { Leftover } from "./leftover.ts";

/**
 * Where systemd's hierarchies are: version 2 alone has one for all, version 1 one for it by name, and where both are
 * mounted systemd keeps two alike. And, with version 1, the memory controller's.
 */
const ROOTS = ["/sys/fs/cgroup/unified", "/sys/fs/cgroup/systemd", "/sys/fs/cgroup", "/sys/fs/cgroup/memory"];

/** Those that this machine has. */
export const cgroupRoots = (): string[] => ROOTS.filter((folder) => existsSync(join(folder, "cgroup.procs")));

/**
 * Makes a cgroup for a lab's nodes in each of these hierarchies: the kernel removes none with their namespaces. Its name is
 * drawn by chance: process ids tell labs apart on one machine, but containers that share the machine's cgroups each count
 * their processes from 1, and one that was killed with all its processes leaves its labs' cgroups behind.
 *
 * @param prefix what the cgroup's name begins with
 */
export function makeCgroups(prefix: string): Leftover[] {
  const name = `${prefix}-${randomBytes(4).toString("hex")}`;
  return cgroupRoots().map((root) => {
    const path = join(root, name);
    mkdirSync(path);
    return new Leftover(path, "cgroup");
  });
}

/**
 * The shell command that makes a node's cgroup below its lab's, and puts the shell into it. It fails where the lab's is
 * gone: a node that starts while its lab is ended must not make it anew behind the one who removed it.
 */
export const joinCgroup = (path: string): string =>
  `{ [ -d ${path} ] || mkdir ${path}; } && echo $$ >${path}/cgroup.procs`;
