import { describe, expect, test } from "vitest";
import { Eip, HaVip, KeepalivedPair } from "../../constructs/index";
import { PROPS } from "../helpers/pair";
import { building, instance, named, only, SUBNET, synth, types } from "../helpers/synth";

test("makes a HAVIP that only associated instances may take", () => {
  const stack = synth((scope) => {
    const vip = new HaVip(scope, "Vip", { subnet: SUBNET, vip: "10.0.1.100", name: "web" });
    expect(vip.mechanism).toBe("havip");
    expect(vip.publicIp).toBeUndefined();
  });
  expect(only(stack, "tencentcloud_ha_vip")).toMatchObject({
    name: "web",
    vip: "10.0.1.100",
    vpc_id: SUBNET.vpcId,
    subnet_id: SUBNET.subnetId,
    check_associate: true,
  });
  expect(stack.resource["tencentcloud_eip"]).toBeUndefined();
});

test("binds a public address to it", () => {
  const stack = synth((scope) => {
    new HaVip(scope, "Vip", { subnet: SUBNET, vip: "10.0.1.100", eip: { bandwidthMbps: 20 }, tags: { team: "ops" } });
  });
  expect(only(stack, "tencentcloud_eip")).toMatchObject({
    name: "Vip",
    internet_charge_type: "TRAFFIC_POSTPAID_BY_HOUR",
    internet_max_bandwidth_out: 20,
    tags: { team: "ops" },
  });
  expect(only(stack, "tencentcloud_ha_vip_eip_attachment")).toMatchObject({
    havip_id: expect.stringMatching(/^\$\{tencentcloud_ha_vip\.\w+\.id\}$/),
    address_ip: expect.stringMatching(/^\$\{tencentcloud_eip\.\w+\.public_ip\}$/),
  });
});

test("tells pairctl of the public address, so that it reports a HAVIP without it", () => {
  synth((scope) => {
    const eip = new HaVip(scope, "With", { subnet: SUBNET, vip: "10.0.1.100", eip: { bandwidthMbps: 20 } });
    expect(eip.pairctlSettings).toEqual({ eipId: eip.eip?.eipId });
    expect(new HaVip(scope, "Without", { subnet: SUBNET, vip: "10.0.1.101" }).pairctlSettings).toEqual({});
  });
});

test("associates both nodes and ignores what the provider misreads", () => {
  const stack = synth((scope) => {
    const vip = new HaVip(scope, "Vip", { subnet: SUBNET, vip: "10.0.1.100" });
    vip.bindNodes({ primary: instance(scope, "A"), secondary: instance(scope, "B") });
  });
  for (const [role, node] of [
    ["Primary", "A"],
    ["Secondary", "B"],
  ] as const) {
    expect(named(stack, "tencentcloud_ha_vip_instance_attachment", `Vip_${role}`)).toMatchObject({
      instance_id: `\${tencentcloud_instance.${node}.id}`,
      instance_type: "CVM",
      lifecycle: {
        ignore_changes: ["instance_id", "instance_type", "ha_vip_id"],
        // A new node or HAVIP is associated in the same apply.
        replace_triggered_by: [
          `tencentcloud_instance.${node}.id`,
          expect.stringMatching(/^tencentcloud_ha_vip\.\w+\.id$/),
        ],
      },
    });
  }
});

test("a brought HAVIP that becomes another one is associated anew", () => {
  const stack = synth((scope) => {
    const attributes = { haVipId: "havip-12345678", subnet: SUBNET, vip: "10.0.1.100" };
    const vip = HaVip.fromHaVipAttributes(scope, "Vip", attributes);
    vip.bindNodes({ primary: instance(scope, "A"), secondary: instance(scope, "B") });
  });
  const [[brought, { triggers_replace }] = ["", {}]] = Object.entries(stack.resource["terraform_data"] ?? {});
  expect(triggers_replace).toEqual({ haVipId: "havip-12345678" });
  expect(named(stack, "tencentcloud_ha_vip_instance_attachment", "Vip_Primary")).toMatchObject({
    lifecycle: { replace_triggered_by: ["tencentcloud_instance.A.id", `terraform_data.${brought}.id`] },
  });
});

test.each([
  [
    "an address outside the subnet",
    "10.0.2.100",
    /'vip' must be a free address.*outside the subnet 10\.0\.1\.0\/24.*10\.0\.2\.100/,
  ],
  ["the network address", "10.0.1.0", /'vip'.*network address/],
  ["the broadcast address", "10.0.1.255", /'vip'.*broadcast/],
  ["the gateway", "10.0.1.1", /'vip'.*gateway/],
  ["what is no address", "vip", /'vip'.*not an IPv4 address/],
  ["a token", "${TfToken[TOKEN.0]}", /'vip' must be known at synth/],
])("refuses %s", (_, vip, message) => {
  expect(building((scope) => new HaVip(scope, "Vip", { subnet: SUBNET, vip }))).toThrow(message);
});

test.each([0, 101, 1.5])("refuses a bandwidth of %s Mbit/s", (bandwidthMbps) => {
  expect(
    building((scope) => new HaVip(scope, "Vip", { subnet: SUBNET, vip: "10.0.1.100", eip: { bandwidthMbps } })),
  ).toThrow(/'eip\.bandwidthMbps' must be an integer between 1 and 100/);
});

test("refuses to take over the public address of a HAVIP that is new, and has none yet", () => {
  const props = { subnet: SUBNET, vip: "10.0.1.100", publicIp: "203.0.113.7" };
  expect(building((scope) => new HaVip(scope, "Vip", props))).toThrow(
    /'publicIp' goes with a HAVIP that exists already, got "203\.0\.113\.7": .*'eip'/,
  );
});

test("refuses a name that the provider does not take", () => {
  const props = { subnet: SUBNET, vip: "10.0.1.100", name: "n".repeat(61) };
  expect(building((scope) => new HaVip(scope, "Vip", props))).toThrow(/'name' must have 1 to 60/);
});

describe("a HAVIP that exists", () => {
  const brought = { haVipId: "havip-1", vip: "10.0.1.100", subnet: SUBNET };

  test("is associated with both nodes, and nothing else is made of it", () => {
    const stack = synth((scope) => {
      const virtualIp = HaVip.fromHaVipAttributes(scope, "Vip", { ...brought, publicIp: "203.0.113.7" });
      expect(virtualIp.publicIp).toBe("203.0.113.7");
      new KeepalivedPair(scope, "Pair", { ...PROPS, virtualIp });
    });
    expect(types(stack)).not.toContain("tencentcloud_ha_vip");
    expect(types(stack)).not.toContain("tencentcloud_eip");
    const attachments = Object.values(stack.resource["tencentcloud_ha_vip_instance_attachment"] ?? {});
    expect(attachments.map((attachment) => attachment["ha_vip_id"])).toEqual(["havip-1", "havip-1"]);
  });

  test("can get a new EIP, or one that exists", () => {
    for (const [eip, madeEips] of [
      [{ bandwidthMbps: 5 }, 1],
      [Eip.fromEipAttributes({ eipId: "eip-1", publicIp: "203.0.113.7" }), 0],
    ] as const) {
      const stack = synth((scope) => {
        HaVip.fromHaVipAttributes(scope, "Vip", { ...brought, eip });
      });
      expect(only(stack, "tencentcloud_ha_vip_eip_attachment")["havip_id"]).toBe("havip-1");
      expect(Object.keys(stack.resource["tencentcloud_eip"] ?? {})).toHaveLength(madeEips);
    }
  });
});

test("refuses a HAVIP with a public address that is to have another", () => {
  const attributes = { haVipId: "havip-1", vip: "10.0.1.100", subnet: SUBNET, publicIp: "203.0.113.7" };
  const both = { ...attributes, eip: { bandwidthMbps: 5 } };
  expect(building((scope) => HaVip.fromHaVipAttributes(scope, "Vip", both))).toThrow(
    /'publicIp' is bound already, and so would 'eip' be, got "203\.0\.113\.7": give one of the two/,
  );
});
