import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { AdoptionWorld } from "../support/adoption-world.ts";
import { PRIMARY, SECONDARY, userDataOf, VIP } from "../support/world.ts";

let world: AdoptionWorld;
afterEach(() => world[Symbol.asyncDispose]());

const deployed = async (mechanism: "havip" | "secondary-private-ip" = "secondary-private-ip") =>
  (world = await AdoptionWorld.deployed(mechanism));
const empty = async (mechanism: "havip" | "secondary-private-ip" = "secondary-private-ip") =>
  (world = await AdoptionWorld.empty(mechanism));

/** The ids of what is imported, by the address of the resource. */
async function imports(...args: readonly string[]): Promise<Record<string, string>> {
  const { status, out, err } = await world.adopt("--json", ...args);
  expect({ status, err }).toEqual({ status: 0, err: "" });
  const { imports: found } = JSON.parse(out) as { imports: { to: string; id: string }[] };
  return Object.fromEntries(found.map(({ to, id }) => [to, id]));
}

/** The ids that the cloud has chosen. */
function chosenByCloud() {
  const { securityGroups, placementGroups, roles, policies } = world.cloud.state;
  const [group = "", placement = ""] = [...securityGroups.keys(), ...placementGroups.keys()];
  const [role = "", policy = ""] = [
    ...[...roles.values()].map(({ roleId }) => roleId),
    ...[...policies.keys()].map(String),
  ];
  return { group, placement, role, policy };
}

describe("a stack whose state is lost", () => {
  test.each(["havip", "secondary-private-ip"] as const)("finds all that was deployed with %s", async (mechanism) => {
    await deployed(mechanism);
    const { group, placement, role, policy } = chosenByCloud();
    const addresses =
      mechanism === "havip"
        ? {
            "tencentcloud_ha_vip.HaVip": "havip-11111111",
            "tencentcloud_ha_vip_eip_attachment.EipAttachment": "havip-11111111#203.0.113.7",
            "tencentcloud_ha_vip_instance_attachment.PrimaryAttachment": "havip-11111111#ins-11111111",
            "tencentcloud_ha_vip_instance_attachment.SecondaryAttachment": "havip-11111111#ins-22222222",
          }
        : {
            "tencentcloud_eni.Parking": "eni-11111111",
            "tencentcloud_eip_association.EipAssociation": `eip-11111111::eni-11111111::${VIP}`,
          };
    expect(await imports()).toEqual({
      "tencentcloud_vpc.Vpc": "vpc-11111111",
      "tencentcloud_subnet.Subnet": "subnet-11111111",
      "tencentcloud_security_group.Group": group,
      "tencentcloud_security_group_rule_set.Rules": group,
      "tencentcloud_placement_group.Placement": placement,
      "tencentcloud_cam_role.Role": role,
      "tencentcloud_cam_policy.Policy": policy,
      "tencentcloud_cam_role_policy_attachment.Attachment": `${role}#${policy}`,
      "tencentcloud_instance.Primary": "ins-11111111",
      "tencentcloud_instance.Secondary": "ins-22222222",
      "tencentcloud_eip.Eip": "eip-11111111",
      ...addresses,
    });
  });

  test("prints what Terraform takes for a file, with what to do next, and writes nothing", async () => {
    await deployed();
    const { out } = await world.adopt();
    expect(out).toContain('import {\n  to = tencentcloud_instance.Primary\n  id = "ins-11111111"\n}');
    const besideBlocks = out.replace(/^import \{\n.*\n.*\n\}$/gm, "").split("\n");
    expect(besideBlocks.filter((line) => line !== "" && !line.startsWith("# "))).toEqual([]);
    expect(out).toContain("# 2. pair plan: ");
    expect(world.written).toBeUndefined();
  });

  test("writes the imports beside the stack where it is told to, and calls nothing but questions", async () => {
    await deployed();
    const called: string[] = [];
    world.cloud.on("call", ({ action }) => called.push(action));
    const { status, out } = await world.adopt("--write");
    expect(status).toBe(0);
    expect(out).toContain("adopt.tf.json has the imports: nothing is taken in before the deploy");
    expect(world.written?.import).toContainEqual({ to: "tencentcloud_vpc.Vpc", id: "vpc-11111111" });
    expect(called.filter((action) => !/^(Describe|Get|List)/.test(action))).toEqual([]);
  });

  test("leaves out what the state has, and takes ids from there", async () => {
    await deployed();
    const values = { id: "vpc-11111111" };
    const resource = { address: "tencentcloud_vpc.Vpc", mode: "managed", type: "tencentcloud_vpc", values };
    const file = join(world.folder, "state.json");
    writeFileSync(file, JSON.stringify({ format_version: "1.0", values: { root_module: { resources: [resource] } } }));
    // By its name it would not be found any more.
    world.arguments("tencentcloud_vpc.Vpc")["name"] = "renamed";
    const found = await imports("--state", file);
    expect(Object.keys(found)).not.toContain("tencentcloud_vpc.Vpc");
    expect(found["tencentcloud_subnet.Subnet"]).toBe("subnet-11111111");
  });

  test("has nothing to do where the state has everything", async () => {
    await deployed();
    const resources = Object.entries(world.resources).flatMap(([type, named]) =>
      Object.keys(named).map((name) => ({ address: `${type}.${name}`, mode: "managed", type, values: { id: name } })),
    );
    const file = join(world.folder, "state.json");
    writeFileSync(file, JSON.stringify({ format_version: "1.0", values: { root_module: { resources } } }));
    const { status, out } = await world.adopt("--state", file, "--write");
    expect({ status, out }).toMatchObject({ status: 0, out: expect.stringContaining("there is nothing to adopt") });
    expect(world.written).toBeUndefined();
  });

  test("finds the binding of the public address on the node that has the address after a failover", async () => {
    await deployed();
    const { networkInterfaceId = "" } = world.cloud.state.instances.get("ins-22222222") ?? {};
    await world.asOwner("vpc", "MigratePrivateIpAddress", {
      SourceNetworkInterfaceId: "eni-11111111",
      DestinationNetworkInterfaceId: networkInterfaceId,
      PrivateIpAddress: VIP,
    });
    await expect.poll(() => world.cloud.holderOf(VIP)?.instanceId).toBe("ins-22222222");
    const found = await imports();
    expect(found["tencentcloud_eip_association.EipAssociation"]).toBe(`eip-11111111::${networkInterfaceId}::${VIP}`);
    expect(found["tencentcloud_eni.Parking"]).toBe("eni-11111111");
  });

  test("says what is not there and what nobody has looked for: the deploy makes them", async () => {
    await deployed("havip");
    world.resources["tencentcloud_key_pair"] = { Ops: { key_name: "ops", public_key: "ssh-ed25519 AAAA" } };
    world.resources["tencentcloud_clb_instance"] = { Balancer: { network_type: "OPEN" } };
    const { status, out } = await world.adopt();
    expect(status).toBe(0);
    expect(out).toContain(
      "# Not there: the next deploy makes it anew.\n#   a key pair named ops (tencentcloud_key_pair.Ops)",
    );
    expect(out).toMatch(/# Not looked for.*\n# {3}tencentcloud_clb_instance\.Balancer/);
  });
});

describe("what was made by hand", () => {
  test("a pair in a network that the stack brings along by its ids is found there", async () => {
    await deployed();
    delete world.resources["tencentcloud_vpc"];
    delete world.resources["tencentcloud_subnet"];
    const place = { vpc_id: "vpc-11111111", subnet_id: "subnet-11111111" };
    for (const name of ["instance.Primary", "instance.Secondary", "eni.Parking"]) {
      Object.assign(world.arguments(`tencentcloud_${name}`), place);
    }
    const found = await imports();
    expect(found["tencentcloud_instance.Secondary"]).toBe("ins-22222222");
    expect(found["tencentcloud_eni.Parking"]).toBe("eni-11111111");
    expect(Object.keys(found)).toHaveLength(11);
  });

  test("a public address of the name becomes the stack's, alone", async () => {
    await empty();
    world.cloud.seed.address({ addressId: "eip-99999999", addressIp: "203.0.113.9", name: "web" });
    expect(await imports()).toEqual({ "tencentcloud_eip.Eip": "eip-99999999" });
  });

  test("a VPC of another name is named, and taken where a person says so, with the subnet in it", async () => {
    await empty();
    const { seed } = world.cloud;
    seed.vpc({ vpcId: "vpc-99999999", vpcName: "prod", cidrBlock: "10.0.0.0/16" });
    seed.subnet({
      subnetId: "subnet-99999999",
      vpcId: "vpc-99999999",
      cidrBlock: "10.0.1.0/24",
      zone: "ap-singapore-1",
    });
    const choice = "--id tencentcloud_vpc.Vpc=vpc-99999999";
    expect(await world.adopt()).toMatchObject({ status: 5, err: expect.stringContaining(choice) });
    expect(await imports(...choice.split(" "))).toEqual({
      "tencentcloud_vpc.Vpc": "vpc-99999999",
      "tencentcloud_subnet.Subnet": "subnet-99999999",
    });
  });

  test("nodes that this package did not set up are adopted, and it is said what they still need", async () => {
    await empty("havip");
    await world.deployNetwork();
    world.deployRole();
    const script = Buffer.from("#!/bin/sh\necho by hand\n").toString("base64");
    for (const facts of [PRIMARY, SECONDARY]) world.deployNode(facts, script);
    world.deployAddress();
    const { status, out } = await world.adopt();
    expect(status).toBe(0);
    expect(out).toContain("the primary becomes a node of the pair by 'pair replace primary'");
  });
});

/** What a refusal says, which prints and writes no import. */
async function refusal(...args: readonly string[]): Promise<string> {
  const { status, out, err } = await world.adopt("--write", ...args);
  expect({ status, out, written: world.written }).toEqual({ status: 5, out: "", written: undefined });
  return err;
}

describe("refuses", () => {
  test("where nothing of the stack is there: another account, or another region", async () => {
    await empty();
    expect(await refusal()).toBe(
      "pair adopt: account 100000000001 has nothing of this stack in ap-singapore: use the credentials and the region with " +
        "which it was deployed; where it was never deployed, 'cdktf deploy' makes all of it",
    );
  });

  test("a VPC that is there twice, and names both; one of them can be chosen", async () => {
    await deployed();
    world.cloud.seed.vpc({ vpcId: "vpc-22222222", vpcName: "web", cidrBlock: "10.0.0.0/16" });
    expect(await refusal()).toBe(
      "pair adopt: a VPC named web with the range 10.0.0.0/16 is there more than once, vpc-11111111 (web, 10.0.0.0/16), " +
        "vpc-22222222 (web, 10.0.0.0/16): say which one it is, such as --id tencentcloud_vpc.Vpc=vpc-11111111",
    );
    const found = await imports("--id", "tencentcloud_vpc.Vpc=vpc-11111111");
    expect(found["tencentcloud_instance.Primary"]).toBe("ins-11111111");
  });

  test("security groups of one name only where the nodes do not tell which it is", async () => {
    await deployed();
    const { group, placement } = chosenByCloud();
    await world.deployGroups();
    const found = await imports();
    expect(found["tencentcloud_security_group.Group"]).toBe(group);
    expect(found["tencentcloud_placement_group.Placement"]).toBe(placement);
    for (const instance of world.cloud.state.instances.values()) Object.assign(instance, { securityGroupIds: [] });
    expect(await refusal()).toContain("a security group named web is there more than once");
  });

  test("one node without the other, unless that one is said to be gone for good", async () => {
    await empty("havip");
    await world.deployNetwork();
    world.deployRole();
    world.deployNode(PRIMARY);
    expect(await refusal()).toBe(
      "pair adopt: the primary is there, ins-11111111, and the secondary is not: nothing has 10.0.1.12. Where it is gone for " +
        "good, say so with --gone secondary, and the next deploy makes it anew",
    );
    const found = await imports("--gone", "secondary");
    expect(found["tencentcloud_instance.Primary"]).toBe("ins-11111111");
  });

  test("an instance that is another pair's node", async () => {
    await empty("havip");
    await world.deployNetwork();
    world.deployNode(PRIMARY, userDataOf({ ...PRIMARY, peerIp: "10.0.1.99" }, "secondary-private-ip"));
    world.deployNode(SECONDARY);
    expect(await refusal()).toContain(
      "ins-11111111 (web-primary, RUNNING) is a node of another pair than the primary of this stack: its mechanism is " +
        "secondary-private-ip and not havip, its peer's address is 10.0.1.99 and not 10.0.1.12",
    );
  });

  test("what Terraform would replace", async () => {
    await deployed();
    world.arguments("tencentcloud_placement_group.Placement")["type"] = "RACK";
    world.arguments("tencentcloud_subnet.Subnet")["availability_zone"] = "ap-singapore-2";
    const said = await refusal();
    expect(said).toMatch(
      /the placement group ps-\S+ has type HOST and the stack says RACK, which Terraform cannot change/,
    );
    expect(said).toContain("the subnet subnet-11111111 has availability_zone ap-singapore-1 and the stack says");
  });

  test("prepaid nodes whose months the deploy would try to change", async () => {
    await deployed("havip");
    for (const name of ["Primary", "Secondary"]) {
      const node = world.arguments(`tencentcloud_instance.${name}`);
      Object.assign(node, { instance_charge_type: "PREPAID", instance_charge_type_prepaid_period: 1 });
    }
    expect(await refusal()).toContain(
      "say instance_charge_type_prepaid_period in ignore_changes of tencentcloud_instance.Pr",
    );
    for (const name of ["Primary", "Secondary"]) {
      const ignored = { ignore_changes: ["instance_charge_type_prepaid_period"] };
      world.arguments(`tencentcloud_instance.${name}`)["lifecycle"] = ignored;
    }
    expect((await imports())["tencentcloud_instance.Primary"]).toBe("ins-11111111");
  });

  test("a HAVIP that any machine may take, since Terraform would replace it", async () => {
    await deployed("havip");
    const [haVip] = world.cloud.state.haVips.values();
    Object.assign(haVip ?? {}, { checkAssociate: false });
    expect(await refusal()).toContain("the HAVIP havip-11111111 has check_associate false and the stack says true");
  });

  test("a HAVIP that is associated with an instance which is not the pair's", async () => {
    await deployed("havip");
    const { seed } = world.cloud;
    seed.instance({ subnetId: "subnet-11111111", instanceId: "ins-99999999", privateIp: "10.0.1.99" });
    seed.haVipAssociation({ haVipId: "havip-11111111", instanceId: "ins-99999999" });
    expect(await refusal()).toContain("the HAVIP havip-11111111 is associated with ins-99999999, which is no node");
  });

  test("an address that is on something which is not the pair's", async () => {
    await empty();
    await world.deployNetwork();
    for (const facts of [PRIMARY, SECONDARY]) world.deployNode(facts);
    const { seed } = world.cloud;
    const place = { subnetId: "subnet-11111111" };
    seed.networkInterface({
      ...place,
      networkInterfaceId: "eni-99999999",
      privateIp: "10.0.1.99",
      secondaryPrivateIps: [VIP],
    });
    expect(await refusal()).toContain(
      `could not be made: ${VIP} is on eni-99999999, so that the cloud does not give it to a new one`,
    );
    seed.networkInterface({ ...place, networkInterfaceId: "eni-11111111", privateIp: "10.0.1.101" });
    expect(await refusal()).toContain(`${VIP} is on eni-99999999, which is no node of this stack`);
  });

  test("a role whose nodes are not there, since a pair in another region may have it, unless a person says so", async () => {
    await empty();
    await world.deployNetwork();
    world.deployRole();
    const { role } = chosenByCloud();
    const choice = `--id tencentcloud_cam_role.Role=${role}`;
    expect(await refusal()).toContain(choice);
    expect((await imports(...choice.split(" ")))["tencentcloud_cam_role.Role"]).toBe(role);
  });

  test.each([
    ["--id vpc-1", "'--id' must be ADDRESS=ID, got 'vpc-1'"],
    ["--id tencentcloud_vpc.Other=vpc-1", "'--id' names tencentcloud_vpc.Other, which the stack does not have"],
    ["--id tencentcloud_eip_association.EipAssociation=x", "which has no id of its own: name what it belongs to"],
    ["--gone both", "'--gone' must be one of primary, secondary, got 'both'"],
  ])("'%s'", async (args, problem) => {
    await empty();
    const { status, err } = await world.adopt(...args.split(" "));
    expect({ status, err }).toMatchObject({ status: 2, err: expect.stringContaining(problem) });
  });
});
