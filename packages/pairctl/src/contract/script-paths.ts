/** The folder of what systemd runs on a node. */
export const SCRIPTS = "/usr/libexec/pairctl";

/** What the scripts are told, for the shell to read. */
export const NODE_CONF = "/etc/pairctl/node.conf";

/** Whether keepalived may start: systemd asks it, and the doctor. */
export const PREFLIGHT = `${SCRIPTS}/preflight`;
