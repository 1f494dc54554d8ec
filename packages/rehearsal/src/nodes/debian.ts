/** The releases of Debian that nodes can be booted with, by their version. */
export const DEBIAN_SUITES = {
  /** keepalived 2.1.5, Node.js 12.22, systemd 247 */
  "11": "bullseye",
  /** keepalived 2.2.7, Node.js 18, systemd 252 */
  "12": "bookworm",
  /** keepalived 2.3, Node.js 20, systemd 257 */
  "13": "trixie",
} as const;

/** A release of Debian by its version. */
export type DebianVersion = keyof typeof DEBIAN_SUITES;
