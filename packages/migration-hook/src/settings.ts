/** What moves the address. */
export type Mechanism = "havip" | "secondary-private-ip";

/** A node of the pair. */
export interface NodeSettings {
  /** Its primary private address, by which its network interface is known. */
  readonly privateIp: string;
  /** keepalived's priority. */
  readonly priority: number;
}

/** What the hook is told, by the file that the user data writes. */
export interface Settings {
  readonly mechanism: Mechanism;
  readonly region: string;
  /** The VPC that the address is in. */
  readonly vpcId: string;
  /** The address that moves. */
  readonly vip: string;
  readonly node: NodeSettings & { readonly role: string };
  readonly peer: NodeSettings;
  /** secondary-private-ip: the primary address of the network interface on which the VIP waits at first. */
  readonly parkingIp?: string;
  /** secondary-private-ip: the EIP that belongs on the VIP; absent where there is none. */
  readonly eipId?: string;
  /** The CAM role whose credentials are asked for; absent in havip mode where the hook only reports. */
  readonly roleName?: string;
  /** Where the VPC API is, in order of preference: scheme, host and, where it is not the scheme's, port. */
  readonly apiEndpoints: readonly string[];
  /** Where the metadata service is, likewise. */
  readonly metadataEndpoint: string;
  /** Further addresses that go with the first, and what differs for them. */
  readonly more?: readonly Pick<Settings, "vip" | "parkingIp" | "eipId">[];
}

/** Every key, and which may be absent: all of the latter with a HAVIP, the last two only without. */
const REQUIRED = "mechanism region vpcId vip node peer apiEndpoints metadataEndpoint".split(" ");
const OPTIONAL = ["parkingIp", "roleName", "eipId", "more"];

/**
 * Reads the settings. Their values were checked when the stack was synthesized; what is checked here is that this is
 * such a file, whole and of this version.
 *
 * @throws Error which names the key and says what to do
 */
export function parseSettings(text: string): Settings {
  const settings = JSON.parse(text);
  const optional = OPTIONAL.slice(settings.mechanism === "havip" ? 0 : 2);
  const keys = [...REQUIRED, ...OPTIONAL];
  for (const key of keys) {
    if (!settings[key] && !optional.includes(key)) throw new Error(`'${key}' is missing: add it`);
  }
  for (const key in settings) if (!keys.includes(key)) throw new Error(`'${key}' is unknown: take it out`);
  return settings;
}
