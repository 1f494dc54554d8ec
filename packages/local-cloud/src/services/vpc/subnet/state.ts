/** A range of a VPC, in one zone. */
export interface Subnet {
  subnetId: string;
  subnetName: string;
  vpcId: string;
  cidrBlock: string;
  zone: string;
  /** Unix time in ms. */
  createdAt: number;
}
