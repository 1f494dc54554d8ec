import { eipOf, eipOfHaVip } from "./addressing.ts";
import { tagSet } from "./resources/tags.ts";
import { type Address, type HaVip, known, type NetworkInterface, type PrivateIp, type State } from "./state.ts";

/** What the API's empty FlushedTime looks like. */
const neverFlushed = "0000-00-00 00:00:00";

/** An address of an ENI as the API shows it. */
export function privateIpView(state: State, eni: NetworkInterface, entry: PrivateIp) {
  const { privateIp, primary, state: ipState, description = "" } = entry;
  const eip = eipOf(state, eni.networkInterfaceId, privateIp);
  const bound = eip && eip.transition !== "BINDING" ? eip : undefined;
  return {
    PrivateIpAddress: privateIp,
    Primary: primary,
    PublicIpAddress: bound?.addressIp ?? "",
    AddressId: bound?.addressId ?? "",
    Description: description,
    IsWanIpBlocked: false,
    State: ipState,
    QosLevel: "DEFAULT",
  };
}

/** The API's NetworkInterface. */
export function networkInterfaceView(state: State, eni: NetworkInterface) {
  return {
    NetworkInterfaceId: eni.networkInterfaceId,
    NetworkInterfaceName: eni.name,
    NetworkInterfaceDescription: eni.description,
    SubnetId: eni.subnetId,
    VpcId: eni.vpcId,
    GroupSet: eni.securityGroupIds,
    Primary: eni.primary,
    MacAddress: eni.macAddress,
    State: eni.transition ?? "AVAILABLE",
    NetworkInterfaceState: eni.instanceId ? "INUSE" : "AVAILABLE",
    PrivateIpAddressSet: eni.privateIpAddresses.map((entry) => privateIpView(state, eni, entry)),
    Attachment: eni.instanceId
      ? {
          InstanceId: eni.instanceId,
          DeviceIndex: eni.primary ? 0 : 1,
          InstanceAccountId: "100000000001",
          AttachTime: dateTime(eni.createdAt),
        }
      : null,
    Zone: known(state.subnets, eni.subnetId).zone,
    CreatedTime: dateTime(eni.createdAt),
    Ipv6AddressSet: [],
    TagSet: tagSet(state, "vpc:eni", eni.networkInterfaceId),
    EniType: eni.primary ? 1 : 0,
    Business: "cvm",
    CdcId: "",
    AttachType: 0,
    QosLevel: "DEFAULT",
  };
}

/** The API's HaVip. */
export function haVipView(state: State, haVip: HaVip) {
  const eni = haVip.networkInterfaceId ? known(state.networkInterfaces, haVip.networkInterfaceId) : undefined;
  const eip = eipOfHaVip(state, haVip.haVipId);
  return {
    HaVipId: haVip.haVipId,
    HaVipName: haVip.name,
    Vip: haVip.vip,
    VpcId: haVip.vpcId,
    SubnetId: haVip.subnetId,
    NetworkInterfaceId: eni?.networkInterfaceId ?? "",
    InstanceId: eni?.instanceId ?? "",
    AddressIp: eip && eip.transition !== "BINDING" ? eip.addressIp : "",
    State: eni ? "AVAILABLE" : "UNBIND",
    CreatedTime: dateTime(haVip.createdAt),
    Business: "",
    HaVipAssociationSet: haVip.associations.map(({ instanceId, instanceType }) => ({
      HaVipId: haVip.haVipId,
      InstanceId: instanceId,
      InstanceType: instanceType,
    })),
    CheckAssociate: haVip.checkAssociate,
    CdcId: "",
    FlushedTime: haVip.flushedAt === undefined ? neverFlushed : dateTime(haVip.flushedAt),
    TagSet: tagSet(state, "vpc:havip", haVip.haVipId),
  };
}

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

/** The VPC API's form of a point in time. Its time zone is not documented; here it is UTC. */
export const dateTime = (ms: number) => new Date(ms).toISOString().slice(0, 19).replace("T", " ");
