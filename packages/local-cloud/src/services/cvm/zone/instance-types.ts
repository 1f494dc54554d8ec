import { CloudError } from "../../../api/errors.ts";
import { list, object, optional, string } from "../../../api/parameters.ts";
import { type FilterTest, select } from "../../../api/query.ts";
import { instanceTypes } from "../../instance-types.ts";
import { isZone, zonesOf } from "../../zones.ts";
import { chargeTypes } from "../instance/state.ts";
import { cvmQueryCodes, defineAction } from "../service.ts";
import { isSoldOut, type SoldOut } from "./sold-out.ts";

interface Offer extends SoldOut {
  readonly chargeType: string;
  readonly cpu: number;
  readonly memory: number;
}

/** @throws CloudError if it is not written as the cloud writes instance types */
export function checkInstanceType(instanceType: string): void {
  if (/^[A-Z][A-Za-z0-9]*\.[0-9A-Z]+$/.test(instanceType)) return;
  throw new CloudError("InvalidInstanceType.Malformed", `The instance type \`${instanceType}\` is malformed.`);
}

const familyOf = (instanceType: string) => instanceType.split(".")[0] ?? "";

const filterTests: Record<string, FilterTest<Offer>> = {
  zone: ({ zone }, values) => values.includes(zone),
  "instance-family": ({ instanceType }, values) => values.includes(familyOf(instanceType)),
  "instance-type": ({ instanceType }, values) => values.includes(instanceType),
  "instance-charge-type": ({ chargeType }, values) => values.includes(chargeType),
};

/** The filters of this action take up to 100 values, unlike those of others. */
const queryCodes = { ...cvmQueryCodes, maxFilterValues: 100 };

/** Every zone sells all the instance types that there are here, by the hour and in advance; those that are sold out are listed as well. */
export const describeZoneInstanceConfigInfos = defineAction(
  "DescribeZoneInstanceConfigInfos",
  object({ Filters: optional(list(object({ Name: string, Values: list(string) }))) }),
  ({ state, region }, { Filters }) => {
    for (const { Name, Values } of Filters ?? []) {
      if (Name === "instance-type") Values.forEach(checkInstanceType);
      const wrong = Name === "zone" ? Values.find((zone) => !isZone(region, zone)) : undefined;
      if (wrong !== undefined) {
        throw new CloudError("InvalidZone.MismatchRegion", `\`${wrong}\` is no zone of ${region}.`);
      }
    }
    const offers = zonesOf(region).flatMap((zone) =>
      Object.entries(instanceTypes).flatMap(([instanceType, size]) =>
        chargeTypes.map((chargeType): Offer => ({ zone, instanceType, chargeType, ...size })),
      ),
    );
    // Not by pages: the whole answer at once.
    const passing = offers.filter(
      (offer) =>
        select([offer], { ids: undefined, Filters, Offset: 0, Limit: 1 }, String, filterTests, queryCodes).total,
    );
    return { InstanceTypeQuotaSet: passing.map((offer) => view(offer, isSoldOut(state, offer))) };
  },
);

function view({ zone, instanceType, chargeType, cpu, memory }: Offer, soldOut: boolean) {
  return {
    Zone: zone,
    InstanceType: instanceType,
    InstanceChargeType: chargeType,
    InstanceFamily: familyOf(instanceType),
    Cpu: cpu,
    Memory: memory,
    Gpu: 0,
    Status: soldOut ? "SOLD_OUT" : "SELL",
    StatusCategory: soldOut ? "WithoutStock" : "EnoughStock",
  };
}
