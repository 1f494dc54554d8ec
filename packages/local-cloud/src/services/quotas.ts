/** How much of something the cloud gives. */
export interface Quotas {
  /** Addresses on one ENI, the primary one included. The cloud's own figure depends on the instance type. */
  readonly privateIpsPerNetworkInterface: number;
  /** The cloud's default is 10. */
  readonly haVipsPerVpc: number;
  readonly vpcs: number;
  readonly subnetsPerVpc: number;
  readonly addresses: number;
  readonly securityGroups: number;
  /** Rules of one direction. */
  readonly rulesPerSecurityGroup: number;
  readonly placementGroups: number;
  /** How many instances a placement group of type HOST, SW or RACK takes. */
  readonly instancesPerPlacementGroup: number;
}

/** Those of a new account, as far as they are documented; the last two are assumed. */
export const defaultQuotas: Quotas = {
  privateIpsPerNetworkInterface: 30,
  haVipsPerVpc: 10,
  vpcs: 20,
  subnetsPerVpc: 100,
  addresses: 20,
  securityGroups: 50,
  rulesPerSecurityGroup: 100,
  placementGroups: 10,
  instancesPerPlacementGroup: 50,
};
