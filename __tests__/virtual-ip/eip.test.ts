import type { Construct } from "constructs";
import { describe, expect, test } from "vitest";
import { Eip, type EipProps, HaVip, KeepalivedPair, SecondaryPrivateIp } from "../../constructs/index";
import { PROPS, settingsOf } from "../helpers/pair";
import { building, only, SUBNET, synth, types } from "../helpers/synth";

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

describe("an EIP that exists", () => {
  const eip = Eip.fromEipAttributes({ eipId: "eip-1", publicIp: "203.0.113.7" });

  test("is bound to a new HAVIP", () => {
    const stack = synth((scope) => {
      new HaVip(scope, "Vip", { subnet: SUBNET, vip: "10.0.1.100", eip });
    });
    expect(only(stack, "tencentcloud_ha_vip_eip_attachment")["address_ip"]).toBe("203.0.113.7");
    expect(types(stack)).not.toContain("tencentcloud_eip");
  });

  test("is bound to a parked address, and pairctl is told", () => {
    const stack = synth((scope) => {
      const vips = { vip: "10.0.1.100", parkingIp: "10.0.1.101" };
      const virtualIp = new SecondaryPrivateIp(scope, "Vip", { subnet: SUBNET, ...vips, eip });
      new KeepalivedPair(scope, "Pair", { ...PROPS, virtualIp });
    });
    expect(only(stack, "tencentcloud_eip_association")["eip_id"]).toBe("eip-1");
    expect(types(stack)).not.toContain("tencentcloud_eip");
    expect(settingsOf(stack, "Primary")).toMatchObject({ virtualIps: [{ eipId: "eip-1" }] });
  });
});

describe("a new EIP", () => {
  const eipWith = (props: object) => (scope: Construct) => new Eip(scope, "Address", { bandwidthMbps: 5, ...props });

  test("takes name, billing, package and line", () => {
    const props = {
      name: "web",
      chargeType: "BANDWIDTH_PACKAGE",
      bandwidthPackageId: "bwp-1",
      internetServiceProvider: "CMCC",
    };
    expect(only(synth(eipWith({ ...props, tags: { a: "b" } })), "tencentcloud_eip")).toMatchObject({
      name: "web",
      internet_charge_type: "BANDWIDTH_PACKAGE",
      bandwidth_package_id: "bwp-1",
      internet_service_provider: "CMCC",
      tags: { a: "b" },
    });
  });

  test.each([
    ["a package without its billing", { bandwidthPackageId: "bwp-1" }],
    ["its billing without a package", { chargeType: "BANDWIDTH_PACKAGE" }],
  ])("refuses %s", (_, props) => {
    expect(building(eipWith(props))).toThrow(/'eip\.bandwidthPackageId' goes with chargeType BANDWIDTH_PACKAGE/);
  });

  test("refuses a name that the provider does not take", () => {
    expect(building(eipWith({ name: "n".repeat(61) }))).toThrow(/'eip\.name' must have 1 to 60 characters/);
  });
});

test("refuses a public address that is none, of an EIP or a HAVIP that exists", () => {
  const publicIp = "203.0.113.7/32";
  const message = /'publicIp' must be an IPv4 address, got "203\.0\.113\.7\/32": .* without a prefix length/;
  expect(() => Eip.fromEipAttributes({ eipId: "eip-1", publicIp })).toThrow(message);
  const brought = { haVipId: "havip-1", vip: "10.0.1.100", subnet: SUBNET, publicIp };
  expect(building((scope) => HaVip.fromHaVipAttributes(scope, "Vip", brought))).toThrow(message);
});
