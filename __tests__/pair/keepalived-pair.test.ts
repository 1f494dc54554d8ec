import { spawnSync } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { TerraformVariable } from "cdktf";
import type { Construct } from "constructs";
import { describe, expect, test } from "vitest";
import { HealthCheck, type IPlacementGroup, KeepalivedPair, KeyPair, PlacementGroup } from "../../constructs/index";
import { readAsset } from "../../constructs/assets";
import { packedProgram, packedText, userDataSource } from "../../constructs/contract";
import { confOf, configOf, haVip, node, privateIp, PROPS, settingsOf, synthPair } from "../helpers/pair";
import { named, only, SUBNET, synth } from "../helpers/synth";

describe("the instances", () => {
  test("have literal addresses, different hosts, and wait for the role's permissions and the security group's rules", () => {
    const stack = synthPair({ name: "web", tags: { team: "ops" } });
    for (const [role, address] of [
      ["Primary", "10.0.1.11"],
      ["Secondary", "10.0.1.12"],
    ] as const) {
      expect(node(stack, role)).toMatchObject({
        instance_name: `web-${role.toLowerCase()}`,
        hostname: `web-${role.toLowerCase()}`,
        private_ip: address,
        availability_zone: SUBNET.availabilityZone,
        vpc_id: SUBNET.vpcId,
        subnet_id: SUBNET.subnetId,
        image_id: "img-12345678",
        instance_type: "S5.MEDIUM2",
        placement_group_id: expect.stringMatching(/^\$\{tencentcloud_placement_group\./),
        orderly_security_groups: [expect.stringMatching(/^\$\{tencentcloud_security_group\./)],
        cam_role_name: expect.stringMatching(/^\$\{tencentcloud_cam_role\..*\.name\}$/),
        depends_on: [
          expect.stringMatching(/^tencentcloud_cam_role_policy_attachment\./),
          expect.stringMatching(/^tencentcloud_security_group_rule_set\./),
          expect.stringMatching(/^terraform_data\.Pair_InstanceTypeCheck_/),
        ],
        tags: { team: "ops" },
      });
      expect(node(stack, role)).not.toHaveProperty("key_ids");
    }
    expect(only(stack, "tencentcloud_placement_group")).toMatchObject({ name: "web", type: "HOST" });
  });

  test("take the instance type and key pairs that are given", () => {
    const instance = node(
      synthPair({ instanceType: "SA5.LARGE8", keyPairs: [KeyPair.fromKeyPairAttributes({ keyId: "skey-1" })] }),
      "Secondary",
    );
    expect(instance).toMatchObject({ instance_type: "SA5.LARGE8", key_ids: ["skey-1"] });
  });
});

describe("keepalived.conf", () => {
  test("names the node itself and its peer, with the leader's priority on the primary", () => {
    const stack = synthPair({ name: "web" });
    const [primary, secondary] = [confOf(stack, "Primary"), confOf(stack, "Secondary")];
    expect(primary).toContain("router_id web-primary\n");
    expect(primary).toContain("priority 100\n");
    expect(primary).toMatch(/unicast_src_ip 10\.0\.1\.11\n {4}unicast_peer \{\n {8}10\.0\.1\.12\n/);
    expect(secondary).toContain("priority 80\n");
    expect(secondary).toMatch(/unicast_src_ip 10\.0\.1\.12\n {4}unicast_peer \{\n {8}10\.0\.1\.11\n/);
    for (const conf of [primary, secondary]) {
      expect(conf).toContain("virtual_router_id 100\n");
      expect(conf).toContain("advert_int 1\n");
      expect(conf).toContain("        10.0.1.100\n");
    }
  });

  test("names the node by the construct's id where the pair has no name", () => {
    expect(confOf(synthPair(), "Secondary")).toContain("router_id Pair-secondary\n");
  });

  test("carries the parameters that are given", () => {
    const conf = confOf(
      synthPair({
        virtualRouterId: 7,
        advertInt: 5,
        authPass: "s3cret",
        primary: { privateIp: "10.0.1.11", priority: 150 },
      }),
      "Primary",
    );
    for (const line of ["virtual_router_id 7", "advert_int 5", "auth_pass s3cret", "priority 150"]) {
      expect(conf).toContain(`${line}\n`);
    }
  });

  test("has a password of 8 characters that both nodes share and another pair does not", () => {
    const passOf = (conf: string | undefined) => /auth_pass (\S+)\n/.exec(conf ?? "")?.[1];
    const stack = synthPair();
    const pass = passOf(confOf(stack, "Primary"));
    expect(pass).toMatch(/^[0-9a-f]{8}$/);
    expect(passOf(confOf(stack, "Secondary"))).toBe(pass);
    expect(passOf(confOf(synthPair({ name: "other" }), "Primary"))).not.toBe(pass);
  });

  test("is readable by root only, for the password in it", () => {
    const { files } = configOf(synthPair(), "Primary");
    expect(files["/etc/keepalived/keepalived.conf"]?.permissions).toBe("0600");
  });

  test("runs each health check as a script of its own", () => {
    const stack = synthPair({
      healthChecks: [HealthCheck.command("pgrep -x haproxy", { intervalSeconds: 5 }), HealthCheck.command("true")],
    });
    const { files } = configOf(stack, "Secondary");
    expect(files["/usr/libexec/keepalived/check_service_1"]).toEqual({
      permissions: "0755",
      content: "#!/bin/sh\npgrep -x haproxy\n",
    });
    expect(confOf(stack, "Secondary")).toMatch(
      /vrrp_script check_service_1 \{\n {4}script "\/usr\/libexec\/keepalived\/check_service_1"\n {4}interval 5\n/,
    );
    expect(confOf(stack, "Secondary")).toMatch(/track_script \{\n {8}check_service_1\n {8}check_service_2\n/);
  });
});

describe("pairctl", () => {
  test("gets the same file that the build made, and may do just what it can call", () => {
    const stack = synthPair();
    expect(configOf(stack, "Primary").files["/usr/sbin/pairctl"]).toEqual({
      permissions: "0755",
      content: packedProgram(readAsset("pairctl/havip.js")),
    });
    const policy = JSON.parse(String(only(stack, "tencentcloud_cam_policy")["document"]));
    expect(policy).toEqual({
      version: "2.0",
      statement: [{ effect: "allow", action: ["vpc:DescribeHaVips"], resource: ["*"] }],
    });
    const other = JSON.parse(String(only(synthPair({}, privateIp), "tencentcloud_cam_policy")["document"]));
    expect(other.statement[0].action).toEqual([
      "vpc:DescribeNetworkInterfaces",
      "vpc:MigratePrivateIpAddress",
      "vpc:AssignPrivateIpAddresses",
      "vpc:UnassignPrivateIpAddresses",
      "cvm:AssociateAddress",
      "cvm:DescribeAddresses",
      "cvm:DisassociateAddress",
    ]);
  });

  test("is told who it is and who the peer is, per mechanism, and knows itself where the API is", () => {
    expect(settingsOf(synthPair({ name: "web" }), "Primary")).toEqual({
      mechanism: "havip",
      region: "ap-singapore",
      vpcId: SUBNET.vpcId,
      virtualIps: [{ vip: "10.0.1.100" }],
      privateIp: "10.0.1.11",
      priority: 100,
      peerIp: "10.0.1.12",
      peerPriority: 80,
      advertInt: 1,
      roleName: "web-hook",
    });
    expect(settingsOf(synthPair({}, privateIp), "Secondary")).toMatchObject({
      mechanism: "secondary-private-ip",
      privateIp: "10.0.1.12",
      priority: 80,
      peerIp: "10.0.1.11",
      peerPriority: 100,
      virtualIps: [
        {
          vip: "10.0.1.100",
          parkingIp: "10.0.1.101",
          eipId: expect.stringMatching(/^\$\{tencentcloud_eip\.\w+\.id\}$/),
        },
      ],
    });
  });

  test("runs against any stand-in", () => {
    const stack = synthPair({ apiEndpoints: ["http://127.0.0.1:8080"], metadataEndpoint: "http://127.0.0.1:8081" });
    expect(settingsOf(stack, "Primary")).toMatchObject({
      apiEndpoints: ["http://127.0.0.1:8080"],
      metadataEndpoint: "http://127.0.0.1:8081",
    });
  });

  test("is told how to go about its job where that is given, and has defaults of its own", () => {
    const given = { allowForeign: true, settleMs: 0, deadlineMs: 20_000 };
    expect(settingsOf(synthPair(given), "Secondary")).toMatchObject(given);
    const byDefault = Object.keys(settingsOf(synthPair(), "Secondary"));
    for (const key of Object.keys(given)) expect(byDefault).not.toContain(key);
  });

  test("has a role that only instances can assume", () => {
    const stack = synthPair({ name: "web" });
    const role = only(stack, "tencentcloud_cam_role");
    expect(role["name"]).toBe("web-hook");
    expect(only(stack, "tencentcloud_cam_policy")["name"]).toBe("web-hook");
    expect(JSON.parse(String(role["document"]))).toEqual({
      version: "2.0",
      statement: [{ action: ["name/sts:AssumeRole"], effect: "allow", principal: { service: ["cvm.qcloud.com"] } }],
    });
  });
});

describe("the user data", () => {
  test("is one plain #cloud-config: every file lies in it as it stands on the node, and Terraform gzips what it has to fill in", () => {
    const stack = synthPair();
    const source = userDataSource(String(node(stack, "Primary")["user_data"])) ?? { packed: "", quoted: "" };
    expect(source.quoted).toMatch(/^- path: \/etc\/systemd\//);
    expect(packedText(source)).toMatch(/^#cloud-config\nwrite_files:\n- path: \/usr\/sbin\/pairctl\n/);
    const { files, document } = configOf(stack, "Primary");
    expect(document["write_files"]).toSatisfy((all: object[]) => all.every((file) => !("encoding" in file)));
    expect(files["/usr/sbin/pairctl"]).toEqual({
      permissions: "0755",
      content: packedProgram(readAsset("pairctl/havip.js")),
    });
    // What a booting node needs must outlast a reboot, and /run does not.
    for (const path of Object.keys(files)) expect(path).toMatch(/^\/(etc|usr)\//);
  });

  test("installs keepalived and Node.js, and ends with the setup's own unit, which goes on where the boot fails", () => {
    const { packages, runcmd, files } = configOf(
      synthPair({ healthChecks: [HealthCheck.http("http://a/")] }),
      "Primary",
    );
    expect(packages).toEqual(["keepalived", "nodejs", "curl"]);
    expect(runcmd.map((command) => command.join(" "))).toEqual([
      "systemctl daemon-reload",
      expect.stringMatching(/^sh -c systemctl start pairctl-setup \|\| \{ journalctl .*; exit 1; \}$/),
    ]);
    expect(files["/etc/pairctl/node.conf"]?.content).toBe(
      'PACKAGES="keepalived nodejs curl"\nMIN_KEEPALIVED=1.2.8\nPRIVATE_ADDRESS=10.0.1.11\nVIRTUAL_ADDRESSES="10.0.1.100"\nCHECKS="/usr/libexec/keepalived/check_service_1"\n',
    );
  });

  test("keeps keepalived from starting before anything else happens: an image may have it, a boot may be cut off", () => {
    const [gate] = configOf(synthPair(), "Primary").document["bootcmd"] as string[][];
    const root = mkdtempSync(join(tmpdir(), "gate-"));
    try {
      for (const expected of ["reloaded\n", ""]) {
        const script = String(gate?.[2]).replace("=/etc", `=${root}`);
        const { status, stdout } = spawnSync("sh", ["-c", `systemctl() { echo reloaded; }\n${script}`], {
          encoding: "utf8",
        });
        expect({ status, stdout }).toEqual({ status: 0, stdout: expected });
        const dropIn = join(root, "systemd/system/keepalived.service.d/pairctl-gate.conf");
        expect(readFileSync(dropIn, "utf8")).toBe(
          "[Unit]\nConditionPathExists=/var/lib/pairctl/keepalived-may-start\n",
        );
      }
    } finally {
      rmSync(root, { recursive: true });
    }
  });

  test("forgets the setup of the node that its image was made from, once and before the setup can have begun", () => {
    const { document, runcmd } = configOf(synthPair(), "Primary");
    expect((document["bootcmd"] as string[][]).slice(1)).toEqual([
      ["cloud-init-per", "instance", "pairctl", "rm", "-rf", "/var/lib/pairctl"],
    ]);
    // The last commands of a boot that was cut off run at the next one, by when the setup may be done.
    expect(runcmd.flat()).not.toContain("/var/lib/pairctl");
  });

  test("makes executable what is a script, and nothing else", () => {
    const { files } = configOf(synthPair({ notifyCommands: ["true"] }), "Primary");
    for (const [path, { content, permissions }] of Object.entries(files))
      expect([path, permissions === "0755"]).toEqual([path, content.startsWith("#!")]);
  });

  test("holds no cloud credential", () => {
    for (const role of ["Primary", "Secondary"] as const) {
      const { files } = configOf(synthPair({}, privateIp), role);
      const { "/usr/sbin/pairctl": _, ...written } = files;
      expect(JSON.stringify(written)).not.toMatch(/secretId|secretKey|AKID/i);
    }
  });

  test("refuses to grow over what the cloud takes", () => {
    const random = Array.from({ length: 500 }, (_, i) => createHash("sha256").update(`${i}`).digest("hex")).join("");
    const healthChecks = [HealthCheck.command(`: ${random}`)];
    expect(() => synthPair({ healthChecks })).toThrow(
      /'userData' must fit into the 16384 characters.*got \d+ characters.* or put them into the image$/,
    );
    expect(() => synthPair({ healthChecks, peerWord: true })).toThrow(
      /put them into the image, or leave peerWord out$/,
    );
  });

  test("refuses to grow over what the cloud takes with the largest parts that are the user's, and none that all nodes have", () => {
    const random = (characters: number) => randomBytes(characters).toString("hex").slice(0, characters);
    const cloudConfig = {
      write_files: [{ path: "/opt/app.conf", content: random(1_000) }],
      ssh_authorized_keys: [random(3_000)],
    };
    let message = "nothing was refused";
    try {
      synthPair({ healthChecks: [HealthCheck.command(`: ${random(6_000)}`)], cloudConfig });
    } catch (error) {
      ({ message } = error as Error);
    }
    expect(message).toMatch(
      /got \d+ characters, of which \S+\/check_service_1 takes \d+, ssh_authorized_keys \d+, \/opt\/app\.conf \d+, and what all nodes have \d+:/,
    );
    const [total, check, keys, file, common] = (message.match(/(?<=got |takes |keys |conf |have )\d+/g) ?? []).map(
      Number,
    ) as [number, number, number, number, number];
    // Of random hexadecimal digits gzip leaves little more than the half, of which base64 makes two thirds.
    for (const [characters, size] of [
      [6_000, check],
      [3_000, keys],
      [1_000, file],
    ] as const)
      expect(size / characters).toBeCloseTo(0.75, 0);
    expect(check + keys + file + common).toBeGreaterThan(total * 0.9);
    expect(check + keys + file + common).toBeLessThanOrEqual(total);
  });
});

test("binds both instances to the virtual IP", () => {
  const stack = synthPair();
  expect(Object.keys(stack.resource["tencentcloud_ha_vip_instance_attachment"] ?? {})).toHaveLength(2);
});

test("takes an image id that is known only at apply", () => {
  const stack = synth((scope) => {
    const image = new TerraformVariable(scope, "image", { type: "string" });
    new KeepalivedPair(scope, "Pair", { ...PROPS, virtualIp: haVip(scope), imageId: image.stringValue });
  });
  expect(node(stack, "Primary")["image_id"]).toBe("${var.image}");
});

test("a placement group of the stack's own is not changed for another one, which the cloud would carry out halfway", () => {
  const keptWith = (placementGroup?: (scope: Construct) => IPlacementGroup) => {
    const stack = synth((scope) => {
      const group = placementGroup === undefined ? {} : { placementGroup: placementGroup(scope) };
      new KeepalivedPair(scope, "Pair", { ...PROPS, virtualIp: haVip(scope), ...group });
    });
    return named(stack, "terraform_data", "Pair_Identity_")["input"];
  };
  expect(keptWith()).toMatchObject({ placementGroup: "test/Pair/PlacementGroup" });
  const other = (scope: Construct) => new PlacementGroup(scope, "Group", { type: "RACK" });
  expect(keptWith(other)).toMatchObject({ placementGroup: "test/Group" });
  const brought = () => PlacementGroup.fromPlacementGroupAttributes({ placementGroupId: "ps-12345678" });
  expect(keptWith(brought)).not.toHaveProperty("placementGroup");
});
