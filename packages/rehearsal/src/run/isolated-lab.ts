import type { ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";
import { makeCgroups } from "../machine/cgroup.ts";
import { startIsolated } from "../machine/isolation.ts";
import { eachLine } from "../machine/process.ts";
import type { LabMessage, LabSpec } from "./messages.ts";

const INSIDE = fileURLToPath(new URL("./inside.ts", import.meta.url));

/** What is wanted of a lab's process. */
export interface LabProcessOptions {
  readonly spec: Omit<LabSpec, "cgroups">;
  readonly onMessage: (message: LabMessage, process: ChildProcess) => void;
  readonly interruption: AbortSignal;
}

/** Runs a lab in namespaces of its own. @returns its process's exit status */
export async function runLab({ spec, onMessage, interruption }: LabProcessOptions): Promise<number> {
  const cgroups = makeCgroups();
  const argument = JSON.stringify({ ...spec, cgroups: cgroups.map(({ path }) => path) });
  const command = [process.execPath, "--import", import.meta.resolve("tsx"), INSIDE, argument];
  const child = startIsolated(command, {
    ownNetwork: true,
    interruption,
    stdio: ["ignore", "inherit", "inherit", "pipe"],
  });
  eachLine(child.stdio[3], (line) => onMessage(JSON.parse(line) as LabMessage, child));
  try {
    return await new Promise((resolve, reject) => {
      child.once("error", reject);
      child.once("close", (status) => resolve(status ?? 1));
    });
  } finally {
    await Promise.all(cgroups.map((cgroup) => cgroup[Symbol.asyncDispose]()));
  }
}
