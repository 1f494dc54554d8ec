import { expect, test } from "vitest";
import { SecondaryPrivateIp } from "../../constructs/index";
import { building, instance, only, SUBNET, synth } from "../helpers/synth";

const PROPS = { subnet: SUBNET, vip: "10.0.1.100", parkingIp: "10.0.1.101" };

test("parks the address on a network interface that is attached to nothing", () => {
  const stack = synth((scope) => {
    const vip = new SecondaryPrivateIp(scope, "Vip", { ...PROPS, name: "web", tags: { team: "ops" } });
    vip.bindNodes({ primary: instance(scope, "A"), secondary: instance(scope, "B") });
    expect(vip.mechanism).toBe("secondary-private-ip");
    expect(vip.pairctlSettings).toEqual({ parkingIp: "10.0.1.101" });
  });
  expect(only(stack, "tencentcloud_eni")).toMatchObject({
    name: "web",
    vpc_id: SUBNET.vpcId,
    subnet_id: SUBNET.subnetId,
    ipv4s: [
      { ip: "10.0.1.101", primary: true },
      { ip: "10.0.1.100", primary: false },
    ],
    tags: { team: "ops" },
    // The provider imports it without its addresses, and would fail to give it those that it has.
    lifecycle: { ignore_changes: ["ipv4s", "ipv4_count"] },
  });
  expect(Object.keys(stack.resource)).toEqual(["tencentcloud_eni", "tencentcloud_instance"]);
});

test("binds the public address to the parked one and tells pairctl its id", () => {
  const stack = synth((scope) => {
    const vip = new SecondaryPrivateIp(scope, "Vip", { ...PROPS, eip: { bandwidthMbps: 10 } });
    expect(Object.keys(vip.pairctlSettings)).toEqual(["parkingIp", "eipId"]);
  });
  expect(only(stack, "tencentcloud_eip_association")).toMatchObject({
    eip_id: expect.stringMatching(/^\$\{tencentcloud_eip\.\w+\.id\}$/),
    network_interface_id: expect.stringMatching(
      /^\$\{try\(.* contains\(eni\.ipv4s\[\*\]\.ip, "10\.0\.1\.100"\)\]\[0\], tencentcloud_eni\.\w+\.id\)\}$/,
    ),
    private_ip: "10.0.1.100",
  });
});

test.each([
  ["a VIP outside the subnet", { vip: "10.0.2.1" }, /'vip' must be a free address/],
  ["a parking address outside the subnet", { parkingIp: "10.0.2.1" }, /'parkingIp' must be a free address/],
  ["one address for both", { parkingIp: "10.0.1.100" }, /'parkingIp' must differ from 'vip'.*10\.0\.1\.100/],
  ["a name that the provider does not take", { name: "n".repeat(61) }, /'name' must have 1 to 60/],
])("refuses %s", (_, props, message) => {
  expect(building((scope) => new SecondaryPrivateIp(scope, "Vip", { ...PROPS, ...props }))).toThrow(message);
});
