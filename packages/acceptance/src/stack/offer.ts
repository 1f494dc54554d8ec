import type { AcceptanceCloud } from "../cloud/actions.ts";

/** Where an instance type is sold, and what it costs there. */
export interface Offer {
  readonly zone: string;
  /** For an hour, in the account's currency; undefined: the cloud does not say. */
  readonly pricePerHour: number | undefined;
}

/** What the cloud says of a type in a zone, as far as it is looked at. */
interface InstanceTypeInZone {
  readonly Zone: string;
  readonly Status: string;
  readonly Price?: { readonly UnitPrice?: number; readonly UnitPriceDiscount?: number; readonly ChargeUnit?: string };
}

/**
 * The first zone of the region that sells an instance type by the hour.
 *
 * @throws Error where none does
 */
export async function findOffer(api: AcceptanceCloud, region: string, instanceType: string): Promise<Offer> {
  const answer = await api.call("cvm", "DescribeZoneInstanceConfigInfos", {
    Filters: [
      { Name: "instance-type", Values: [instanceType] },
      { Name: "instance-charge-type", Values: ["POSTPAID_BY_HOUR"] },
    ],
  });
  const found = (answer["InstanceTypeQuotaSet"] ?? []) as readonly InstanceTypeInZone[];
  const sold = [...found].sort((a, b) => a.Zone.localeCompare(b.Zone)).find(({ Status }) => Status === "SELL");
  if (sold === undefined) {
    throw new Error(`--instance-type must be sold in ${region}, got '${instanceType}': name another one, or region`);
  }
  const { UnitPriceDiscount, UnitPrice, ChargeUnit } = sold.Price ?? {};
  return { zone: sold.Zone, pricePerHour: ChargeUnit === "HOUR" ? (UnitPriceDiscount ?? UnitPrice) : undefined };
}
