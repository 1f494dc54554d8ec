import type { Mechanism } from "pairctl/contract";
import { PAIRCTL_PERIOD_MS } from "../nodes/node-paths.ts";

/** How long a look of pairctl, and what it writes down, may take on a busy machine, in ms. */
const LOOK_MS = 5_000;
/** With a HAVIP, a MASTER says so much longer that another node announces the address as well: docs/protocol.md. */
const CONTESTED_MS = 30_000;

/** So long after all is well, in ms, a node may still say otherwise. */
export function settlingMs(mechanism: Mechanism): number {
  return PAIRCTL_PERIOD_MS + LOOK_MS + (mechanism === "havip" ? CONTESTED_MS : 0);
}
