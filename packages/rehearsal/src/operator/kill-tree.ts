import { readdirSync, readFileSync } from "node:fs";

/**
 * Ends a process, and all that it has started, by SIGKILL, as a power failure of the operator's machine does: nothing of
 * it gets to say or finish anything. Children in process groups of their own are ended too.
 *
 * @returns the names of the programs that were ended, that of the process first
 */
export function killTree(pid: number): string[] {
  const stopped = new Set<number>();
  // A process that is stopped starts no further one, so that none is missed once nothing new is found.
  for (let found = [pid]; found.length > 0; found = childrenOf(stopped).filter((each) => !stopped.has(each))) {
    for (const each of found) {
      stopped.add(each);
      signal(each, "SIGSTOP");
    }
  }
  const names = [...stopped].map(nameOf);
  for (const each of stopped) signal(each, "SIGKILL");
  return names;
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    // It has ended by itself.
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

function childrenOf(parents: ReadonlySet<number>): number[] {
  const pids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  return pids.map(Number).filter((pid) => parents.has(parentOf(pid)));
}

function parentOf(pid: number): number {
  // The name, in parentheses, may have anything in it: state and parent follow the last one.
  return Number(/.*\) \S+ (\d+) /s.exec(stat(pid))?.[1] ?? 0);
}

function nameOf(pid: number): string {
  return /\((.*)\)/s.exec(stat(pid))?.[1] ?? "";
}

function stat(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/stat`, "utf8");
  } catch {
    return "";
  }
}
