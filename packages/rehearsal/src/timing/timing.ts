/** What the times of a pair derive from. */
export interface Timing {
  /** How often the MASTER sends an advert, in ms. */
  readonly advertIntMs: number;
  /** How long an asynchronous task of the cloud takes, in ms. */
  readonly taskMs: number;
}
