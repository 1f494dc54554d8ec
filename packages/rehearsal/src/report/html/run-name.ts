import type { RunRecord } from "../run-record.ts";

/** A run's place in the page, for links. */
export const runId = (index: number): string => `run-${index + 1}`;

/** What a run is called for people. */
export function runName({ fault, mechanism, repetition }: RunRecord): string {
  return `${fault}, ${mechanism}, run ${repetition}`;
}
