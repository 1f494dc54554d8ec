import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { isRunning, processSpace } from "../../../process-space/src/process-space.ts";

/** How the folders of this process's space begin: other machines and containers may share the place. */
const PREFIX = `pair-plan-${processSpace()}-`;

/**
 * Gives a folder of its own for a plan, which holds all that the state does, and takes it away again. A command that was
 * killed could not: what those of this user have left behind is taken away first.
 */
export async function withPlanFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  removeAbandoned();
  const folder = mkdtempSync(join(tmpdir(), `${PREFIX}${process.pid}-`));
  try {
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function removeAbandoned(): void {
  for (const name of readdirSync(tmpdir())) {
    const pid = name.startsWith(PREFIX) ? /^(\d+)-/.exec(name.slice(PREFIX.length))?.[1] : undefined;
    if (pid === undefined || isRunning(Number(pid))) continue;
    const folder = join(tmpdir(), name);
    const owner = statSync(folder, { throwIfNoEntry: false })?.uid;
    if (owner === userInfo().uid) rmSync(folder, { recursive: true, force: true });
  }
}
