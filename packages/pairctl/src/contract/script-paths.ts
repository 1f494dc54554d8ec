/** The folder of what systemd runs on a node. */
export const SCRIPTS = "/usr/libexec/pairctl";

/** Whether keepalived may start: systemd asks it, and the doctor. */
export const PREFLIGHT = `${SCRIPTS}/preflight`;
