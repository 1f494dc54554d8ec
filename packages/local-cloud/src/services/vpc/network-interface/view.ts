import { shuffle } from "../../../engine/random.ts";
import type { Assumptions } from "../../assumptions.ts";
import { known } from "../../store.ts";
import { tagSet } from "../../tag/index.ts";
import { eipOf } from "../address/lookup.ts";
import { dateTime } from "../service.ts";
import type { Core, State } from "../state.ts";
import type { NetworkInterface, PrivateIp } from "./state.ts";

/** What a view needs of the cloud. */
type ViewCore = Pick<Core, "state" | "assumptions" | "random">;

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
export function networkInterfaceView(core: ViewCore, eni: NetworkInterface) {
  const { state, assumptions } = core;
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
    PrivateIpAddressSet: inListedOrder(core, eni).map((entry) => ({
      ...privateIpView(state, eni, entry),
      State: shownState(assumptions, entry),
    })),
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

/** An ENI's addresses in the order in which the API lists them. */
export function inListedOrder(
  { assumptions, random }: Pick<Core, "assumptions" | "random">,
  { privateIpAddresses }: NetworkInterface,
): PrivateIp[] {
  switch (assumptions["interface-address-order"]) {
    case "primary-first":
      return privateIpAddresses;
    case "primary-last":
      return privateIpAddresses.toReversed();
    case "any":
      return shuffle(privateIpAddresses, random);
  }
}

const shownState = (assumptions: Assumptions, { state }: PrivateIp) =>
  state === "MIGRATING" && assumptions["migrating-state"] === "not-shown" ? "AVAILABLE" : state;
