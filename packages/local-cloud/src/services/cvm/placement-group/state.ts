/** A placement group, which the API calls disaster recover group: its instances are on different machines. */
export interface PlacementGroup {
  placementGroupId: string;
  name: string;
  type: "HOST" | "SW" | "RACK";
  /** How many of its instances may share a host, switch or rack. */
  affinity: number;
  /** Unix time in ms. */
  createdAt: number;
}
