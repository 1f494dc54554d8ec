import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** How the two versions of cgroups call what is used, the limit, and no limit. */
const FILES = [
  { usage: "memory.usage_in_bytes", limit: "memory.limit_in_bytes", none: "-1" },
  { usage: "memory.current", limit: "memory.max", none: "max" },
] as const;

/**
 * Leaves the processes of a cgroup so much memory beyond what they use now; undefined: as much as there is. Where they
 * want more, the kernel's OOM killer ends one of them.
 *
 * @param cgroups the folders of one cgroup in every hierarchy, whichever of them the memory controller is in
 * @throws where the memory controller is in none
 */
export function limitMemory(cgroups: readonly string[], spareBytes: number | undefined): void {
  for (const cgroup of cgroups) {
    enableController(cgroup);
    for (const { usage, limit, none } of FILES) {
      if (!existsSync(join(cgroup, limit))) continue;
      const used = Number(readFileSync(join(cgroup, usage), "utf8"));
      writeFileSync(join(cgroup, limit), spareBytes === undefined ? none : String(used + spareBytes));
      return;
    }
  }
  throw new Error(
    `the memory of a node can be limited only with the memory controller of cgroups, this machine has none`,
  );
}

/** In version 2, a cgroup has a controller only where its parent says so. */
function enableController(cgroup: string): void {
  const switches = join(dirname(cgroup), "cgroup.subtree_control");
  const controllers = join(dirname(cgroup), "cgroup.controllers");
  if (existsSync(controllers) && /\bmemory\b/.test(readFileSync(controllers, "utf8")))
    writeFileSync(switches, "+memory");
}
