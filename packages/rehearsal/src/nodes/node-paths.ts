import { basename } from "node:path";
import { NODE_PATHS, SETUP_PATHS } from "migration-hook/contract";

/** The service of one run of the hook. */
export const HOOK_SERVICE = basename(SETUP_PATHS.hookService);
/** What wakes the hook whatever was lost. */
export const HOOK_TIMER = basename(SETUP_PATHS.hookTimer);
/** The units that make a node one of the pair. */
export const UNITS = ["keepalived.service", HOOK_SERVICE, HOOK_TIMER] as const;
/** The lock of the hook's runs. */
export const LOCK_PATH = `${NODE_PATHS.statePrefix}lock`;

/** How often the timer lets the hook look, in ms: OnUnitInactiveSec of assets/migration-hook.timer. */
export const HOOK_PERIOD_MS = 10_000;
