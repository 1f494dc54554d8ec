/** What moves the address. */
export type Mechanism = "havip" | "secondary-private-ip";

/** What the hook is told, by the file that the user data writes. */
export interface Settings {
  readonly mechanism: Mechanism;
  readonly region: string;
  /** The VPC that the address is in. */
  readonly vpcId: string;
  /** The address that moves. */
  readonly vip: string;
  /** This node's primary private address, by which its network interface is known. */
  readonly privateIp: string;
  /** keepalived's priority. */
  readonly priority: number;
  /** The same of the other node. */
  readonly peerIp: string;
  readonly peerPriority: number;
  /** secondary-private-ip: the primary address of the network interface on which the VIP waits at first. */
  readonly parkingIp?: string;
  /** secondary-private-ip: the EIP that belongs on the VIP; absent where there is none. */
  readonly eipId?: string;
  /** The CAM role whose credentials are asked for; absent in havip mode where the hook only reports. */
  readonly roleName?: string;
  /**
   * Where the VPC API is, in order of preference: scheme, host and, where it is not the scheme's, port.
   *
   * @default - see endpoints.ts
   */
  readonly apiEndpoints?: readonly string[];
  /** Where the metadata service is, likewise. @default - see endpoints.ts */
  readonly metadataEndpoint?: string;
  /** Whether to take the address from an interface that is not the pair's as well. @default false */
  readonly allowForeign?: boolean;
  /** Milliseconds for which the node has to be MASTER before it takes the address. @default 25 */
  readonly settleMs?: number;
  /** Milliseconds after which a run gives up: the next one goes on from there. @default 10000 */
  readonly deadlineMs?: number;
  /**
   * Milliseconds for which a BACKUP has to have the address before it hands it to the peer: more than an election takes.
   *
   * @default 5000
   */
  readonly handOverMs?: number;
  /** Further addresses that go with the first, and what differs for them. */
  readonly more?: readonly Pick<Settings, "vip" | "parkingIp" | "eipId">[];
}

const REQUIRED = "mechanism region vpcId vip privateIp priority peerIp peerPriority";
const OPTIONAL =
  "apiEndpoints metadataEndpoint parkingIp eipId roleName allowForeign settleMs deadlineMs handOverMs more";

/**
 * Reads the settings. Their values were checked when the stack was synthesized; what is checked here is that this is
 * such a file, whole and of this version.
 *
 * @throws Error which names the key and says what is wrong with it
 */
export function parseSettings(text: string | undefined): Settings {
  if (!text) throw new Error("missing or empty");
  const settings = Object(JSON.parse(text));
  for (const key of REQUIRED.split(" ")) if (!settings[key]) throw new Error(`'${key}' is missing`);
  for (const key in settings) {
    if (!`${REQUIRED} ${OPTIONAL}`.split(" ").includes(key)) throw new Error(`'${key}' is unknown: take it out`);
  }
  return settings;
}
