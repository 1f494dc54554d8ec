import type { Construct } from "constructs";
import { describe, expect, test } from "vitest";
import { HaVip, KeepalivedPair, SecondaryPrivateIp } from "../../constructs/index";
import { configOf, haVip, PROPS, settingsOf, synthPair } from "../helpers/pair";
import { building, SUBNET, synth } from "../helpers/synth";

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
      "one of our files by another spelling",
      { write_files: [{ path: "/etc/x/..//keepalived/./keepalived.conf" }] },
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

test.each([
  ["reservedAddresses", undefined],
  ["pairctlSettings", undefined],
  ["facts", []],
])("refuses a virtual IP of the user's own class whose %s is %j, which pairctl would not get", (member, value) => {
  const virtualIp = (scope: Construct) => Object.defineProperty(haVip(scope), member, { value });
  expect(() => synthPair({}, virtualIp)).toThrow(new RegExp(`test/Pair: 'virtualIp\\.${member}' must be .*, got `));
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
