import { existsSync, readFileSync } from "node:fs";
import { writeWhole } from "../machine/write-whole.ts";
import { parseCampaign } from "../report/parse-campaign.ts";
import { CAMPAIGN_FORMAT, type CampaignRecord, type RunRecord } from "../report/run-record.ts";
import type { PlannedLab } from "./plan.ts";

/** What a campaign is before it has any runs. */
export type CampaignIdentity = Pick<
  CampaignRecord,
  "product" | "machine" | "seed" | "conditions" | "repetitions" | "planned"
>;

/** The file of a campaign cannot be used; the message says why, and what to do. */
export class CampaignFileError extends Error {}

/** The record of a campaign, which is in its file as soon as there is something new, and is always whole there. */
export class CampaignFile {
  #record: CampaignRecord;

  private constructor(
    private readonly path: string | undefined,
    record: CampaignRecord,
  ) {
    this.#record = record;
    this.#write();
  }

  /**
   * Begins a campaign's file, or goes on with one.
   *
   * @param path undefined: it is kept in memory only
   * @param labs how many labs side by side make its runs from now on
   * @param resume whether a file that is there is gone on with
   * @throws CampaignFileError where the file is there and not to be resumed, is no campaign's or another one's, or cannot
   *   be written
   */
  static open(path: string | undefined, identity: CampaignIdentity, labs: number, resume: boolean): CampaignFile {
    const now = Date.now();
    const session = { startedAt: now, endedAt: now, labs };
    const isThere = path !== undefined && existsSync(path);
    if (isThere && !resume) {
      throw new CampaignFileError(
        `'--json' must be a new file, got '${path}', which exists: go on with it by --resume, or remove it first`,
      );
    }
    const before = isThere ? readCampaign(path, identity) : { startedAt: now, sessions: [], runs: [], problems: [] };
    const { startedAt, runs, problems } = before;
    const sessions = [...before.sessions, session];
    return new CampaignFile(path, {
      format: CAMPAIGN_FORMAT,
      ...identity,
      startedAt,
      endedAt: now,
      sessions,
      problems,
      runs,
    });
  }

  /** As it is now. */
  get record(): CampaignRecord {
    return this.#record;
  }

  /** What is left of a plan when the runs that are recorded are taken out. */
  remaining(plan: readonly PlannedLab[]): PlannedLab[] {
    const made = new Set(
      this.#record.runs.map(({ mechanism, fault, repetition }) => key(mechanism, fault, repetition)),
    );
    return plan
      .map((lab) => {
        const runs = lab.runs.filter(({ fault, repetition }) => !made.has(key(lab.mechanism, fault, repetition)));
        return { ...lab, runs };
      })
      .filter(({ runs }) => runs.length > 0);
  }

  /** Adds a run. */
  addRun(run: RunRecord): void {
    this.#change({ runs: [...this.#record.runs, run] });
  }

  /** Adds what has gone wrong outside of any run. */
  addProblem(text: string): void {
    this.#change({ problems: [...this.#record.problems, text] });
  }

  #change(change: Partial<CampaignRecord>): void {
    const endedAt = Date.now();
    const { sessions } = this.#record;
    const current = sessions.slice(-1).map((session) => ({ ...session, endedAt }));
    this.#record = { ...this.#record, ...change, endedAt, sessions: [...sessions.slice(0, -1), ...current] };
    this.#write();
  }

  #write(): void {
    if (this.path === undefined) return;
    try {
      writeWhole(this.path, `${JSON.stringify(this.#record)}\n`);
    } catch (error) {
      throw new CampaignFileError(
        `'--json' must be a file that can be written, got '${this.path}': ${(error as Error).message}`,
      );
    }
  }
}

const key = (...parts: readonly (string | number)[]) => JSON.stringify(parts);

/** @throws CampaignFileError which names everything in which the file's campaign is another one */
function readCampaign(path: string, identity: CampaignIdentity): CampaignRecord {
  const found = parse(path);
  const same = (name: string, was: unknown, is: unknown) =>
    JSON.stringify(was) === JSON.stringify(is) ? [] : [`${name} was ${shown(was)}, is ${shown(is)}`];
  const conditions = identity.conditions as unknown as Record<string, unknown>;
  const before = found.conditions as unknown as Record<string, unknown>;
  const differences = [
    ...same("the product", found.product, identity.product),
    ...same("the machine", found.machine, identity.machine),
    ...same("--seed", found.seed, identity.seed),
    ...Object.keys({ ...before, ...conditions }).flatMap((name) =>
      same(OPTION_OF[name] ?? name, before[name], conditions[name]),
    ),
    ...(found.repetitions > identity.repetitions
      ? [`--runs was ${found.repetitions}, is ${identity.repetitions}, and may only grow`]
      : []),
  ];
  if (differences.length === 0) return found;
  throw new CampaignFileError(
    `'--resume' must go on with the same campaign, and '${path}' is another one's: ${differences.join("; ")}. ` +
      "Resume it as it was begun, or begin a new file",
  );
}

/** What the command line calls a condition. */
const OPTION_OF: Readonly<Record<string, string>> = {
  settings: "the settings file",
  system: "the nodes' system",
  mechanisms: "--mechanism",
  faults: "--fault",
  stableMs: "--stable-s (in ms)",
  taskMs: "--task-ms",
  arpDelayMs: "--arp-delay-ms",
  deploy: "--deploy",
  assumptions: "--assume",
};

/** Long lists are shown by their length and their beginning. */
function shown(value: unknown): string {
  if (Array.isArray(value) && value.length > 4) return `${value.slice(0, 3).join(", ")} and ${value.length - 3} more`;
  return typeof value === "string" ? `'${value}'` : (JSON.stringify(value) ?? "not there");
}

function parse(path: string): CampaignRecord {
  try {
    return parseCampaign(readFileSync(path, "utf8"));
  } catch (error) {
    throw new CampaignFileError(
      `'--resume' must go on with a campaign's file, got '${path}': ${(error as Error).message}`,
    );
  }
}
