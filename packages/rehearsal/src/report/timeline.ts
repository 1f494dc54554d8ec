/** Something that happened. */
export interface TimelineEvent {
  /** ms since the epoch. */
  readonly at: number;
  /** Who did it: a node, the cloud, the client. */
  readonly who: string;
  readonly what: string;
}

/** What happened when, in one list. */
export class Timeline {
  readonly #events: TimelineEvent[] = [];

  /** Notes that something happens now. */
  note(who: string, what: string, at: number = Date.now()): void {
    this.#events.push({ at, who, what });
  }

  /** The events between two moments, in order, one line each, with ms counted from `zero`. */
  render(zero: number, from: number, to: number): string[] {
    return this.#events
      .filter(({ at }) => at >= from && at <= to)
      .sort((a, b) => a.at - b.at)
      .map(({ at, who, what }) => `${signed(at - zero).padStart(8)} ms  ${who.padEnd(9)}  ${what}`);
  }
}

function signed(ms: number): string {
  return `${ms < 0 ? "-" : "+"}${Math.abs(Math.round(ms))}`;
}
