import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PrerequisitesError } from "./prerequisites.ts";

/** Keeps a folder to one process: each of two would write its own state over the other's. */
export class FolderLock implements Disposable {
  readonly #file: string;

  /** @throws PrerequisitesError if another process has it */
  constructor(folder: string) {
    this.#file = join(folder, "lock");
    if (this.#take()) return;
    const owner = Number(readFileSync(this.#file, "utf8"));
    if (isAlive(owner)) {
      throw new PrerequisitesError(`${folder} is in use by process ${owner}: end it first, or wait until it is done.`);
    }
    // It was killed before it could let go.
    rmSync(this.#file);
    if (!this.#take()) throw new PrerequisitesError(`${folder} is in use by another process: try again.`);
  }

  #take(): boolean {
    try {
      writeFileSync(this.#file, String(process.pid), { flag: "wx" });
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
      throw error;
    }
  }

  [Symbol.dispose](): void {
    rmSync(this.#file, { force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
