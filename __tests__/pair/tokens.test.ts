import { App, TerraformStack, TerraformVariable } from "cdktf";
import type { Construct } from "constructs";
import { describe, expect, test } from "vitest";
import {
  HaVip,
  HealthCheck,
  KeepalivedPair,
  type KeepalivedPairProps,
  KeyPair,
  Network,
  PlacementGroup,
} from "../../constructs/index";
import { configOf, confOf, haVip, node, PROPS, settingsOf } from "../helpers/pair";
import { building, only, SUBNET, synth } from "../helpers/synth";

const text = (scope: Construct) => new TerraformVariable(scope, "value", { type: "string" }).stringValue;
const number = (scope: Construct) => new TerraformVariable(scope, "value", { type: "number" }).numberValue;

const pairWith = (props: (scope: Construct) => Partial<KeepalivedPairProps>) => (scope: Construct) =>
  void new KeepalivedPair(scope, "Pair", { ...PROPS, virtualIp: haVip(scope), ...props(scope) });

describe("a value that is known only at apply is taken", () => {
  test.each<[string, (scope: Construct) => Partial<KeepalivedPairProps>, object]>([
    ["as a disk's size", (scope) => ({ systemDisk: { sizeGb: number(scope) } }), { system_disk_size: "${var.value}" }],
    [
      "as a period",
      (scope) => ({ prepaid: { periodMonths: number(scope) } }),
      { instance_charge_type_prepaid_period: "${var.value}" },
    ],
    [
      "as a host name",
      (scope) => ({ primary: { privateIp: "10.0.1.11", hostname: text(scope) } }),
      { hostname: "${var.value}" },
    ],
  ])("%s", (_, props, expected) => {
    expect(node(synth(pairWith(props)), "Primary")).toMatchObject(expected);
  });

  test("as a rule's network and port", () => {
    const ingress = (scope: Construct) => {
      const value = text(scope);
      return { ingress: [{ protocol: "TCP", port: value, cidrBlock: value } as const] };
    };
    expect(only(synth(pairWith(ingress)), "tencentcloud_security_group_rule_set")["ingress"]).toContainEqual(
      expect.objectContaining({ port: "${var.value}", cidr_block: "${var.value}" }),
    );
  });

  test("as a public key and its name", () => {
    const stack = synth((scope) => {
      const value = text(scope);
      new KeyPair(scope, "Ops", { keyName: value, publicKey: value });
    });
    expect(only(stack, "tencentcloud_key_pair")).toMatchObject({
      key_name: "${var.value}",
      public_key: "${var.value}",
    });
  });

  test("as a bandwidth and an affinity", () => {
    const stack = synth((scope) => {
      const value = number(scope);
      new HaVip(scope, "Vip", { subnet: SUBNET, vip: "10.0.1.100", eip: { bandwidthMbps: value } });
      new PlacementGroup(scope, "Racks", { affinity: value });
    });
    expect(only(stack, "tencentcloud_eip")["internet_max_bandwidth_out"]).toBe("${var.value}");
    expect(only(stack, "tencentcloud_placement_group")["affinity"]).toBe("${var.value}");
  });

  describe("as the id of a subnet, which is the same one each time that it is read:", () => {
    const twoVips = (scope: Construct) => {
      const subnetId = new TerraformVariable(scope, "value", { type: "string" });
      const haVipAt = (vip: string) =>
        new HaVip(scope, vip, { vip, subnet: { ...SUBNET, subnetId: subnetId.stringValue } });
      return [haVipAt("10.0.1.100"), haVipAt("10.0.1.200")] as const;
    };

    test("two of its addresses can move together", () => {
      const stack = synth((scope) => {
        const [virtualIp, other] = twoVips(scope);
        new KeepalivedPair(scope, "Pair", { ...PROPS, virtualIp, additionalVirtualIps: [other] });
      });
      expect(confOf(stack, "Primary")).toContain("virtual_ipaddress_excluded {\n        10.0.1.200\n");
    });

    test("two pairs in it cannot have the same node", () => {
      const twoPairs = building((scope) => {
        const [one, two] = twoVips(scope);
        new KeepalivedPair(scope, "One", { ...PROPS, virtualIp: one });
        new KeepalivedPair(scope, "Two", { ...PROPS, virtualIp: two });
      });
      expect(twoPairs).toThrow(/'primary\.privateIp' belongs to test\/One already, which is in the same subnet/);
    });

    test("a subnet of the same construct id in another stack is another one", () => {
      const app = new App();
      for (const name of ["dev", "prod"]) {
        const stack = new TerraformStack(app, name);
        const cidrs = { cidrBlock: "10.0.0.0/16", subnetCidrBlock: SUBNET.cidrBlock };
        const { subnet } = new Network(stack, "Network", { ...cidrs, availabilityZone: SUBNET.availabilityZone });
        const virtualIp = new HaVip(stack, "Vip", { subnet, vip: "10.0.1.100" });
        expect(() => new KeepalivedPair(stack, "Pair", { ...PROPS, name, virtualIp })).not.toThrow();
      }
    });
  });

  test("as the region", () => {
    const stack = synth(pairWith((scope) => ({ region: text(scope) })));
    expect(settingsOf(stack, "Primary")["region"]).toBe("${var.value}");
  });

  test("as the password and in a check, which Terraform writes into the user data", () => {
    const stack = synth(
      pairWith((scope) => {
        const value = text(scope);
        return { authPass: value, healthChecks: [HealthCheck.http(`http://${value}/`)] };
      }),
    );
    expect(confOf(stack, "Primary")).toContain("auth_pass ${var.value}\n");
    const { files } = configOf(stack, "Primary");
    expect(files["/usr/libexec/keepalived/check_service_1"]?.content).toContain("'http://${var.value}/'");
  });
});

describe("a value that must be known at synth is refused as a token, and it is said why:", () => {
  test.each<[string, (scope: Construct) => Partial<KeepalivedPairProps>]>([
    ["name", (scope) => ({ name: text(scope) })],
    ["virtualRouterId", (scope) => ({ virtualRouterId: number(scope) })],
    ["advertInt", (scope) => ({ advertInt: number(scope) })],
    ["preemptDelaySeconds", (scope) => ({ preemptDelaySeconds: number(scope) })],
    ["settleMs", (scope) => ({ settleMs: number(scope) })],
    ["deadlineMs", (scope) => ({ deadlineMs: number(scope) })],
    ["secondary.priority", (scope) => ({ secondary: { privateIp: "10.0.1.12", priority: number(scope) } })],
    ["healthCheck.tcp", (scope) => ({ healthChecks: [HealthCheck.tcp(number(scope))] })],
    ["healthCheck.process", (scope) => ({ healthChecks: [HealthCheck.process(text(scope))] })],
  ])("%s", (prop, props) => {
    expect(building(pairWith(props))).toThrow(
      `'${prop}' must be known at synth, since each node's configuration names it, got a token: write it as a literal`,
    );
  });

  test("cidrBlock", () => {
    expect(building((scope) => Network.fromVpcAttributes({ vpcId: "vpc-1", cidrBlock: text(scope) }))).toThrow(
      "'cidrBlock' must be known at synth, since addresses are checked against it, got a token",
    );
  });
});
