/** A private network. */
export interface Vpc {
  vpcId: string;
  vpcName: string;
  cidrBlock: string;
  dnsServers: string[];
  multicast: boolean;
  /** The route table that every subnet of it has. */
  routeTableId: string;
  /** Unix time in ms. */
  createdAt: number;
}
