/** What the pair's own software is called on a node, and where it keeps things. */

/** The units that the user data brings. */
export const UNITS = ["keepalived.service", "migration-hook.service", "migration-hook.timer"] as const;
/** The service of one run of the hook. */
export const HOOK_SERVICE = "migration-hook.service";
/** What wakes the hook whatever was lost. */
export const HOOK_TIMER = "migration-hook.timer";
/** The operator's command, which is the hook. */
export const HOOK_COMMAND = "/usr/sbin/pairctl";
/** The script that keepalived notifies. */
export const NOTIFY_SCRIPT = "/usr/libexec/keepalived/notify";
/** What the hook is told. */
export const SETTINGS_PATH = "/etc/migration-hook/settings.json";
/** Each notification of keepalived's, with its time. */
export const KEEPALIVED_LOG = "var/log/keepalived.log";
/** Every receipt. */
export const RECEIPT_LOG = "var/log/migration-hook.log";
/** The last run's numbers, for Prometheus. */
export const METRICS_PATH = "run/migration-hook.metrics.prom";
/** The lock of the hook's runs. */
export const LOCK_PATH = "/run/migration-hook.lock";
/** How the names of the hook's files below /run begin. */
export const RUNTIME_PREFIX = "/run/migration-hook.";
