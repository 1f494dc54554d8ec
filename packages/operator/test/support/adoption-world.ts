import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openCloud } from "cloud-client";
import { LocalCloud } from "local-cloud";
import type { Mechanism } from "pairctl/contract";
import { MACHINE_CLOCK } from "../../src/cli/clock.ts";
import { run } from "../../src/cli/run.ts";
import { COMMANDS } from "../../src/commands/index.ts";
import { type CommandResult, EIP, PRIMARY, SECONDARY, userDataOf, VIP } from "./world.ts";

/** The resources of a synthesized stack by type and name. */
export type StackResources = Record<string, Record<string, Record<string, unknown>>>;

const REGION = "ap-singapore";
const ZONE = `${REGION}-1`;
const PARKING_IP = "10.0.1.101";

const VPC = "${tencentcloud_vpc.Vpc.id}";
const SUBNET = "${tencentcloud_subnet.Subnet.id}";
const GROUP = "${tencentcloud_security_group.Group.id}";

/** A stack as cdktf synthesizes it, as far as it is looked for. */
function resourcesOf(mechanism: Mechanism): StackResources {
  const place = { vpc_id: VPC, subnet_id: SUBNET };
  const node = (facts: typeof PRIMARY) => ({
    ...place,
    availability_zone: ZONE,
    cam_role_name: "${tencentcloud_cam_role.Role.name}",
    instance_name: `web-${facts.role}`,
    orderly_security_groups: [GROUP],
    placement_group_id: "${tencentcloud_placement_group.Placement.id}",
    private_ip: facts.privateIp,
    user_data: userDataOf(facts, mechanism),
  });
  const association = (name: string) => ({
    ha_vip_id: "${tencentcloud_ha_vip.HaVip.id}",
    instance_id: `\${tencentcloud_instance.${name}.id}`,
    instance_type: "CVM",
  });
  const eip = { eip_id: "${tencentcloud_eip.Eip.id}" };
  const haVip: StackResources = {
    tencentcloud_ha_vip: { HaVip: { ...place, name: "web", vip: VIP, check_associate: true } },
    tencentcloud_ha_vip_eip_attachment: {
      EipAttachment: {
        havip_id: "${tencentcloud_ha_vip.HaVip.id}",
        address_ip: "${tencentcloud_eip.Eip.public_ip}",
      },
    },
    tencentcloud_ha_vip_instance_attachment: {
      PrimaryAttachment: association("Primary"),
      SecondaryAttachment: association("Secondary"),
    },
  };
  const ipv4s = [
    { ip: PARKING_IP, primary: true, description: "parking" },
    { ip: VIP, primary: false, description: "the address that moves" },
  ];
  const privateIp: StackResources = {
    tencentcloud_eni: { Parking: { ...place, name: "web", ipv4s } },
    tencentcloud_eip_association: {
      EipAssociation: {
        ...eip,
        private_ip: VIP,
        network_interface_id: `\${try(data.tencentcloud_enis.Holder.enis[0].id, tencentcloud_eni.Parking.id)}`,
      },
    },
  };
  return {
    tencentcloud_vpc: { Vpc: { name: "web", cidr_block: "10.0.0.0/16" } },
    tencentcloud_subnet: { Subnet: { name: "web", vpc_id: VPC, cidr_block: "10.0.1.0/24", availability_zone: ZONE } },
    tencentcloud_security_group: { Group: { name: "web" } },
    tencentcloud_security_group_rule_set: { Rules: { security_group_id: GROUP } },
    tencentcloud_placement_group: { Placement: { name: "web", type: "HOST" } },
    tencentcloud_cam_role: { Role: { name: "web-hook" } },
    tencentcloud_cam_policy: { Policy: { name: "web-hook" } },
    tencentcloud_cam_role_policy_attachment: {
      Attachment: { role_id: "${tencentcloud_cam_role.Role.id}", policy_id: "${tencentcloud_cam_policy.Policy.id}" },
    },
    tencentcloud_instance: { Primary: node(PRIMARY), Secondary: node(SECONDARY) },
    tencentcloud_eip: { Eip: { name: "web" } },
    ...(mechanism === "havip" ? haVip : privateIp),
    terraform_data: { Identity_Deployed: { input: { name: "web" } } },
  };
}

/** A synthesized stack without a state, and an account in which it was deployed once. */
export class AdoptionWorld implements AsyncDisposable {
  readonly resources: StackResources;
  readonly env: Record<string, string>;

  private constructor(
    readonly cloud: LocalCloud,
    readonly folder: string,
    readonly mechanism: Mechanism,
  ) {
    this.resources = resourcesOf(mechanism);
    const [url = ""] = cloud.apiUrls;
    const secret = { secretId: "AKIDtest", secretKey: "secret-of-the-test" };
    cloud.seed.secret(secret);
    mkdirSync(this.stackFolder, { recursive: true });
    // One that has no state.
    const terraform = join(folder, "terraform");
    writeFileSync(terraform, "#!/bin/sh\n", { mode: 0o755 });
    this.env = {
      ...{ TENCENTCLOUD_SECRET_ID: secret.secretId, TENCENTCLOUD_SECRET_KEY: secret.secretKey },
      ...{ TENCENTCLOUD_PROTOCOL: "HTTP", TENCENTCLOUD_DOMAIN: "local-cloud.invalid", HTTP_PROXY: url },
      ...{ TERRAFORM_BINARY_NAME: terraform },
    };
  }

  /** An account with nothing in it. */
  static async empty(mechanism: Mechanism): Promise<AdoptionWorld> {
    const cloud = await LocalCloud.start({ region: REGION, taskMs: 0 });
    return new AdoptionWorld(cloud, mkdtempSync(join(tmpdir(), "adopt-")), mechanism);
  }

  /** An account in which the stack was deployed; then its state was lost. */
  static async deployed(mechanism: Mechanism): Promise<AdoptionWorld> {
    const world = await AdoptionWorld.empty(mechanism);
    await world.deployNetwork();
    world.deployRole();
    world.deployNode(PRIMARY);
    world.deployNode(SECONDARY);
    world.deployAddress();
    return world;
  }

  get stackFolder(): string {
    return join(this.folder, "cdktf.out", "stacks", "web");
  }

  /** What `--write` has written; undefined where it has not. */
  get written(): { readonly import: readonly { readonly to: string; readonly id: string }[] } | undefined {
    try {
      return JSON.parse(readFileSync(join(this.stackFolder, "adopt.tf.json"), "utf8")) as typeof this.written;
    } catch {
      return undefined;
    }
  }

  /** The arguments of a resource, to be changed. */
  arguments(address: string): Record<string, unknown> {
    const [type = "", name = ""] = address.split(".");
    const values = this.resources[type]?.[name];
    if (values === undefined) throw new Error(`the stack has no ${address}`);
    return values;
  }

  /** Network, security group and placement group, all named `web`. */
  async deployNetwork(): Promise<void> {
    const { seed } = this.cloud;
    seed.vpc({ vpcId: "vpc-11111111", vpcName: "web", cidrBlock: "10.0.0.0/16" });
    const subnet = { subnetId: "subnet-11111111", vpcId: "vpc-11111111", subnetName: "web" };
    seed.subnet({ ...subnet, cidrBlock: "10.0.1.0/24", zone: ZONE });
    await this.deployGroups();
  }

  /** A security group and a placement group named `web`. */
  async deployGroups(): Promise<void> {
    await this.asOwner("vpc", "CreateSecurityGroup", { GroupName: "web", GroupDescription: "" });
    await this.asOwner("cvm", "CreateDisasterRecoverGroup", { Name: "web", Type: "HOST" });
  }

  /** A role and a policy named `web-hook`. */
  deployRole(): void {
    const { seed } = this.cloud;
    seed.role({ roleName: "web-hook" });
    const statement = [{ effect: "allow", action: ["vpc:DescribeHaVips"], resource: ["*"] }];
    seed.policy({ policyName: "web-hook", document: { version: "2.0", statement } });
    seed.rolePolicyAttachment({ roleName: "web-hook", policyName: "web-hook" });
  }

  /** A node, in the first security group and placement group that there are. */
  deployNode(facts: typeof PRIMARY, userData = userDataOf(facts, this.mechanism)): void {
    const { seed, state } = this.cloud;
    const [securityGroupId = ""] = state.securityGroups.keys();
    const [placementGroupId = ""] = state.placementGroups.keys();
    seed.instance({
      ...{ subnetId: "subnet-11111111", instanceId: facts.instanceId, privateIp: facts.privateIp },
      ...{ instanceName: `web-${facts.role}`, userData, placementGroupId, securityGroupIds: [securityGroupId] },
    });
  }

  /** The address that moves, on its parking interface or as a HAVIP of both nodes, with its public one. */
  deployAddress(): void {
    const { seed } = this.cloud;
    const place = { subnetId: "subnet-11111111" };
    if (this.mechanism === "havip") {
      seed.haVip({ ...place, haVipId: "havip-11111111", vip: VIP, checkAssociate: true });
      for (const { instanceId } of [PRIMARY, SECONDARY])
        seed.haVipAssociation({ haVipId: "havip-11111111", instanceId });
      seed.address({ addressId: "eip-11111111", addressIp: EIP, haVipId: "havip-11111111" });
      return;
    }
    const parking = { networkInterfaceId: "eni-11111111", privateIp: PARKING_IP, secondaryPrivateIps: [VIP] };
    seed.networkInterface({ ...place, ...parking });
    seed.address({ addressId: "eip-11111111", addressIp: EIP, networkInterfaceId: "eni-11111111", privateIp: VIP });
  }

  /** Calls the cloud as the account's owner does in its console. */
  asOwner(service: "cvm" | "vpc", action: string, body: object): Promise<Readonly<Record<string, unknown>>> {
    return openCloud<{ cvm: readonly string[]; vpc: readonly string[] }>(REGION, this.env).call(service, action, body);
  }

  /** Synthesizes the stack as it is now, and runs `pair adopt` for it. */
  async adopt(...args: readonly string[]): Promise<CommandResult> {
    const stack = { provider: { tencentcloud: [{ region: REGION }] }, resource: this.resources };
    writeFileSync(join(this.stackFolder, "cdk.tf.json"), JSON.stringify(stack));
    const [out, err]: [string[], string[]] = [[], []];
    const status = await run(COMMANDS, ["adopt", "--stack", this.stackFolder, ...args], {
      env: { PATH: process.env["PATH"], ...this.env },
      terminal: {
        log: (line) => void out.push(line),
        error: (line) => void err.push(line),
        progress: () => undefined,
      },
      interruption: new AbortController().signal,
      clock: MACHINE_CLOCK,
    });
    return { status, out: out.join("\n"), err: err.join("\n") };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.cloud.stop();
    rmSync(this.folder, { recursive: true });
  }
}
