import type { Construct } from "constructs";
import { describe, expect, test } from "vitest";
import {
  Eip,
  HaVip,
  PairctlRole,
  KeepalivedPair,
  KeyPair,
  type KeepalivedPairProps,
  Network,
  PeerSecurityGroup,
  PlacementGroup,
  SecondaryPrivateIp,
} from "../../constructs/index";
import { configOf, haVip, node, privateIp, PROPS, settingsOf, synthPair } from "../helpers/pair";
import { building, only, SUBNET, synth, type Synthesized } from "../helpers/synth";

const types = (stack: Synthesized) => Object.keys(stack.resource).sort();

describe("a VPC that exists", () => {
  test("gets a subnet and no VPC", () => {
    const stack = synth((scope) => {
      new Network(scope, "Network", {
        vpc: Network.fromVpcAttributes({ vpcId: "vpc-1", cidrBlock: "10.0.0.0/16" }),
        subnetCidrBlock: "10.0.7.0/24",
        availabilityZone: "ap-singapore-1",
      });
    });
    expect(types(stack)).toEqual(["tencentcloud_subnet", "terraform_data"]);
    expect(only(stack, "tencentcloud_subnet")).toMatchObject({ vpc_id: "vpc-1", cidr_block: "10.0.7.0/24" });
  });

  test.each([
    ["a subnet outside it", { vpc: { vpcId: "vpc-1", cidrBlock: "10.1.0.0/16" } }, /must lie inside the VPC's 10\.1/],
    [
      "a new one beside it",
      { cidrBlock: "10.0.0.0/16", vpc: { vpcId: "vpc-1", cidrBlock: "10.0.0.0/16" } },
      /one of the two/,
    ],
    ["neither", {}, /'cidrBlock' or 'vpc' must be given/],
  ])("refuses %s", (_, props, message) => {
    const rest = { subnetCidrBlock: "10.0.7.0/24", availabilityZone: "ap-singapore-1" };
    expect(building((scope) => new Network(scope, "Network", { ...props, ...rest }))).toThrow(message);
  });
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

describe("a placement group", () => {
  test("that exists is used", () => {
    const placementGroup = PlacementGroup.fromPlacementGroupAttributes({ placementGroupId: "ps-1" });
    const stack = synthPair({ placementGroup });
    expect(types(stack)).not.toContain("tencentcloud_placement_group");
    expect(node(stack, "Primary")["placement_group_id"]).toBe("ps-1");
  });

  test("of one's own has another type and affinity", () => {
    const stack = synth((scope) => {
      const placementGroup = new PlacementGroup(scope, "Racks", { type: "RACK", affinity: 2, tags: { a: "b" } });
      new KeepalivedPair(scope, "Pair", { ...PROPS, virtualIp: haVip(scope), placementGroup });
    });
    expect(only(stack, "tencentcloud_placement_group")).toMatchObject({
      name: "Racks",
      type: "RACK",
      affinity: 2,
      tags: { a: "b" },
    });
  });

  test.each([
    [{ affinity: 11 }, /'placementGroup\.affinity' must be an integer between 1 and 10, got 11/],
    [{ name: "" }, /'placementGroup\.name' must have 1 to 60/],
  ])("refuses %j", (props, message) => {
    expect(building((scope) => new PlacementGroup(scope, "Racks", props))).toThrow(message);
  });
});

describe("a security group", () => {
  const securityGroup = PeerSecurityGroup.fromSecurityGroupAttributes({ securityGroupId: "sg-1" });

  test("that exists is used, with nothing to wait for", () => {
    const stack = synthPair({ securityGroup });
    expect(types(stack).filter((type) => type.startsWith("tencentcloud_security_group"))).toEqual([]);
    expect(node(stack, "Primary")["orderly_security_groups"]).toEqual(["sg-1"]);
    expect(node(stack, "Primary")["depends_on"]).toEqual([expect.stringContaining("cam_role_policy_attachment")]);
  });

  test.each<[keyof KeepalivedPairProps]>([["ingress"], ["egress"]])(
    "refuses %s rules beside one that exists",
    (prop) => {
      expect(() => synthPair({ securityGroup, [prop]: [] })).toThrow(
        new RegExp(`'${prop}' goes with a new security group only`),
      );
    },
  );

  test("of its own lets out what is said, and the peer always", () => {
    const stack = synthPair({ egress: [{ protocol: "TCP", port: "443", cidrBlock: "0.0.0.0/0", description: "API" }] });
    expect(only(stack, "tencentcloud_security_group_rule_set")["egress"]).toMatchObject([
      { cidr_block: "10.0.1.11/32", protocol: "ALL" },
      { cidr_block: "10.0.1.12/32", protocol: "ALL" },
      { cidr_block: "0.0.0.0/0", protocol: "TCP", port: "443", description: "API" },
    ]);
  });

  test("that is another construct of the stack is waited for", () => {
    const stack = synth((scope) => {
      const nodeAddresses = ["10.0.1.11", "10.0.1.12"];
      const securityGroup = new PeerSecurityGroup(scope, "Peers", { nodeAddresses });
      new KeepalivedPair(scope, "Pair", { ...PROPS, virtualIp: haVip(scope), securityGroup });
    });
    expect(node(stack, "Secondary")["depends_on"]).toContainEqual(
      expect.stringMatching(/^tencentcloud_security_group_rule_set\.Peers_/),
    );
  });

  test("refuses a name that the provider does not take", () => {
    const props = { nodeAddresses: [], name: "n".repeat(61) };
    expect(building((scope) => new PeerSecurityGroup(scope, "Peers", props))).toThrow(
      /'securityGroup\.name' must have 1 to 60 characters/,
    );
  });

  test("refuses an egress rule that is not valid", () => {
    expect(() => synthPair({ egress: [{ protocol: "TCP", cidrBlock: "x" }] })).toThrow(/'egress\[0\]\.cidrBlock'/);
  });
});

describe("a role", () => {
  test("that exists is used, and its needs are known", () => {
    const stack = synthPair({ role: PairctlRole.fromRoleAttributes({ roleName: "ours" }) }, privateIp);
    expect(types(stack).filter((type) => type.startsWith("tencentcloud_cam"))).toEqual([]);
    expect(node(stack, "Primary")["cam_role_name"]).toBe("ours");
    expect(settingsOf(stack, "Primary")["roleName"]).toBe("ours");
    expect(PairctlRole.actions("secondary-private-ip")).toContain("vpc:MigratePrivateIpAddress");
    expect(PairctlRole.actions("havip")).toEqual(["vpc:DescribeHaVips"]);
  });

  test("that is another construct of the stack is waited for, and must be of the pair's mechanism", () => {
    const withRole = (virtualIp: typeof haVip) =>
      synth((scope) => {
        const role = new PairctlRole(scope, "Role", { mechanism: "havip" });
        new KeepalivedPair(scope, "Pair", { ...PROPS, virtualIp: virtualIp(scope), role });
      });
    expect(node(withRole(haVip), "Primary")["depends_on"]).toContainEqual(
      expect.stringMatching(/^tencentcloud_cam_role_policy_attachment\.Role_/),
    );
    expect(() => withRole(privateIp)).toThrow(
      /'role' must allow what mechanism secondary-private-ip needs, got "havip"/,
    );
  });

  test("is not needed with a HAVIP", () => {
    const stack = synthPair({ role: "none" });
    expect(types(stack).filter((type) => type.startsWith("tencentcloud_cam"))).toEqual([]);
    expect(node(stack, "Primary")).not.toHaveProperty("cam_role_name");
    expect(settingsOf(stack, "Primary")).not.toHaveProperty("roleName");
  });

  test("refuses to go without where pairctl has to move the address", () => {
    expect(() => synthPair({ role: "none" }, privateIp)).toThrow(
      /'role' cannot be with mechanism secondary-private-ip/,
    );
  });

  test("refuses a name that another role of the stack has, as two pairs of one name would", () => {
    expect(
      building((scope) => {
        new PairctlRole(scope, "One", { mechanism: "havip", name: "nodes" });
        new PairctlRole(scope, "Two", { mechanism: "havip", name: "nodes" });
      }),
    ).toThrow(
      /'role\.name' belongs to test\/One already, and an account has each name once, in all regions together, got "nodes"/,
    );
  });

  test("refuses a name that is too long", () => {
    expect(building((scope) => new PairctlRole(scope, "Role", { mechanism: "havip", name: "n".repeat(129) }))).toThrow(
      /'role\.name' must have 1 to 128/,
    );
  });
});

test("a pair of brought parts alone makes two instances, and what ties them to their address", () => {
  const brought = {
    placementGroup: PlacementGroup.fromPlacementGroupAttributes({ placementGroupId: "ps-1" }),
    securityGroup: PeerSecurityGroup.fromSecurityGroupAttributes({ securityGroupId: "sg-1" }),
    role: PairctlRole.fromRoleAttributes({ roleName: "ours" }),
    keyPairs: [KeyPair.fromKeyPairAttributes({ keyId: "skey-1" })],
  };
  const eip = Eip.fromEipAttributes({ eipId: "eip-1", publicIp: "203.0.113.7" });
  const subnet = Network.fromSubnetAttributes(SUBNET);
  const havip = synth((scope) => {
    const attributes = { haVipId: "havip-1", vip: "10.0.1.100", subnet, eip };
    const virtualIp = HaVip.fromHaVipAttributes(scope, "Vip", attributes);
    new KeepalivedPair(scope, "Pair", { ...PROPS, ...brought, virtualIp });
  });
  expect(types(havip)).toEqual([
    "tencentcloud_ha_vip_eip_attachment",
    "tencentcloud_ha_vip_instance_attachment",
    "tencentcloud_instance",
    "terraform_data",
  ]);
  expect(node(havip, "Primary")["depends_on"]).toEqual([]);
  const parked = synth((scope) => {
    const virtualIp = new SecondaryPrivateIp(scope, "Vip", { vip: "10.0.1.100", parkingIp: "10.0.1.101", subnet, eip });
    new KeepalivedPair(scope, "Pair", { ...PROPS, ...brought, virtualIp });
  });
  expect(types(parked)).toEqual([
    "tencentcloud_eip_association",
    "tencentcloud_eni",
    "tencentcloud_instance",
    "terraform_data",
  ]);
});

test("what another resource of the stack makes is brought along with what the nodes wait for", () => {
  const ready = { fqn: "tencentcloud_sleep.Rules" };
  const stack = synthPair({
    securityGroup: PeerSecurityGroup.fromSecurityGroupAttributes({ securityGroupId: "sg-1", ready }),
    role: PairctlRole.fromRoleAttributes({ roleName: "ours", mechanism: "havip", ready }),
  });
  expect(node(stack, "Primary")["depends_on"]).toEqual([ready.fqn, ready.fqn]);
});

describe("what the user adds", () => {
  test("runs on every change of state, by our own notify script: keepalived's versions differ in what they tell", () => {
    const { files } = configOf(synthPair({ notifyCommands: ['logger "now $1"', "true"] }), "Primary");
    const { content = "", permissions } = files["/usr/libexec/pairctl/notify_user"] ?? {};
    expect(permissions).toBe("0755");
    expect(content).toMatch(/^#!\/bin\/sh\nif .*\nfi\nlogger "now \$1"\ntrue\n$/s);
    expect(files["/usr/libexec/keepalived/notify"]?.content).toContain("=/usr/libexec/pairctl/notify_user\n");
    expect(files["/etc/keepalived/keepalived.conf"]?.content).not.toContain("notify_user");
  });

  test("stands at the end of keepalived.conf", () => {
    const conf = configOf(synthPair({ extraKeepalivedConf: "virtual_server 10.0.1.100 80 {\n}\n" }), "Primary").files;
    expect(conf["/etc/keepalived/keepalived.conf"]?.content).toMatch(/\}\nvirtual_server 10\.0\.1\.100 80 \{\n\}\n$/);
  });

  test("makes the primary a standing master", () => {
    const conf = configOf(synthPair({ preemptDelaySeconds: 30 }), "Primary").files["/etc/keepalived/keepalived.conf"];
    expect(conf?.content).toContain("state BACKUP\n    preempt_delay 30\n");
    expect(conf?.content).not.toContain("nopreempt");
    expect(() => synthPair({ preemptDelaySeconds: 1001 })).toThrow(/'preemptDelaySeconds'.* 0 and 1000, got 1001/);
  });

  test("is merged into the cloud-config: lists behind ours, commands before the setup", () => {
    const cloudConfig = {
      packages: ["nginx"],
      runcmd: [["systemctl", "enable", "nginx"]],
      write_files: [{ path: "/etc/motd", content: "hello\n" }],
      timezone: "Asia/Singapore",
    };
    const { packages, runcmd, files, document } = configOf(synthPair({ cloudConfig }), "Primary");
    expect(packages).toEqual(["keepalived", "nodejs", "nginx"]);
    expect(runcmd).toEqual([
      ["systemctl", "enable", "nginx"],
      ["rm", "-rf", "/var/lib/pairctl"],
      ["systemctl", "daemon-reload"],
      ["sh", "-c", expect.stringContaining("systemctl start pairctl-setup")],
    ]);
    expect(files["/etc/motd"]?.content).toBe("hello\n");
    expect(document["timezone"]).toBe("Asia/Singapore");
  });

  test.each([
    [
      "one of our files",
      { write_files: [{ path: "/etc/keepalived/keepalived.conf" }] },
      /'cloudConfig\.write_files' must name each path once/,
    ],
    [
      "one of our packed files",
      { write_files: [{ path: "/usr/sbin/pairctl" }] },
      /'cloudConfig\.write_files' must name each path once.*"\/usr\/sbin\/pairctl"/,
    ],
    [
      "no list in a list's place",
      { packages: "nginx" },
      /'cloudConfig\.packages' must be a list, got a value that is not shown: put its value in brackets/,
    ],
  ])("refuses %s", (_, cloudConfig, message) => {
    expect(() => synthPair({ cloudConfig })).toThrow(message);
  });
});

describe("several pairs in one subnet", () => {
  const two = (first: object, second: object) => (scope: Construct) => {
    const at = (id: string, last: number, props: object) => {
      const address = (offset: number) => `10.0.1.${last + offset}`;
      const virtualIp = new HaVip(scope, `${id}Vip`, { subnet: SUBNET, vip: address(0) });
      const nodes = { primary: { privateIp: address(1) }, secondary: { privateIp: address(2) } };
      new KeepalivedPair(scope, id, { ...PROPS, ...nodes, virtualIp, ...props });
    };
    at("One", 20, first);
    at("Two", 30, second);
  };

  test("have different virtual_router_ids by themselves", () => {
    expect(Object.keys(synth(two({}, {})).resource["tencentcloud_instance"] ?? {})).toHaveLength(4);
  });

  test.each([
    ["virtual_router_id", { virtualRouterId: 51 }, { virtualRouterId: 51 }, /'virtualRouterId' belongs to .+, got 51/],
    [
      "node address",
      {},
      { primary: { privateIp: "10.0.1.22" } },
      /'primary\.privateIp' belongs to .+, got "10\.0\.1\.22"/,
    ],
    ["address for VIP and node", {}, { secondary: { privateIp: "10.0.1.20" } }, /'secondary\.privateIp' belongs to/],
  ])("refuse the same %s", (_, first, second, message) => {
    expect(building(two(first, second))).toThrow(message);
    expect(building(two(first, second))).toThrow(/test\/One already, which is in the same subnet/);
  });
});

describe("several addresses for one pair", () => {
  const parked = (scope: Construct, id: string, last: number, eip?: { bandwidthMbps: number }) =>
    new SecondaryPrivateIp(scope, id, { subnet: SUBNET, vip: `10.0.1.${last}`, parkingIp: `10.0.1.${last + 1}`, eip });

  test("move together: adverts name the first, pairctl and the scripts know all", () => {
    const stack = synth((scope) => {
      const virtualIp = parked(scope, "One", 100);
      const additionalVirtualIps = [parked(scope, "Two", 110, { bandwidthMbps: 5 })];
      new KeepalivedPair(scope, "Pair", { ...PROPS, virtualIp, additionalVirtualIps });
    });
    const { files } = configOf(stack, "Primary");
    expect(files["/etc/keepalived/keepalived.conf"]?.content).toContain(`    virtual_ipaddress {
        10.0.1.100
    }
    virtual_ipaddress_excluded {
        10.0.1.110
    }
`);
    expect(settingsOf(stack, "Secondary")).toMatchObject({
      virtualIps: [
        { vip: "10.0.1.100", parkingIp: "10.0.1.101" },
        { vip: "10.0.1.110", parkingIp: "10.0.1.111", eipId: expect.stringMatching(/^\$\{tencentcloud_eip\./) },
      ],
    });
    expect(files["/etc/pairctl/node.conf"]?.content).toContain('VIRTUAL_ADDRESSES="10.0.1.100 10.0.1.110"\n');
  });

  test("are all associated with both nodes", () => {
    const stack = synth((scope) => {
      const additionalVirtualIps = [new HaVip(scope, "Two", { subnet: SUBNET, vip: "10.0.1.110" })];
      new KeepalivedPair(scope, "Pair", { ...PROPS, virtualIp: haVip(scope), additionalVirtualIps });
    });
    expect(Object.keys(stack.resource["tencentcloud_ha_vip_instance_attachment"] ?? {})).toHaveLength(4);
  });

  test.each<[string, (scope: Construct) => Construct, RegExp]>([
    [
      "the other mechanism",
      (scope) => parked(scope, "Two", 110),
      /'additionalVirtualIps\[0\]' must be moved as the first one/,
    ],
    [
      "another subnet",
      (scope) => new HaVip(scope, "Two", { subnet: { ...SUBNET, subnetId: "subnet-2" }, vip: "10.0.1.110" }),
      /'additionalVirtualIps\[0\]' must be in the subnet of the first one/,
    ],
    [
      "a node's address",
      (scope) => new HaVip(scope, "Two", { subnet: SUBNET, vip: "10.0.1.11" }),
      /'primary\.privateIp' must differ from 'additionalVirtualIps\[0\]\.vip'/,
    ],
  ])("refuse %s", (_, second, message) => {
    expect(
      building((scope) => {
        const additionalVirtualIps = [second(scope) as HaVip];
        new KeepalivedPair(scope, "Pair", { ...PROPS, virtualIp: haVip(scope), additionalVirtualIps });
      }),
    ).toThrow(message);
  });
});
