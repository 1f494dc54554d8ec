/** What the scripts on a node are told. */
export interface NodeConf {
  /** Packages that a node of the pair cannot do without. */
  readonly packages: readonly string[];
  /** The oldest keepalived that may run. */
  readonly minKeepalivedVersion: string;
  /** The node's private address, which adverts come from. */
  readonly privateAddress: string;
  /** The addresses that move. */
  readonly virtualAddresses: readonly string[];
  /** The scripts that keepalived checks the service with, by absolute path: not named where there are none. */
  readonly checks: readonly string[];
}

/** Renders `node.conf`, which the shell scripts of a node read with the shell's own `.`: they need no Node.js. */
export function renderNodeConf(conf: NodeConf): string {
  return [
    `PACKAGES="${conf.packages.join(" ")}"`,
    `MIN_KEEPALIVED=${conf.minKeepalivedVersion}`,
    `PRIVATE_ADDRESS=${conf.privateAddress}`,
    `VIRTUAL_ADDRESSES="${conf.virtualAddresses.join(" ")}"`,
    ...(conf.checks.length > 0 ? [`CHECKS="${conf.checks.join(" ")}"`] : []),
    "",
  ].join("\n");
}
