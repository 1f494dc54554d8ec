import { CloudError, mutexTaskRunning } from "../../../api/errors.ts";
import { integer, list, object, optional, string, unsupported } from "../../../api/parameters.ts";
import { formatIpv4, parseCidr } from "../../../engine/ipv4.ts";
import { putTags } from "../../tag/index.ts";
import { checkLength, defineAction, eipTagList } from "../service.ts";
import type { Core } from "../state.ts";
import { checkUnbound, getAddress } from "./checks.ts";
import { createAddress } from "./create.ts";
import { removeAddress } from "./remove.ts";
import type { Address } from "./state.ts";
import { startTask } from "./task.ts";

/** Addresses that no one routes; they are reserved for documentation (RFC 5737). */
const publicRange = parseCidr("203.0.113.0/24");

const chargeTypes = ["TRAFFIC_POSTPAID_BY_HOUR", "BANDWIDTH_POSTPAID_BY_HOUR"];

/** Mbps that an EIP may have, by what is paid for. Source: the VPC API's description of AllocateAddresses. */
const maxBandwidth: Record<string, number> = { TRAFFIC_POSTPAID_BY_HOUR: 100, BANDWIDTH_POSTPAID_BY_HOUR: 100 };

/** How long an EIP's name may be. Source: the VPC API's description of AddressName. */
const maxName = 128;

/** EIPs that are bound to nothing; asynchronous. */
export const allocateAddresses = defineAction(
  "AllocateAddresses",
  object({
    AddressCount: optional(integer),
    InternetChargeType: optional(string),
    InternetMaxBandwidthOut: optional(integer),
    AddressType: optional(string),
    InternetServiceProvider: optional(string),
    AddressName: optional(string),
    Tags: eipTagList,
    AddressChargePrepaid: unsupported,
    AnycastZone: unsupported,
    BandwidthPackageId: unsupported,
    DedicatedClusterId: unsupported,
    Egress: unsupported,
    AntiDDoSPackageId: unsupported,
    ApplicableForCLB: unsupported,
    ClientToken: unsupported,
  }),
  (core, parameters) => {
    const { AddressCount: count = 1, InternetChargeType: internetChargeType = "TRAFFIC_POSTPAID_BY_HOUR" } = parameters;
    const { InternetMaxBandwidthOut: bandwidthMbps = 1, AddressType = "EIP", AddressName: name } = parameters;
    if (AddressType !== "EIP" || (parameters.InternetServiceProvider ?? "BGP") !== "BGP") {
      throw new CloudError("InvalidParameterValue.Combination", "Only EIPs of the provider BGP are there.");
    }
    if (!chargeTypes.includes(internetChargeType)) {
      throw new CloudError("UnsupportedOperation.OfflineChargeType", `\`${internetChargeType}\` is not there.`);
    }
    checkBandwidth(internetChargeType, bandwidthMbps);
    checkLength("AddressName", name ?? "", maxName);
    const { state, quotas } = core;
    if (state.addresses.size + count > quotas.addresses) {
      throw new CloudError("AddressQuotaLimitExceeded", `There may be at most ${quotas.addresses} EIPs.`);
    }
    const addresses = Array.from({ length: count }, () => {
      const options = { addressIp: freePublicAddress(core), internetChargeType, bandwidthMbps };
      const address = createAddress(core, name === undefined ? options : { ...options, name });
      putTags(state, "vpc:eip", address.addressId, parameters.Tags);
      address.transition = "CREATING";
      return address;
    });
    const ids = addresses.map(({ addressId }) => addressId);
    const task = startTask(
      core,
      "AllocateAddresses",
      ids,
      () => {
        for (const address of addresses) delete address.transition;
      },
      () => ids.forEach((id) => removeAddress(core, id)),
    );
    return { AddressSet: ids, ...task };
  },
);

/** Gives EIPs back that are bound to nothing; asynchronous. */
export const releaseAddresses = defineAction(
  "ReleaseAddresses",
  object({ AddressIds: list(string) }),
  (core, { AddressIds }) => {
    const addresses = AddressIds.map((id) => getUnlocked(core, id));
    for (const address of addresses) checkUnbound(core, address);
    for (const address of addresses) address.transition = "OFFLINING";
    return startTask(
      core,
      "ReleaseAddresses",
      AddressIds,
      () => AddressIds.forEach((id) => removeAddress(core, id)),
      () => {
        for (const address of addresses) delete address.transition;
      },
    );
  },
);

/** Changes the bandwidth of EIPs; asynchronous. */
export const modifyAddressesBandwidth = defineAction(
  "ModifyAddressesBandwidth",
  object({ AddressIds: list(string), InternetMaxBandwidthOut: integer, StartTime: unsupported, EndTime: unsupported }),
  (core, { AddressIds, InternetMaxBandwidthOut }) => {
    const addresses = AddressIds.map((id) => getUnlocked(core, id));
    for (const { internetChargeType } of addresses) checkBandwidth(internetChargeType, InternetMaxBandwidthOut);
    return startTask(
      core,
      "ModifyAddressesBandwidth",
      AddressIds,
      () => {
        for (const address of addresses) address.bandwidthMbps = InternetMaxBandwidthOut;
      },
      () => undefined,
    );
  },
);

/** Changes what is paid for an EIP, and its bandwidth. */
export const modifyAddressInternetChargeType = defineAction(
  "ModifyAddressInternetChargeType",
  object({
    AddressId: string,
    InternetChargeType: string,
    InternetMaxBandwidthOut: integer,
    AddressChargePrepaid: unsupported,
  }),
  (core, { AddressId, InternetChargeType, InternetMaxBandwidthOut }) => {
    const address = getUnlocked(core, AddressId);
    if (!chargeTypes.includes(InternetChargeType)) {
      throw new CloudError(
        "UnsupportedOperation.InvalidAddressInternetChargeType",
        `\`${InternetChargeType}\` is not there.`,
      );
    }
    if (InternetChargeType === address.internetChargeType) {
      throw new CloudError(
        "InvalidParameterValue.InternetChargeTypeNotChanged",
        `The charge type of \`${AddressId}\` is \`${InternetChargeType}\` already.`,
      );
    }
    checkBandwidth(InternetChargeType, InternetMaxBandwidthOut);
    address.internetChargeType = InternetChargeType;
    address.bandwidthMbps = InternetMaxBandwidthOut;
    return {};
  },
);

/** Changes an EIP's name. */
export const modifyAddressAttribute = defineAction(
  "ModifyAddressAttribute",
  object({ AddressId: string, AddressName: optional(string), EipDirectConnection: unsupported }),
  (core, { AddressId, AddressName }) => {
    const address = getUnlocked(core, AddressId);
    checkLength("AddressName", AddressName ?? "", maxName);
    address.name = AddressName ?? address.name;
    return {};
  },
);

function getUnlocked(core: Core, id: string): Address {
  const address = getAddress(core, id);
  if (core.tasks.lockedBy(id)) throw mutexTaskRunning(id);
  return address;
}

function checkBandwidth(chargeType: string, mbps: number): void {
  const most = maxBandwidth[chargeType] ?? 0;
  if (mbps > most) {
    throw new CloudError("InvalidParameterValue.BandwidthOutOfRange", `The bandwidth is at most ${most}, got ${mbps}.`);
  }
  if (mbps < 1) {
    throw new CloudError("InvalidParameterValue.BandwidthTooSmall", `The bandwidth is at least 1, got ${mbps}.`);
  }
}

function freePublicAddress({ state }: Core): string {
  const taken = new Set([...state.addresses.values()].map(({ addressIp }) => addressIp));
  for (let number = (publicRange?.first ?? 0) + 1; number < (publicRange?.last ?? 0); number += 1) {
    const address = formatIpv4(number);
    if (!taken.has(address)) return address;
  }
  throw new CloudError("ResourceInsufficient", "There is no free public address.");
}
