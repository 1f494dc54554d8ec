import { basename } from "node:path";
import { SETUP_PATHS } from "pairctl/contract";

/** The service of the resident agent. */
export const PAIRCTL_SERVICE = basename(SETUP_PATHS.pairctlService);
/** What sets a node up, again and again until it has succeeded. */
export const SETUP_SERVICE = basename(SETUP_PATHS.setupService);
/** What starts an agent anew that is frozen. */
export const PAIRCTL_TIMER = basename(SETUP_PATHS.pairctlTimer);
/** The units that make a node one of the pair. */
export const UNITS = ["keepalived.service", PAIRCTL_SERVICE, PAIRCTL_TIMER] as const;

/** How often the timer looks at the agent, in ms: OnUnitInactiveSec of assets/pairctl.timer. The agent looks more often. */
export const PAIRCTL_PERIOD_MS = 10_000;
