import { readFileSync } from "node:fs";
import { PrerequisitesError } from "./prerequisites.ts";

const LIMIT = "/proc/sys/fs/inotify/max_user_instances";

/** What the two nodes of a lab were seen to take is about 20; as much again is left for the rest of the machine. */
const PER_LAB = 32;

/**
 * Makes sure that the systemds of all labs get the inotify instances that they need: the kernel counts them for all
 * namespaces together, and a node that gets none does not boot, without a word of why.
 *
 * @param limit how many the kernel lets a user have
 * @throws PrerequisitesError with the command that raises the limit
 */
export function ensureInotifyInstances(labs: number, limit = Number(readFileSync(LIMIT, "utf8"))): void {
  const needed = PER_LAB * (labs + 1);
  if (limit >= needed) return;
  throw new PrerequisitesError(
    `'--labs' ${labs} takes up to ${needed} inotify instances, this machine allows ${limit}: ` +
      `sysctl fs.inotify.max_user_instances=${Math.max(512, needed)}, or fewer labs`,
  );
}
