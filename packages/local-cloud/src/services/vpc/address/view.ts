import { known } from "../../store.ts";
import { tagSet } from "../../tag/index.ts";
import type { State } from "../state.ts";
import type { Address } from "./state.ts";

/** What an EIP stands for: the private address and where that is. */
export function addressTarget(state: State, { binding }: Address) {
  if (!binding) return undefined;
  if (binding.kind === "eni") {
    const eni = known(state.networkInterfaces, binding.networkInterfaceId);
    return { privateIp: binding.privateIp, networkInterfaceId: eni.networkInterfaceId, instanceId: eni.instanceId };
  }
  const haVip = known(state.haVips, binding.haVipId);
  return { privateIp: haVip.vip, networkInterfaceId: haVip.networkInterfaceId, instanceId: haVip.haVipId };
}

/** The API's AddressStatus. */
export function addressStatus(state: State, address: Address): string {
  if (address.transition) return address.transition;
  const target = addressTarget(state, address);
  if (!target) return "UNBIND";
  return target.instanceId ? "BIND" : "BIND_ENI";
}

/** The API's InstanceType of an EIP. */
export const addressInstanceType = (state: State, address: Address) => {
  if (!address.binding) return null;
  if (address.binding.kind === "haVip") return "HAVIP";
  return addressTarget(state, address)?.instanceId ? "CVM" : "ENI";
};

/** The API's Address. */
export function addressView(state: State, address: Address) {
  const target = addressTarget(state, address);
  const isHaVip = address.binding?.kind === "haVip";
  return {
    AddressId: address.addressId,
    AddressName: address.name,
    AddressStatus: addressStatus(state, address),
    AddressIp: address.addressIp,
    InstanceId: target?.instanceId ?? null,
    CreatedTime: `${new Date(address.createdAt).toISOString().slice(0, 19)}Z`,
    NetworkInterfaceId: isHaVip ? null : (target?.networkInterfaceId ?? null),
    PrivateAddressIp: target?.privateIp ?? null,
    IsArrears: false,
    IsBlocked: false,
    IsEipDirectConnection: false,
    AddressType: "EIP",
    CascadeRelease: false,
    EipAlgType: { Ftp: false, Sip: false },
    InternetServiceProvider: "BGP",
    LocalBgp: false,
    InternetChargeType: address.internetChargeType,
    Bandwidth: address.bandwidthMbps,
    TagSet: tagSet(state, "vpc:eip", address.addressId),
    InstanceType: addressInstanceType(state, address),
  };
}
