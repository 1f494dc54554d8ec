import type { ChildProcess } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { initOf } from "../nodes/container.ts";
import { asRootOfTheNode } from "../nodes/node-environment.ts";

/** The commands that enter the nodes of a pair that was kept, as seen from this machine. */
export function enteringCommands(lab: ChildProcess): string[] {
  const nspawns = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => ({ pid: Number(pid), machine: machineOf(pid) }))
    .filter(({ pid, machine }) => machine !== undefined && descends(pid, lab.pid ?? 0));
  return nspawns.map(({ pid, machine }) => {
    const enter = `nsenter --target ${initOf(pid)} --mount --uts --ipc --pid --net --root --wd`;
    return `the ${machine}: ${enter} -- ${asRootOfTheNode({ TERM: "$TERM" }).join(" ")} bash -l`;
  });
}

function machineOf(pid: string): string | undefined {
  const [command, ...args] = read(`/proc/${pid}/cmdline`).split("\0");
  if (!command?.endsWith("systemd-nspawn")) return undefined;
  return args.find((arg) => arg.startsWith("--machine="))?.slice("--machine=".length);
}

function descends(pid: number, ancestor: number): boolean {
  for (let current = pid; current > 1;) {
    if (current === ancestor) return true;
    current = Number(/^PPid:\t(\d+)/m.exec(read(`/proc/${current}/status`))?.[1] ?? 0);
  }
  return false;
}

function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
