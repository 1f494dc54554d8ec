// The times of the protocol, in advert intervals. An election takes less than four: three adverts that do not come, and
// the skew.

/** For so long a word is good, counted from the question. */
export const FRESH = 3;

/** A word that was asked for within this time is one of this moment. The peer is asked more often. */
export const RECENT = 1;

/** Where adverts of the peer come, one has come within this time: one that is lost does not change that. */
export const HEARD = 3;

/** Two nodes that hear each other are both MASTER for less than this: the weaker one steps down at the next advert. */
export const PROVEN = 1;

/** So long a new MASTER is left to take the address by itself, before its peer gives it. */
export const SELF_HELP = 1;

/** The incumbent keeps: no advert for so long, and a word that was asked for so long after the last one. */
export const MISSED = { adverts: 2, word: 1.2 } as const;

/** Waits that double: the first, and how often they do. */
export interface Waits {
  readonly first: number;
  readonly doublings: number;
}

/** From a weaker MASTER's last attempt to its next one: 6, 12, then 24. More than an election, a task and a look. */
export const RETAKE: Waits = { first: 6, doublings: 2 };

/** A peer that seems to be MASTER and lacks the address, until it is helped without a word: 5, 10, then 20. More than an election. */
export const HELP: Waits = { first: 5, doublings: 2 };

/** A BACKUP that knows of no MASTER, until keepalived is restarted: three elections, 12, 24, 48, then 96. */
export const RESTART: Waits = { first: 12, doublings: 3 };

/** The same where it is plain that keepalived cannot hear: it has lost its interface. */
export const RESTART_SOON: Waits = { first: 2, doublings: 3 };

/** The wait after so many tries. */
export function waitAfter({ first, doublings }: Waits, tries: number): number {
  return first * 2 ** Math.min(tries, doublings);
}

/** One try more, as far as it makes a difference. */
export function oneMore({ doublings }: Waits, tries: number): number {
  return Math.min(tries + 1, doublings + 1);
}
