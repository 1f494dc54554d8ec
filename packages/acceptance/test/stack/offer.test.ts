import { expect, test } from "vitest";
import type { AcceptanceCloud } from "../../src/cloud/actions.ts";
import { findOffer } from "../../src/stack/offer.ts";
import { startCloud } from "../cloud/cloud.ts";

test("the first zone that sells the instance type is taken", async () => {
  const { cloud, api } = await startCloud();
  await using _ = cloud;
  expect(await findOffer(api, "ap-singapore", "S5.MEDIUM2")).toEqual({
    zone: "ap-singapore-1",
    pricePerHour: undefined,
  });
  cloud.seed.soldOut({ zone: "ap-singapore-1", instanceType: "S5.MEDIUM2" });
  expect(await findOffer(api, "ap-singapore", "S5.MEDIUM2")).toMatchObject({ zone: "ap-singapore-2" });
});

test("the price is what the account pays", async () => {
  const Price = { UnitPrice: 0.08, UnitPriceDiscount: 0.06, ChargeUnit: "HOUR" };
  const api: AcceptanceCloud = {
    call: async () => ({ InstanceTypeQuotaSet: [{ Zone: "ap-x-1", Status: "SELL", Price }] }),
  };
  expect(await findOffer(api, "ap-x", "S5.MEDIUM2")).toEqual({ zone: "ap-x-1", pricePerHour: 0.06 });
});

test("refuses an instance type that no zone sells, and shows it", async () => {
  const { cloud, api } = await startCloud();
  await using _ = cloud;
  await expect(findOffer(api, "ap-singapore", "S9.HUGE1")).rejects.toThrow(
    "--instance-type must be sold in ap-singapore, got 'S9.HUGE1'",
  );
});
