import { NODE_CONF, PREFLIGHT, SCRIPTS } from "./script-paths.ts";

/** The folder of systemd's units. */
const UNITS = "/etc/systemd/system";

/** Where the setup keeps what it has done. */
const SETUP_STATE = "/var/lib/pairctl";

/** Where the rest of what the user data writes is: nothing but systemd and the scripts in `assets/` knows of it. */
export const SETUP_PATHS = {
  /** What the scripts are told, for the shell to read. */
  nodeConf: NODE_CONF,
  /** The drop-in of keepalived's own unit that keeps it from starting before the node is set up. */
  keepalivedGate: `${UNITS}/keepalived.service.d/pairctl-gate.conf`,
  /** The drop-in that restarts it, for any reason that it ended for. */
  keepalivedDropIn: `${UNITS}/keepalived.service.d/pairctl.conf`,
  /** The drop-in that starts the setup at each boot. */
  multiUserDropIn: `${UNITS}/multi-user.target.d/pairctl.conf`,
  setupService: `${UNITS}/pairctl-setup.service`,
  /** What the timer starts: it restarts an agent that is frozen. */
  watchService: `${UNITS}/pairctl-watch.service`,
  /** The resident agent. */
  pairctlService: `${UNITS}/pairctl.service`,
  pairctlTimer: `${UNITS}/pairctl.timer`,
  preflight: PREFLIGHT,
  /** Whether the agent is awake. */
  awake: `${SCRIPTS}/awake`,
  /** One try to set the node up. */
  setup: `${SCRIPTS}/setup`,
  /** Does for the agent what it does not do, and compares what keepalived does with what it has notified. */
  watch: `${SCRIPTS}/watch`,
  /** Takes the virtual addresses off. */
  release: `${SCRIPTS}/release`,
  setupState: SETUP_STATE,
  /** keepalived starts only where this file is. */
  keepalivedMayStart: `${SETUP_STATE}/keepalived-may-start`,
  /** The mark of a node whose setup has succeeded. */
  setUp: `${SETUP_STATE}/set-up`,
} as const;
