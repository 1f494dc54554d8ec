import { basename } from "node:path";
import { NODE_PATHS, SETUP_PATHS } from "pairctl/contract";

/** The service of one run of pairctl. */
export const PAIRCTL_SERVICE = basename(SETUP_PATHS.pairctlService);
/** What sets a node up, again and again until it has succeeded. */
export const SETUP_SERVICE = basename(SETUP_PATHS.setupService);
/** What wakes pairctl whatever was lost. */
export const PAIRCTL_TIMER = basename(SETUP_PATHS.pairctlTimer);
/** The units that make a node one of the pair. */
export const UNITS = ["keepalived.service", PAIRCTL_SERVICE, PAIRCTL_TIMER] as const;
/** The lock of pairctl's runs. */
export const LOCK_PATH = `${NODE_PATHS.statePrefix}lock`;

/** How often the timer lets pairctl look, in ms: OnUnitInactiveSec of assets/pairctl.timer. */
export const PAIRCTL_PERIOD_MS = 10_000;
