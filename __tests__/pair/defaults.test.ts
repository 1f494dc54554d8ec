import { TerraformVariable } from "cdktf";
import { expect, test } from "vitest";
import { HaVip, PairctlRole, KeepalivedPair, PeerSecurityGroup } from "../../constructs/index";
import { confOf, PROPS } from "../helpers/pair";
import { named, only, SUBNET, synth } from "../helpers/synth";

test("a role and a security group of their own are named by their construct's id", () => {
  const stack = synth((scope) => {
    new PairctlRole(scope, "Role", { mechanism: "havip" });
    new PeerSecurityGroup(scope, "Peers", { nodeAddresses: ["10.0.1.11", "10.0.1.12"] });
  });
  expect(only(stack, "tencentcloud_cam_role")["name"]).toBe("Role");
  expect(only(stack, "tencentcloud_security_group")["name"]).toBe("Peers");
});

test("a VIP that ends in .0, which is a host in a larger subnet, has virtual_router_id 255", () => {
  const subnet = { ...SUBNET, cidrBlock: "10.0.0.0/16" };
  const stack = synth((scope) => {
    new KeepalivedPair(scope, "Pair", { ...PROPS, virtualIp: new HaVip(scope, "Vip", { subnet, vip: "10.0.1.0" }) });
  });
  expect(confOf(stack, "Primary")).toContain("virtual_router_id 255\n");
});

test("a name that is known only at apply is taken where nothing is made from it", () => {
  const stack = synth((scope) => {
    const name = new TerraformVariable(scope, "name", { type: "string" }).stringValue;
    new HaVip(scope, "Vip", { subnet: SUBNET, vip: "10.0.1.100", name });
  });
  expect(named(stack, "tencentcloud_ha_vip", "Vip")["name"]).toBe("${var.name}");
});
