import { list, object, optional, string } from "../../../api/parameters.ts";
import { type FilterTest, queryParameters, select } from "../../../api/query.ts";
import { defineAction } from "../service.ts";
import type { Core } from "../state.ts";
import { checkAddressId } from "./checks.ts";
import type { Address } from "./state.ts";
import { addressInstanceType, addressStatus, addressTarget, addressView } from "./view.ts";

const queryCodes = {
  filterKey: "InvalidParameter.InvalidFilter",
  limit: "InvalidParameterValue.LimitExceeded",
  // AddressIds exclude the filter address-id only. Source: the SDK's model of the request.
  idFilters: ["address-id"],
  maxFilterValues: 100,
};

const filterTests = ({ state }: Core): Record<string, FilterTest<Address>> => ({
  "address-id": (address, values) => values.includes(address.addressId),
  "address-name": (address, values) => address.name === values[0],
  "address-ip": (address, values) => values.includes(address.addressIp),
  "address-status": (address, values) => values.includes(addressStatus(state, address)),
  "address-type": (_address, values) => values.includes("EIP"),
  // There are no dedicated clusters (CDC) here.
  "business-type": (_address, values) => !values.includes("CDC"),
  "instance-id": (address, values) => values.includes(addressTarget(state, address)?.instanceId ?? ""),
  "instance-type": (address, values) => values.includes(addressInstanceType(state, address) ?? ""),
  "private-ip-address": (address, values) => addressTarget(state, address)?.privateIp === values[0],
  "network-interface-id": ({ binding }, values) =>
    binding?.kind === "eni" && values.includes(binding.networkInterfaceId),
});

/** EIPs with what they are bound to. */
export const describeAddresses = defineAction(
  "DescribeAddresses",
  object({ AddressIds: optional(list(string)), ...queryParameters }),
  (core, { AddressIds: ids, ...query }) => {
    const { state } = core;
    for (const id of ids ?? []) checkAddressId(id);
    const { page, total } = select(
      state.addresses.values(),
      { ids, ...query },
      (address) => address.addressId,
      filterTests(core),
      queryCodes,
    );
    return { TotalCount: total, AddressSet: page.map((address) => addressView(state, address)) };
  },
);
