/**
 * The folder of what keepalived runs on a node. SELinux lets keepalived run scripts from `/usr/libexec/keepalived` (the
 * targeted policy's keepalived_unconfined_script_exec_t), and no part of the path is writable by a group on any
 * distribution, which `enable_script_security` asks for.
 */
const LIBEXEC = "/usr/libexec/keepalived";

/**
 * Where things are on a node: what the user data writes, and what pairctl and the scripts in `assets/` keep. The
 * scripts cannot import this: a test compares the paths in them with these.
 */
export const NODE_PATHS = {
  /** What pairctl is told, see `settings.ts`. */
  settings: "/etc/pairctl/settings.json",
  keepalivedConf: "/etc/keepalived/keepalived.conf",
  libexec: LIBEXEC,
  /** What keepalived calls on each change of state. */
  notify: `${LIBEXEC}/notify`,
  /** What keepalived asks whether this node yields to its peer. */
  yield: `${LIBEXEC}/yield`,
  /** The user's own commands, which `notify` calls behind ours. */
  notifyUser: "/usr/libexec/pairctl/notify_user",
  /** pairctl's command. */
  command: "/usr/sbin/pairctl",
  /** keepalived's notification log, one line each. */
  notificationLog: "/var/log/keepalived.log",
  /** The receipts of pairctl's runs, one line of JSON each. */
  receiptLog: "/var/log/pairctl.log",
  /** The state that outlives a run, each file with a suffix of its own. */
  statePrefix: "/run/pairctl.",
  /** Numbers for Prometheus' textfile collector. */
  metrics: "/run/pairctl.metrics.prom",
} as const;
