// The times of the protocol, in advert intervals. An election takes less than four: three adverts that do not come, and
// the skew. The waits, which are about more than adverts, count intervals of at least one second: SELF_HELP, RETAKE, HELP,
// and the two of a restart.

/** How long a word is good, from when it was asked for. */
export const FRESH = 3;

/** A word that was asked for within this time is recent: while it matters, the peer is asked more often than that. */
export const RECENT = 1;

/** The peer's adverts arrive where one has within this time: a lost one does not change that. */
export const HEARD = 3;

/** Two nodes that hear each other are both MASTER for less than this: the weaker one steps down at the next advert. */
export const PROVEN = 1;

/** How long a new MASTER has to take the address by itself before its peer hands it over. */
export const SELF_HELP = 1;

/** The MASTER is there but is not heard: no advert for so long, and a word that was asked for so long after the last one. */
export const MISSED = { adverts: 2, word: 1.2 } as const;

/** Waits that double: the first one, and how often it doubles. */
export interface Waits {
  readonly first: number;
  readonly doublings: number;
}

/** From a weaker MASTER's last attempt to its next one: 6, 12, then 24. More than an election, a task and a look. */
export const RETAKE: Waits = { first: 6, doublings: 2 };

/** How long a silent peer that seems to be MASTER is without the address until it is helped: 5, 10, then 20. More than an election. */
export const HELP: Waits = { first: 5, doublings: 2 };

/** How long a BACKUP knows of no MASTER until keepalived is restarted: three elections, 12, 24, 48, then 96. */
export const RESTART: Waits = { first: 12, doublings: 3 };

/** The same where keepalived certainly hears nothing, since it has lost its interface. */
export const RESTART_SOON: Waits = { first: 2, doublings: 3 };

/** The wait after so many tries. */
export function waitAfter({ first, doublings }: Waits, tries: number): number {
  return first * 2 ** Math.min(tries, doublings);
}

/** One more try, counted up to the longest wait. */
export function oneMore({ doublings }: Waits, tries: number): number {
  return Math.min(tries + 1, doublings + 1);
}
