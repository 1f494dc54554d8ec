import { API_ENDPOINTS, METADATA_ENDPOINT } from "./endpoints.ts";
import { type Mechanism, MECHANISMS } from "./mechanism.ts";
import {
  address,
  baseUrl,
  type Filled,
  flag,
  integer,
  number,
  origin,
  proxy,
  type Rule,
  text,
  type Written,
} from "./rules.ts";

/** An address that moves, as pairctl is told of it. */
export const VIRTUAL_IP_ROWS = {
  /** The address. */
  vip: address,
  /** secondary-private-ip: the primary address of the network interface on which the VIP waits at first. */
  parkingIp: { ...address, optional: true },
  /** The id of the EIP that belongs on the VIP; absent where there is none. */
  eipId: { ...text, optional: true },
} as const;

/** How pairctl does its job: what a stack or a settings file may set. */
export const TUNING_ROWS = {
  /**
   * Where pairctl calls the VPC API, in order of preference: scheme, host and, where it is not the scheme's, port. For
   * `{region}` the pair's region is put in. It stays with the first that answers, until that no longer does.
   *
   * @default - the endpoint inside a VPC, that of the region, the general one, that of the international site
   */
  apiEndpoints: { kind: "list", items: origin, default: API_ENDPOINTS },
  /**
   * Where pairctl asks for its identity and credentials.
   *
   * @default "http://metadata.tencentyun.com"
   */
  metadataEndpoint: { ...baseUrl, default: METADATA_ENDPOINT },
  /**
   * An HTTP proxy by which pairctl reaches endpoints of the VPC API that are https; the metadata service is always asked
   * directly.
   *
   * @default - no proxy
   */
  httpsProxy: { ...proxy, optional: true },
  /**
   * Whether pairctl also takes the address from a network interface that is not the pair's. With a HAVIP this has no
   * effect.
   *
   * @default false
   */
  allowForeign: { ...flag, default: false },
  /**
   * For how many milliseconds a node has to be MASTER before pairctl moves the address, 0–5000. With a HAVIP the fabric
   * moves it, and this has no effect.
   *
   * @default 25
   */
  settleMs: { ...integer(0, 5000), unit: "ms", default: 25 },
  /**
   * After how many milliseconds a run of pairctl gives up, 1000–60000: the next one goes on from there, at most an advert
   * interval, or a second, later.
   *
   * @default 10000
   */
  deadlineMs: { ...integer(1000, 60_000), unit: "ms", default: 10_000 },
  /**
   * Whether the nodes' agents tell each other, over TCP port 3112 between their private addresses, what keepalived is.
   * While two MASTERs that do not hear each other's VRRP can, the address stays with the stronger; with a HAVIP the weaker one
   * steps down. A node that cannot serve hands the address over at once. It takes about 590 of the 16,384 characters of user
   * data, and with a HAVIP about 1,450: either leaves room for one small health check. A node's pairctl is built with it or
   * without it, and is not told of it.
   *
   * @default false
   */
  peerWord: { ...flag, default: false },
} as const;

/** What a node is not told: its pairctl has the code for it, or has not. */
const { peerWord: _, ...TOLD_TUNING_ROWS } = TUNING_ROWS;

/** keepalived's own limits; 255 is that of the address owner. */
const PRIORITY = integer(1, 254);

/** Everything that a node is told, by the file that its user data writes: one row a key. */
export const SETTINGS_ROWS = {
  /** What moves the address. */
  mechanism: { kind: "choice", choices: MECHANISMS } as Rule<Mechanism>,
  /** The region whose API pairctl calls. */
  region: text,
  /** The VPC that the addresses are in. */
  vpcId: text,
  /** This node's primary private address, by which its network interface is known. */
  privateIp: address,
  /** keepalived's `priority` of this node. */
  priority: PRIORITY,
  /** The primary private address of the other node. */
  peerIp: address,
  /** keepalived's `priority` of the other node. */
  peerPriority: PRIORITY,
  /** keepalived's `advert_int` in seconds; with VRRP version 3 it may have a fraction. */
  advertInt: { ...number(0.1, 255), unit: "s" },
  /** The addresses that move together, the first one being that which adverts name. */
  virtualIps: {
    kind: "list",
    items: { kind: "object", rows: VIRTUAL_IP_ROWS },
  } as Rule<readonly VirtualIpSettings[]>,
  /** The CAM role whose credentials are asked for; absent in havip mode where pairctl only reports. */
  roleName: { ...text, optional: true },
  ...TOLD_TUNING_ROWS,
} as const;

/** An address that moves, as it is written down. */
export type VirtualIpSettings = Written<typeof VIRTUAL_IP_ROWS>;

/** What a stack or a settings file may set of how pairctl works. */
export type Tuning = Written<typeof TUNING_ROWS>;

/** What the constructs write down for a node. A key that is missing or unknown does not compile. */
export type NodeSettings = Written<typeof SETTINGS_ROWS>;

/** What pairctl works with: the same with its defaults. */
export type Settings = Filled<typeof SETTINGS_ROWS>;
