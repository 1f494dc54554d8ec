import { type CampaignState, estimateLeftMs } from "./campaign-state.ts";
import { showClock } from "./show-clock.ts";

/** A bar shorter than this shows nothing, and a longer one nothing more. */
const BAR_COLUMNS = { least: 10, most: 40 };

/** How far a campaign is, in one line: a bar, the runs that are over and failed, the time that is gone and left. */
export function renderProgress(campaign: CampaignState, columns: number, now: number): string {
  const { planned, done, failed, startedAt } = campaign;
  const left = estimateLeftMs(campaign, now);
  const text = [
    `${done} of ${planned} ${planned === 1 ? "run" : "runs"}`,
    `${failed} failed`,
    `${showClock(now - startedAt)} elapsed`,
    ...(left === undefined || done >= planned ? [] : [showLeft(left)]),
  ].join(", ");
  const room = Math.min(BAR_COLUMNS.most, columns - text.length - "[] ".length);
  return room < BAR_COLUMNS.least ? text : `${bar(planned === 0 ? 1 : done / planned, room)} ${text}`;
}

/** Filled in proportion, and wholly only at the very end. */
function bar(share: number, columns: number): string {
  const filled = Math.floor(share * columns);
  return `[${"#".repeat(filled)}${"-".repeat(columns - filled)}]`;
}

/** An estimate has no seconds. */
function showLeft(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  if (minutes < 1) return "under 1 min left";
  return minutes < 60 ? `about ${minutes} min left` : `about ${Math.floor(minutes / 60)} h ${minutes % 60} min left`;
}
