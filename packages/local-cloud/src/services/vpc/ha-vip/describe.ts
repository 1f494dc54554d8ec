import { list, object, optional, string } from "../../../api/parameters.ts";
import { type FilterTest, queryParameters, select } from "../../../api/query.ts";
import { eipOfHaVip } from "../address/lookup.ts";
import { checkIds, defineAction, vpcQueryCodes } from "../service.ts";
import type { Core } from "../state.ts";
import type { HaVip } from "./state.ts";
import { haVipView } from "./view.ts";

const filterTests = ({ state }: Core): Record<string, FilterTest<HaVip>> => ({
  "havip-id": (haVip, values) => values.includes(haVip.haVipId),
  "havip-name": (haVip, values) => values.includes(haVip.name),
  "vpc-id": (haVip, values) => values.includes(haVip.vpcId),
  "subnet-id": (haVip, values) => values.includes(haVip.subnetId),
  vip: (haVip, values) => values.includes(haVip.vip),
  "address-ip": (haVip, values) => values.includes(eipOfHaVip(state, haVip.haVipId)?.addressIp ?? ""),
  "havip-association.instance-id": ({ associations }, values) =>
    associations.some(({ instanceId }) => values.includes(instanceId)),
  "havip-association.instance-type": ({ associations }, values) =>
    associations.some(({ instanceType }) => values.includes(instanceType)),
  "check-associate": (haVip, values) => values.includes(String(haVip.checkAssociate)),
});

/** HAVIPs with their holders, associations and EIPs. */
export const describeHaVips = defineAction(
  "DescribeHaVips",
  object({ HaVipIds: optional(list(string)), ...queryParameters }),
  (core, { HaVipIds: ids, ...query }) => {
    const { state } = core;
    checkIds("havip", "HaVipIds", ids);
    const { page, total } = select(
      state.haVips.values(),
      { ids, ...query },
      (haVip) => haVip.haVipId,
      filterTests(core),
      vpcQueryCodes,
    );
    return { TotalCount: total, HaVipSet: page.map((haVip) => haVipView(state, haVip)) };
  },
);
