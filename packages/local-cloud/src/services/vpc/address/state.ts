/** What an EIP is bound to. */
export type AddressBinding =
  { kind: "eni"; networkInterfaceId: string; privateIp: string } | { kind: "haVip"; haVipId: string };

/** An elastic IP address (the API calls it Address). */
export interface Address {
  addressId: string;
  name: string;
  addressIp: string;
  /** Absent while it is unbound. */
  binding?: AddressBinding;
  /** Present while a task works on it. */
  transition?: "CREATING" | "BINDING" | "UNBINDING" | "OFFLINING";
  internetChargeType: string;
  bandwidthMbps: number;
  /** Unix time in ms. */
  createdAt: number;
}
