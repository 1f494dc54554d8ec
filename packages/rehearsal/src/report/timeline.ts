import type { EventDetail, EventKind, TimelineEvent } from "./run-record.ts";

/** What happened when, in one list. */
export class Timeline {
  #events: TimelineEvent[] = [];

  /** @param onEvent told about each event as it is noted */
  constructor(private readonly onEvent: (event: TimelineEvent) => void = () => {}) {}

  /** Notes that something happens: now, if nothing else is said. */
  note(who: string, kind: EventKind, what: string, at: number = Date.now(), detail: EventDetail = {}): void {
    const event = { at, who, kind, what, ...detail };
    this.#events.push(event);
    this.onEvent(event);
  }

  /** The events since a moment, in order. */
  since(from: number): TimelineEvent[] {
    return this.#events.filter(({ at }) => at >= from).sort((a, b) => a.at - b.at);
  }

  /** Forgets what was before a moment. */
  forget(before: number): void {
    this.#events = this.#events.filter(({ at }) => at >= before);
  }
}

/** Events, one line each, with ms counted from `zero`. */
export function renderTimeline(events: readonly TimelineEvent[], zero: number): string[] {
  return events.map(({ at, who, what }) => `${signed(at - zero).padStart(8)} ms  ${who.padEnd(9)}  ${what}`);
}

function signed(ms: number): string {
  return `${ms < 0 ? "-" : "+"}${Math.abs(Math.round(ms))}`;
}
