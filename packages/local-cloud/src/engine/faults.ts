/** What becomes of a task that its action was answered with success for. */
export type TaskFault = "fails" | "never ends";

/** How the names of actions begin that change nothing. */
const READS = /^(Describe|Get|List)/;

/** What goes wrong, and when. At least one of the members after `message` and `code` must be given. */
export interface Fault {
  /** An action's name, `*` for every action of the API, or `metadata` for the metadata service. */
  readonly action: string;
  /** For how many calls; `Infinity` until cleared. @default 1 */
  readonly count?: number;
  /** Answer with this error code. */
  readonly code?: string;
  /** @default - a message that says that the fault was asked for */
  readonly message?: string;
  /** Answer with this status and a body that is not JSON. */
  readonly httpStatus?: number;
  /** Answer this much later, in ms. */
  readonly delayMs?: number;
  /** Close the connection instead of answering. */
  readonly dropConnection?: boolean;
  /** Never answer, and keep the connection. */
  readonly hang?: boolean;
  /** What the task comes to that the action starts; its answer is what it always is. Excludes the others. */
  readonly task?: TaskFault;
  /**
   * For this long, in ms, reads answer what was so when the fault was put in place. `action` is one that reads, or `*`
   * for all of them. Excludes the others, and is over by time, not by count.
   */
  readonly staleMs?: number;
  /** Carry the call out first, so that only its answer is lost or wrong. @default false */
  readonly after?: boolean;
}

/** Faults that wait for their calls. `State` is whatever the calls are answered from. */
export class Faults<State extends object = object> {
  readonly #pending: { fault: Fault; left: number }[] = [];
  #stale: { fault: Fault; state: State; until: number }[] = [];

  /**
   * @param state what stale reads are taken from
   * @param now Unix time in ms
   */
  constructor(
    private readonly state: State,
    private readonly now: () => number,
  ) {}

  /** @throws Error if the fault would do nothing or never */
  add(fault: Fault): void {
    const { action, count = 1, code, httpStatus, delayMs, dropConnection, hang, task, staleMs } = fault;
    if (!(count >= 1)) throw new Error(`'count' must be at least 1, got ${count}`);
    checkTypes(fault);
    const answer = [code, httpStatus, delayMs].some((member) => member !== undefined) || dropConnection || hang;
    if (!answer && task === undefined && staleMs === undefined) {
      throw new Error(
        "a fault needs 'code', 'httpStatus', 'delayMs', 'dropConnection', 'hang', 'task' or 'staleMs', got none of them",
      );
    }
    if (staleMs !== undefined) {
      if (answer || task !== undefined) throw new Error("'staleMs' goes with no other kind of fault: add two");
      if (!(staleMs > 0)) throw new Error(`'staleMs' must be above 0, got ${staleMs}`);
      if (action !== "*" && !READS.test(action)) throw new Error(`'staleMs' is for actions that read, got '${action}'`);
      this.#stale.push({ fault, state: structuredClone(this.state), until: this.now() + staleMs });
      return;
    }
    if (answer && task !== undefined) throw new Error("'task' goes with no other kind of fault: add two");
    if (fault.action === "metadata" && task !== undefined) throw new Error("the metadata service has no tasks");
    if (fault.action === "metadata" && code !== undefined) {
      throw new Error(`the metadata service has no error codes, got '${code}': use 'httpStatus'`);
    }
    this.#pending.push({ fault, left: count });
  }

  /** Takes back every fault that has not run out. */
  clear(): void {
    this.#pending.length = 0;
    this.#stale = [];
  }

  /** The faults that have not run out, with the number of calls that they are good for. */
  get pending(): readonly (Fault & { readonly count: number })[] {
    const stale = this.#stale.filter(({ until }) => until > this.now());
    return [
      ...this.#pending.map(({ fault, left }) => ({ ...fault, count: left })),
      ...stale.map(({ fault }) => ({ ...fault, count: Infinity })),
    ];
  }

  /** The past state that this action reads; undefined: it reads the present one, or does not only read. */
  staleState(action: string): State | undefined {
    this.#stale = this.#stale.filter(({ until }) => until > this.now());
    return this.#stale.find(({ fault }) => READS.test(action) && [action, "*"].includes(fault.action))?.state;
  }

  /**
   * The fault for this call, which uses it up once. The oldest goes first.
   *
   * @param names - the names under which the call can be meant
   */
  take(...names: readonly string[]): Fault | undefined {
    return this.#take(({ action, task }) => task === undefined && names.includes(action));
  }

  /** What becomes of the task that this action starts; uses a fault up as `take` does. */
  takeTask(action: string): TaskFault | undefined {
    return this.#take((fault) => fault.task !== undefined && [action, "*"].includes(fault.action))?.task;
  }

  #take(isMeant: (fault: Fault) => boolean): Fault | undefined {
    const index = this.#pending.findIndex(({ fault }) => isMeant(fault));
    const entry = this.#pending[index];
    if (!entry) return undefined;
    entry.left -= 1;
    if (entry.left <= 0) this.#pending.splice(index, 1);
    return entry.fault;
  }
}

/** Faults come as JSON, too. */
function checkTypes({ code, httpStatus, delayMs, task }: Fault): void {
  if (code !== undefined && typeof code !== "string") throw new Error(`'code' must be a string, got ${String(code)}`);
  if (httpStatus !== undefined && !(Number.isInteger(httpStatus) && httpStatus >= 200 && httpStatus <= 599)) {
    throw new Error(`'httpStatus' must be from 200 to 599, got ${httpStatus}`);
  }
  if (delayMs !== undefined && !(Number.isFinite(delayMs) && delayMs >= 0)) {
    throw new Error(`'delayMs' must be a number of ms, got ${delayMs}`);
  }
  if (task !== undefined && task !== "fails" && task !== "never ends") {
    throw new Error(`'task' must be 'fails' or 'never ends', got ${String(task)}`);
  }
}
