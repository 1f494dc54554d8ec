import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { sleep } from "./process.ts";
import type { RehearsalSpec } from "./rehearse.ts";

const INSIDE = fileURLToPath(new URL("./inside.ts", import.meta.url));
const TSX = import.meta.resolve("tsx");

/** The cgroups of rehearsals: the process id of the command follows. */
const CGROUP_PREFIX = "rehearsal-";

/**
 * Runs one rehearsal in mount, process and network namespaces of its own. When its first process ends, for whatever
 * reason, the kernel ends every other one and removes every link, namespace and mount of it. What the kernel keeps,
 * the cgroups of the nodes, is removed here.
 *
 * @param interruption ends the rehearsal
 * @returns the exit status
 */
export async function runIsolated(spec: Omit<RehearsalSpec, "cgroup">, interruption: AbortSignal): Promise<number> {
  const cgroup = makeCgroup();
  const unshare = ["--mount", "--net", "--pid", "--fork", "--kill-child", "--mount-proc", "--propagation", "private"];
  const inside = [process.execPath, "--import", TSX, INSIDE, JSON.stringify({ ...spec, cgroup })];
  // Standard input stays open as long as this process lives: the inner one ends itself when it closes.
  const child = spawn("unshare", [...unshare, "--", ...inside], { stdio: ["pipe", "inherit", "inherit"] });
  interruption.addEventListener("abort", () => child.stdin.end());
  try {
    return await new Promise<number>((resolve, reject) => {
      child.once("error", reject);
      child.once("close", (status) => resolve(status ?? 1));
    });
  } finally {
    if (cgroup !== undefined) await removeCgroup(cgroup);
  }
}

/** A cgroup for the run's nodes, in the hierarchy that systemd uses: version 2, or version 1 with a name. */
function makeCgroup(): string | undefined {
  const roots = ["/sys/fs/cgroup/systemd", "/sys/fs/cgroup"];
  const root = roots.find((folder) => existsSync(join(folder, "cgroup.procs")));
  if (root === undefined) return undefined;
  for (const name of readdirSync(root)) {
    const pid = name.startsWith(CGROUP_PREFIX) ? name.slice(CGROUP_PREFIX.length) : undefined;
    // The command that made it was killed, and could not clean up behind itself.
    if (pid !== undefined && !existsSync(`/proc/${pid}`)) removeTree(join(root, name));
  }
  const cgroup = join(root, `${CGROUP_PREFIX}${process.pid}`);
  mkdirSync(cgroup);
  return cgroup;
}

/** The last processes of a killed namespace take a moment to leave their cgroups. */
async function removeCgroup(cgroup: string): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    try {
      removeTree(cgroup);
      return;
    } catch {
      await sleep(50);
    }
  }
  console.error(
    `the cgroup ${cgroup} could not be removed; it holds: ${readFileSync(join(cgroup, "cgroup.procs"), "utf8")}`,
  );
}

function removeTree(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) removeTree(join(folder, entry.name));
  }
  rmdirSync(folder);
}
