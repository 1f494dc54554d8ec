import { createHash } from "node:crypto";
import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";

/** What Linux tells of it; elsewhere there are no containers of its kind, and the host name has to do. */
const LINUX = [
  () => readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim(),
  () => readlinkSync("/proc/self/ns/pid"),
];

/**
 * Where the ids of processes mean what they mean to this process, as a word: this machine since it was booted, and in it the
 * container. Two containers, or two machines, may have one host name and number their processes alike.
 */
export function processSpace(): string {
  const known = [hostname(), ...LINUX.map((look) => orNothing(look))].join(" ");
  return `s${createHash("sha256").update(known).digest("hex").slice(0, 8)}`;
}

function orNothing(look: () => string): string {
  try {
    return look();
  } catch {
    return "";
  }
}

/** Whether a process of this space runs, whoever's it is. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It runs as somebody else.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
