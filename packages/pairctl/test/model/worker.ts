import { parentPort } from "node:worker_threads";
import { HA_VIP_SCHEDULES } from "./ha-vip-schedules.ts";
import { PRIVATE_IP_SCHEDULES } from "./private-ip-schedules.ts";
import { runSeeds } from "./schedules.ts";

/** Some of the seeds of a schedule. */
export interface Job {
  /** Which one: its place among all. */
  readonly schedule: number;
  readonly from: number;
  readonly count: number;
}

/** What came of it. */
export interface Report {
  /** The seed that failed, and what happened there. */
  readonly failure?: string;
  /** The simulated time of all of them; 0 where one failed. */
  readonly simulatedMs: number;
}

/** All schedules of both mechanisms. */
export const SCHEDULES = [...PRIVATE_IP_SCHEDULES, ...HA_VIP_SCHEDULES];

parentPort?.on("message", (job: Job) => void run(job).then((report) => parentPort?.postMessage(report)));

async function run({ count, from, schedule }: Job): Promise<Report> {
  const { options, run: runSchedule } = SCHEDULES[schedule] as (typeof SCHEDULES)[number];
  try {
    return { simulatedMs: await runSeeds(count, runSchedule, options, from) };
  } catch (error) {
    return { failure: (error as Error).message, simulatedMs: 0 };
  }
}
