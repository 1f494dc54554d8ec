/** An instance or ENI that may hold a HAVIP. */
export interface HaVipAssociation {
  instanceId: string;
  instanceType: "CVM" | "ENI";
  /** When it was made, Unix time in ms. */
  associatedAt: number;
}

/** A highly available virtual IP address: an address of a subnet that goes to whoever announces it. */
export interface HaVip {
  haVipId: string;
  name: string;
  vip: string;
  vpcId: string;
  subnetId: string;
  /** Whether only associated instances may hold it. */
  checkAssociate: boolean;
  associations: HaVipAssociation[];
  /** The ENI that holds it. Absent: nobody has announced it yet. */
  networkInterfaceId?: string;
  /** When it last moved, Unix time in ms. Absent: never. */
  flushedAt?: number;
  /** Unix time in ms. */
  createdAt: number;
}
