import { spawnSync } from "node:child_process";

/** The id of a process that has ended. */
export const endedPid = (): number => spawnSync("true").pid;
