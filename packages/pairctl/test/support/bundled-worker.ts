import { Worker } from "node:worker_threads";

/** Does jobs one after the other in a thread of its own: what runs there answers each message with one report. */
export class BundledWorker<Job, Report> {
  readonly #worker: Worker;

  /** @param code all of it in one file, see {@link bundleWorker} */
  constructor(code: string) {
    this.#worker = new Worker(code, { eval: true, resourceLimits: { maxOldGenerationSizeMb: 8000 } });
  }

  /** @throws where the job itself fails; what it finds is in its report */
  run(job: Job): Promise<Report> {
    return new Promise((resolve, reject) => {
      const done = (settle: () => void) => {
        this.#worker.off("message", succeed).off("error", fail);
        settle();
      };
      const succeed = (report: Report) => done(() => resolve(report));
      const fail = (error: unknown) => done(() => reject(error));
      this.#worker.on("message", succeed).on("error", fail);
      this.#worker.postMessage(job);
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#worker.terminate();
  }
}

/** Does something for each item, so many at a time, each with a place of its own: from 0 to that number, less one. */
export async function inThreads<Item>(
  items: readonly Item[],
  threads: number,
  act: (item: Item, place: number) => Promise<void>,
): Promise<void> {
  const rest = [...items];
  const work = async (_: unknown, place: number) => {
    for (let item = rest.shift(); item !== undefined; item = rest.shift()) await act(item, place);
  };
  await Promise.all(Array.from({ length: threads }, work));
}
