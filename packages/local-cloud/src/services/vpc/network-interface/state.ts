/** The states that the VPC API names for an address of an ENI. */
export type PrivateIpState = "PENDING" | "MIGRATING" | "DELETING" | "AVAILABLE";

/** An address of an ENI. */
export interface PrivateIp {
  privateIp: string;
  /** The first address of the ENI, which can neither be moved nor taken away. */
  primary: boolean;
  state: PrivateIpState;
  /** Absent: none. */
  description?: string;
}

/** An elastic network interface (ENI). */
export interface NetworkInterface {
  networkInterfaceId: string;
  name: string;
  description: string;
  vpcId: string;
  subnetId: string;
  /** Whether it is the ENI that its instance was made with. */
  primary: boolean;
  /** Upper case, as the API writes it. */
  macAddress: string;
  /** Absent while it is attached to nothing. */
  instanceId?: string;
  privateIpAddresses: PrivateIp[];
  securityGroupIds: string[];
  /** When the fabric last learned a HAVIP from it, Unix time in ms; kept only where announcements are limited. */
  announcedAt?: number;
  /** Present while a task makes it or takes it away. */
  transition?: "PENDING" | "DELETING";
  /** Unix time in ms. */
  createdAt: number;
}

/** The entry of an address on an ENI. */
export const findPrivateIp = (eni: NetworkInterface, address: string): PrivateIp | undefined =>
  eni.privateIpAddresses.find(({ privateIp }) => privateIp === address);
