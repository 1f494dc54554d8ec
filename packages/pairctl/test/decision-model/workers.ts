import { Worker } from "node:worker_threads";
import { bundle } from "./bundle.ts";
import type { Mutant } from "./mutants.ts";
import type { Job, Report } from "./worker.ts";

/** Runs jobs one after the other in a thread of its own, on the function under test or on one with a broken rule. */
export class ModelWorker {
  readonly #worker: Worker;

  private constructor(code: string) {
    this.#worker = new Worker(code, { eval: true, resourceLimits: { maxOldGenerationSizeMb: 8000 } });
  }

  static async start(mutant?: Mutant): Promise<ModelWorker> {
    return new ModelWorker(await bundle(mutant));
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

/** Does something for each item, so many at a time, which is how many threads there are. */
export async function inThreads<Item>(
  items: readonly Item[],
  threads: number,
  act: (item: Item) => Promise<void>,
): Promise<void> {
  const rest = [...items];
  const work = async () => {
    for (let item = rest.shift(); item !== undefined; item = rest.shift()) await act(item);
  };
  await Promise.all(Array.from({ length: threads }, work));
}

/** Schedules that take less time than a check. */
const A_FEW = 300;

/** What catches a mutant: the name of a check, or a schedule; undefined where nothing does. */
export async function catcher(
  mutant: Mutant,
  checks: readonly string[],
  schedules: number,
): Promise<string | undefined> {
  await using worker = await ModelWorker.start(mutant);
  const few = Math.min(schedules, A_FEW);
  const jobs: readonly Job[] = [
    { kind: "schedules", from: 1, count: few },
    ...checks.map((name): Job => ({ kind: "check", name })),
    { kind: "schedules", from: 1 + few, count: schedules - few },
  ];
  for (const job of jobs) {
    const { violation } = await worker.run(job);
    if (violation !== undefined) return firstLine(violation);
  }
  return undefined;
}

function firstLine(text: string): string {
  return text.split("\n", 1)[0] as string;
}
