import { describe, expect, test } from "vitest";
import { Eip, type EipProps } from "../../constructs";
import { building, only, synth } from "../helpers/synth";

const eipOf = (props: EipProps) =>
  only(
    synth((scope) => void new Eip(scope, "Address", props)),
    "tencentcloud_eip",
  );

test("an account that is billed by instance sends neither bandwidth nor charge type", () => {
  expect(eipOf({})).not.toHaveProperty("internet_charge_type");
  expect(eipOf({})).not.toHaveProperty("internet_max_bandwidth_out");
});

test("is billed by traffic where only the bandwidth is given", () => {
  expect(eipOf({ bandwidthMbps: 100 })).toMatchObject({
    internet_charge_type: "TRAFFIC_POSTPAID_BY_HOUR",
    internet_max_bandwidth_out: 100,
  });
});

test("takes more in a bandwidth package", () => {
  const props = { bandwidthMbps: 2000, chargeType: "BANDWIDTH_PACKAGE", bandwidthPackageId: "bwp-1" } as const;
  expect(eipOf(props)).toMatchObject({ internet_max_bandwidth_out: 2000, bandwidth_package_id: "bwp-1" });
});

describe("refuses", () => {
  test.each<[string, EipProps, RegExp]>([
    [
      "more than the charge type takes",
      { bandwidthMbps: 101 },
      /between 1 and 100, got 101: .*TRAFFIC_POSTPAID_BY_HOUR/,
    ],
    [
      "more by the hour",
      { bandwidthMbps: 200, chargeType: "BANDWIDTH_POSTPAID_BY_HOUR" },
      /between 1 and 100, got 200/,
    ],
    [
      "no bandwidth",
      { chargeType: "TRAFFIC_POSTPAID_BY_HOUR" },
      /'eip.bandwidthMbps' must be given with chargeType TRAFFIC/,
    ],
    [
      "a package beside another charge type",
      { bandwidthMbps: 5, bandwidthPackageId: "bwp-1" },
      /'eip.bandwidthPackageId' goes with/,
    ],
  ])("%s", (_, props, message) => {
    expect(building((scope) => new Eip(scope, "Address", props))).toThrow(message);
  });
});
