/** A time from the fault for people to read: `+3.7 s`, `-200 ms`. */
export function showOffset(ms: number): string {
  if (Math.round(ms) === 0) return "0";
  return `${ms < 0 ? "-" : "+"}${showDuration(Math.abs(ms))}`;
}

/** A duration for people to read: `80 ms`, `3.7 s`. */
export function showDuration(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  return `${Number((ms / 1_000).toFixed(ms < 100_000 ? 1 : 0))} s`;
}
