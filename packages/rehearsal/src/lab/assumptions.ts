import type { LocalCloud } from "local-cloud";

/** A reading of the cloud's behaviour other than the one that the local cloud has by itself, where sources leave it open. */
export interface Assumption {
  readonly description: string;
  /** Makes a cloud behave so from now on. */
  readonly apply: (cloud: LocalCloud) => void;
}

/** Readings by the name that the command line has for them. */
export const ASSUMPTIONS: Readonly<Record<string, Assumption>> = {};
