import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { isRunning, processSpace } from "../../process-space/src/process-space.ts";
import { type Snapshot, SnapshotError } from "./snapshot.ts";

/** Another process uses the state file; the message says which, and what to do. */
export class StateFileInUseError extends Error {}

/**
 * A file that keeps a cloud's snapshot from one process to the next. Only one process has it at a time, since each of
 * two would write its own state over the other's; `<file>.lock` says which, and in which space its number counts.
 */
export class StateFile implements Disposable {
  readonly #file: string;
  readonly #lock: string;

  /**
   * @param file - need not exist yet; its folder must
   * @throws StateFileInUseError if another process has it
   */
  constructor(file: string) {
    this.#file = file;
    this.#lock = `${file}.lock`;
    if (this.#takeLock()) return;
    const [owner = "", space] = readFileSync(this.#lock, "utf8").split(" ");
    if (space !== processSpace()) {
      throw new StateFileInUseError(
        `${file} is in use by process ${owner} of another container, or of this machine before it was booted: end it first; where it has ended, remove ${this.#lock}.`,
      );
    }
    if (isRunning(Number(owner))) {
      throw new StateFileInUseError(`${file} is in use by process ${owner}: end it first, or wait until it is done.`);
    }
    // Its owner was killed before it could remove the lock.
    rmSync(this.#lock);
    if (!this.#takeLock()) throw new StateFileInUseError(`${file} is in use by another process: try again.`);
  }

  /**
   * What was written last; undefined: nothing yet.
   *
   * @throws SnapshotError if the file is not JSON
   */
  read(): Snapshot | undefined {
    if (!existsSync(this.#file)) return undefined;
    try {
      return JSON.parse(readFileSync(this.#file, "utf8")) as Snapshot;
    } catch (error) {
      throw new SnapshotError(`${this.#file} must be JSON that a local cloud has written: ${(error as Error).message}`);
    }
  }

  /** Replaces the file in one step, so that a reader never sees half of it. */
  write(snapshot: Snapshot): void {
    const temporary = `${this.#file}.${process.pid}`;
    writeFileSync(temporary, JSON.stringify(snapshot));
    renameSync(temporary, this.#file);
  }

  #takeLock(): boolean {
    try {
      writeFileSync(this.#lock, `${process.pid} ${processSpace()}`, { flag: "wx" });
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
      throw error;
    }
  }

  [Symbol.dispose](): void {
    rmSync(this.#lock, { force: true });
  }
}
