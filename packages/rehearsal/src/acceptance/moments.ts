/** A moment of a run of the acceptance, known by what it says. */
export interface Moment {
  readonly name: string;
  /** The line that it begins with. */
  readonly line: RegExp;
  /** How long after that line, in ms. */
  readonly afterMs: number;
}

/** When a run is interrupted. */
export const MOMENTS: readonly Moment[] = [
  { name: "deploy", line: /^Deploying/, afterMs: 15_000 },
  { name: "boot", line: /^Waiting for the nodes/, afterMs: 4_000 },
  { name: "stop", line: /^ {2}stop: /, afterMs: 1_500 },
  { name: "crash", line: /^ {2}crash: /, afterMs: 1_500 },
  { name: "destroy", line: /^Destroying/, afterMs: 2_000 },
];
