import type { Mechanism } from "pairctl/contract";
import { passed, type RunRecord } from "../report/run-record.ts";
import type { LabMessage } from "../run/messages.ts";
import { bootingLab, labAfter, type LabState } from "./lab-state.ts";

/** A campaign as the live view shows it. Times are ms since the epoch. */
export interface CampaignState {
  /** How many runs are planned altogether, with those that were recorded before. */
  readonly planned: number;
  /** How many runs were recorded before this command began. */
  readonly recorded: number;
  /** How many runs are over, with those. */
  readonly done: number;
  /** How many of them did not go as they must. */
  readonly failed: number;
  /** When this command began with its runs. */
  readonly startedAt: number;
  /** When its last run was over; undefined: none is yet. */
  readonly lastRunAt: number | undefined;
  /** The labs side by side, by their number. */
  readonly labs: ReadonlyMap<number, LabState>;
}

/** What happens in a campaign, in the lab of that number. */
export type CampaignNews =
  /** A lab is started. */
  | { readonly kind: "start"; readonly lab: number; readonly mechanism: Mechanism }
  /** A lab tells something. */
  | { readonly kind: "message"; readonly lab: number; readonly message: LabMessage }
  /** A run is over, also one that came to no good end. */
  | { readonly kind: "run"; readonly lab: number; readonly record: RunRecord }
  /** A lab has ended. */
  | { readonly kind: "end"; readonly lab: number };

/** A campaign before its first lab, of which some runs may be recorded from earlier. */
export function campaignBefore(planned: number, recorded: readonly RunRecord[], at: number): CampaignState {
  const done = recorded.length;
  const failed = recorded.filter((run) => !passed(run)).length;
  return { planned, recorded: done, done, failed, startedAt: at, lastRunAt: undefined, labs: new Map() };
}

/** A campaign after something has happened in it. */
export function campaignAfter(campaign: CampaignState, news: CampaignNews, at: number): CampaignState {
  const labs = new Map(campaign.labs);
  switch (news.kind) {
    case "start":
      return { ...campaign, labs: labs.set(news.lab, bootingLab(news.mechanism, at)) };
    case "message": {
      const lab = labs.get(news.lab);
      return lab === undefined ? campaign : { ...campaign, labs: labs.set(news.lab, labAfter(lab, news.message, at)) };
    }
    case "run": {
      const failed = campaign.failed + (passed(news.record) ? 0 : 1);
      return { ...campaign, done: campaign.done + 1, failed, lastRunAt: at };
    }
    case "end":
      labs.delete(news.lab);
      return { ...campaign, labs };
  }
}

/**
 * How long the rest of a campaign will take if it goes on as this command's runs have gone, in ms.
 *
 * @returns undefined before the first of them is over
 */
export function estimateLeftMs(campaign: CampaignState, now: number): number | undefined {
  const { planned, recorded, done, startedAt, lastRunAt } = campaign;
  if (lastRunAt === undefined) return undefined;
  const perRun = (lastRunAt - startedAt) / (done - recorded);
  return Math.max(0, perRun * (planned - done) - (now - lastRunAt));
}
