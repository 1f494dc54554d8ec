import type { Events } from "./events.ts";
import type { TaskFault } from "./faults.ts";

/** Work that the API has accepted and not finished yet, or has finished. */
export interface Task {
  /** The RequestId of the call that started it, or a number in decimal for the tasks of EIPs. */
  taskId: string;
  action: string;
  status: "RUNNING" | "SUCCESS" | "FAILED";
  /** The addresses and EIPs that no other task may touch meanwhile. */
  locks: string[];
  /** Unix time in ms. */
  startedAt: number;
  /** Unix time in ms; absent while it runs. */
  endedAt?: number;
}

/** What a task is made of. */
export interface TaskOptions {
  /** The RequestId of the call, or a number for EIP tasks. */
  readonly taskId: string;
  readonly action: string;
  /** Keys of what nobody else may touch while it runs. */
  readonly locks: readonly string[];
  /** What has to be done beside its time's being over; it fails where this rejects. @default - nothing */
  readonly work?: Promise<unknown>;
  /** Runs when its time is over; everything it changes becomes visible at once. */
  readonly commit: () => void;
  /** Whether what it works on is still there when its time is over; else it fails. @default - it always is */
  readonly possible?: () => boolean;
  /** Runs instead if the task fails: it was started for nothing. */
  readonly undo: () => void;
}

/** Asynchronous tasks: they take their time, then commit in one step. */
export class Tasks {
  /** How long a task runs before it commits, in ms. */
  taskMs: number;
  readonly #tasks: Map<string, Task>;
  readonly #now: () => number;
  readonly #tell: (task: Task) => void;
  readonly #outcomeOf: (action: string) => TaskFault | undefined;
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #waiting: (() => void)[] = [];
  /** What ends the tasks that do not end by themselves. */
  readonly #endless: (() => void)[] = [];
  #lastNumber = 100_000_000;

  /**
   * @param tasks - by id; the tasks that are started here are added
   * @param outcomeOf - asked once for each task
   */
  constructor(
    tasks: Map<string, Task>,
    taskMs: number,
    now: () => number,
    events: Events,
    outcomeOf: (action: string) => TaskFault | undefined,
  ) {
    this.#tell = ({ taskId, action, status }) => events.emit("task", { taskId, action, status });
    this.#outcomeOf = outcomeOf;
    this.#tasks = tasks;
    this.taskMs = taskMs;
    this.#now = now;
  }

  /** The id of the next EIP task, which are numbered. */
  nextNumber(): string {
    this.#lastNumber += 1;
    return String(this.#lastNumber);
  }

  /** The first of these keys that a running task holds. */
  lockedBy(...keys: readonly string[]): string | undefined {
    for (const task of this.#tasks.values()) {
      const held = task.status === "RUNNING" && keys.find((key) => task.locks.includes(key));
      if (held) return held;
    }
    return undefined;
  }

  /** Starts a task that commits after `taskMs`; the caller has checked that nothing is locked. */
  start({ taskId, action, locks, work, commit, possible, undo }: TaskOptions): Task {
    const task: Task = { taskId, action, status: "RUNNING", locks: [...locks], startedAt: this.#now() };
    this.#tasks.set(taskId, task);
    this.#tell(task);
    const outcome = this.#outcomeOf(action);
    const end = (fails: boolean) => {
      task.endedAt = this.#now();
      task.status = fails ? "FAILED" : "SUCCESS";
      if (fails) undo();
      else commit();
      this.#tell(task);
    };
    if (outcome === "never ends") {
      work?.catch(() => undefined);
      this.#endless.push(() => end(true));
      return task;
    }
    const isOver = (workFailed: boolean) => {
      // After `stop` it never commits.
      if (!this.#timers.delete(timer)) return;
      end(outcome === "fails" || workFailed || possible?.() === false);
      if (this.#timers.size === 0) for (const resolve of this.#waiting.splice(0)) resolve();
    };
    const failed = work?.then(
      () => false,
      () => true,
    );
    const timer = setTimeout(() => {
      if (failed === undefined) isOver(false);
      else void failed.then(isOver);
    }, this.taskMs);
    this.#timers.add(timer);
    return task;
  }

  /** Gives up the tasks that never end: they fail, and what they have locked is free. */
  failEndless(): void {
    for (const fail of this.#endless.splice(0)) fail();
  }

  /** Resolves when no task runs, but for those that never end. */
  async idle(): Promise<void> {
    if (this.#timers.size > 0) await new Promise<void>((resolve) => void this.#waiting.push(resolve));
  }

  /** Tasks that still run never commit. */
  stop(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}
