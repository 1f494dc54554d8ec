import { known } from "../../store.ts";
import { tagSet } from "../../tag/index.ts";
import { eipOfHaVip } from "../address/lookup.ts";
import { dateTime } from "../service.ts";
import type { State } from "../state.ts";
import type { HaVip } from "./state.ts";

/** What the API's empty FlushedTime looks like. */
const neverFlushed = "0000-00-00 00:00:00";

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
