import type { Mechanism } from "pairctl/contract";

/** What the cloud shows of the address at a moment. */
export interface AddressSample {
  /** When it was asked, in ms since the epoch. */
  readonly at: number;
  /** The network interface that has the address; undefined: none. */
  readonly holder: string | undefined;
  /** How the address is on it, such as AVAILABLE or MIGRATING; undefined with a HAVIP. */
  readonly state: string | undefined;
  /** The network interface that the EIP is bound to; undefined: none, or a HAVIP. */
  readonly eipOn: string | undefined;
  /** The EIP's status, such as BIND. */
  readonly eipStatus: string;
}

/** A run of pairctl that moved the address, as its receipt has it. */
export interface Move {
  readonly time: string;
  /** Who had the address before. */
  readonly from: string;
  /** Each call of the API in order, as `Action code`. */
  readonly calls: readonly string[];
}

/** What was looked at on a node. */
export interface NodeFacts {
  /** Whether the setup has succeeded. */
  readonly isSetUp: boolean;
  /** How many calls of the API had which end, by `Action code`. */
  readonly calls: Readonly<Record<string, number>>;
  readonly moves: readonly Move[];
  /** What the internal endpoint answers: an HTTP status, or the network's error. */
  readonly internalEndpoint: string;
  /** The first bytes of the user data as cloud-init got it, in hexadecimal. */
  readonly userDataBegins: string;
}

/** The first look at a node's metadata service. */
export interface MetadataLook {
  /** How long the node was up then, in s. */
  readonly uptimeS: number;
  readonly hasCredentials: boolean;
}

/** Everything that the cloud was seen to do; what is absent was not seen. */
export interface Observations {
  readonly mechanism: Mechanism;
  /** Whether the stack was deployed. */
  deployed?: boolean;
  /** Why it was not. */
  deployError?: string;
  /** Whether the pair became well: one node serves, the other could. */
  wasWell?: boolean;
  metadata: MetadataLook[];
  nodes: NodeFacts[];
  samples: AddressSample[];
  /** The addresses that the filter `address-ip` finds, by the one value that it was given. */
  filterFinds?: { readonly suffix: readonly string[]; readonly exact: readonly string[]; readonly vip: string };
  /** Whether the primary address was listed first, in each list with several. */
  primaryFirst: boolean[];
}

/** Nothing seen yet. */
export const nothingSeen = (mechanism: Mechanism): Observations => ({
  mechanism,
  metadata: [],
  nodes: [],
  samples: [],
  primaryFirst: [],
});
