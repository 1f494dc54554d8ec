/** Where nothing moves, in ms. */
export const NO_OUTAGE_MS = 100;

/** A graceful switch, with a private address and tasks of 200 ms, in ms. */
export const SWITCH_MS = 1_200;
