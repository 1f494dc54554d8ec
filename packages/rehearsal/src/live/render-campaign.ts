import type { CampaignState } from "./campaign-state.ts";
import { cutLine } from "./cut-line.ts";
import { renderLab, renderLastEvents } from "./render-lab.ts";
import { renderProgress } from "./render-progress.ts";

/** The size of a terminal, in characters. */
export interface TerminalSize {
  readonly columns: number;
  readonly rows: number;
}

/** More would be hard to read on a wide terminal. */
const MOST_COLUMNS = 100;
const MOST_EVENTS = 6;
/** What the view leaves to the lines that have been printed: a third of the terminal. */
const SHARE_OF_ROWS = 2 / 3;

/**
 * The live view of a campaign: each lab with its last events, as many as there is room for, and the progress at the
 * bottom. No line is wider than the terminal, and there are fewer than it has rows.
 */
export function renderCampaign(campaign: CampaignState, { columns, rows }: TerminalSize, now: number): string[] {
  // Some terminals break a line that fills the last column.
  const width = Math.min(columns - 1, MOST_COLUMNS);
  const labs = [...campaign.labs].sort(([a], [b]) => a - b);
  const blocks = labs.map(([number, lab]) => ({ lab, lines: renderLab(number, lab, width, now) }));
  const fixed = blocks.reduce((sum, { lines }) => sum + lines.length, 2);
  const room = Math.floor((rows * SHARE_OF_ROWS - fixed) / Math.max(1, labs.length));
  const events = Math.max(0, Math.min(MOST_EVENTS, room));
  const lines = [
    ...blocks.flatMap(({ lab, lines }) => [...lines, ...renderLastEvents(lab, events)]),
    "-".repeat(Math.max(0, width)),
    renderProgress(campaign, width, now),
  ];
  // On a terminal of a few rows the progress remains.
  return lines.slice(-Math.max(1, rows - 1)).map((line) => cutLine(line, width));
}
