import type { Construct } from "constructs";
import { describe, expect, test } from "vitest";
import { HaVip, HealthCheck, KeepalivedPair, type KeepalivedPairProps } from "../../constructs/index";
import { KEEPALIVED_OPTIONS } from "../../constructs/render/keepalived-options";
import { isAtLeast } from "../../constructs/render/keepalived-version";
import type { VirtualIps } from "../../constructs/virtual-ip/virtual-ip";
import { findKeepalived, keepalivedVerdict, type Verdict } from "../helpers/keepalived";
import { configOf, haVip, privateIp, PROPS } from "../helpers/pair";
import { SUBNET, synth, type Synthesized } from "../helpers/synth";

const keepalived = findKeepalived();
if ("reason" in keepalived) console.log(`not run: ${keepalived.reason}: its verdict on keepalived.conf`);

const ADDRESSES = { Primary: "10.0.1.11", Secondary: "10.0.1.12" } as const;
const ROLES = ["Primary", "Secondary"] as const;
const GOOD: Verdict = { status: 0, remarks: "" };

/** The addresses that move, of the pair's stack. */
type VirtualIpsOf = (scope: Construct) => VirtualIps;
const oneHaVip: VirtualIpsOf = (scope) => [haVip(scope)];
const threeHaVips: VirtualIpsOf = (scope) => [
  haVip(scope),
  new HaVip(scope, "Two", { subnet: SUBNET, vip: "10.0.1.110" }),
  new HaVip(scope, "Three", { subnet: SUBNET, vip: "10.0.1.111" }),
];

function synthesized(props: Partial<KeepalivedPairProps>, virtualIpsOf: VirtualIpsOf = oneHaVip): Synthesized {
  return synth((scope) => {
    const [virtualIp, ...additionalVirtualIps] = virtualIpsOf(scope);
    new KeepalivedPair(scope, "Pair", { ...PROPS, virtualIp, additionalVirtualIps, ...props });
  });
}

function verdict(stack: Synthesized, role: (typeof ROLES)[number], extra = ""): Verdict {
  if ("reason" in keepalived) throw new Error(keepalived.reason);
  return keepalivedVerdict(keepalived.file, configOf(stack, role), ADDRESSES[role], extra);
}

const CASES: [string, Partial<KeepalivedPairProps>, VirtualIpsOf?][] = [
  ["no more than is needed, with a HAVIP", {}],
  ["no more than is needed, with a secondary private IP", {}, (scope) => [privateIp(scope)]],
  ["several virtual addresses", {}, threeHaVips],
  ["the least of each number", { virtualRouterId: 1, advertInt: 1, preemptDelaySeconds: 0 }],
  ["the most of each number", { virtualRouterId: 255, advertInt: 255, preemptDelaySeconds: 1000 }],
  [
    "the highest and the lowest priority",
    {
      primary: { privateIp: ADDRESSES.Primary, priority: 254 },
      secondary: { privateIp: ADDRESSES.Secondary, priority: 1 },
    },
  ],
  ["a password of one character", { authPass: "0" }],
  ...["%&()*+,-", "./:;<=>?", "[]^_`|aZ"].map((authPass): [string, Partial<KeepalivedPairProps>] => [
    `the password ${authPass}`,
    { authPass },
  ]),
  ["sub-second adverts", { minKeepalivedVersion: "2.0.10", vrrpVersion: 3, advertInt: 0.2 }],
  ["the least and the most of VRRP version 3", { minKeepalivedVersion: "2.0.10", vrrpVersion: 3, advertInt: 40 }],
  ["a long name", { name: `web-${"a".repeat(40)}` }],
  [
    "every kind of health check",
    {
      healthChecks: [
        HealthCheck.command("test -e /etc/hostname", { intervalSeconds: 5, timeoutSeconds: 3, rise: 1, fall: 4 }),
        HealthCheck.http("http://127.0.0.1/healthz"),
        HealthCheck.tcp(443),
        HealthCheck.process("haproxy"),
      ],
    },
  ],
  ["a health check and preemption", { healthChecks: [HealthCheck.tcp(80)], preemptDelaySeconds: 30 }],
  ["notify commands", { notifyCommands: ['logger "now $1"', "true"] }],
  [
    "blocks of the user's own",
    { extraKeepalivedConf: "static_ipaddress {\n    10.0.1.200/32 dev eth0 scope global\n}\n" },
  ],
];

describe.skipIf("reason" in keepalived)("keepalived itself finds nothing to say about a configuration with", () => {
  test.each(CASES)("%s", (_, props, virtualIpsOf) => {
    const stack = synthesized(props, virtualIpsOf);
    for (const role of ROLES) expect(verdict(stack, role), role).toEqual(GOOD);
  });
});

/** The options that the keepalived of this machine knows, with one of their limits. */
function knownOptions(version: string, limit: 0 | 1): Partial<KeepalivedPairProps> {
  const known = Object.entries(KEEPALIVED_OPTIONS).filter(
    ([option, { since }]) => isAtLeast(version, since) && option !== "vrrpPriority",
  );
  const values = known.map(([option, { limits }]) => [option, limits?.[limit] ?? true]);
  return { minKeepalivedVersion: version, vrrpVersion: 3, advertInt: 0.1, ...Object.fromEntries(values) };
}

describe.skipIf("reason" in keepalived)("keepalived itself knows every option of its version", () => {
  test.each([
    ["least", 0],
    ["most", 1],
  ] as const)("at its %s", (_, limit) => {
    if ("reason" in keepalived) throw new Error(keepalived.reason);
    const stack = synthesized(knownOptions(keepalived.version, limit));
    for (const role of ROLES) expect(verdict(stack, role), role).toEqual(GOOD);
  });

  test("and a nice value", () => {
    if ("reason" in keepalived) throw new Error(keepalived.reason);
    const stack = synthesized({ minKeepalivedVersion: keepalived.version, vrrpPriority: -20 });
    for (const role of ROLES) expect(verdict(stack, role), role).toEqual(GOOD);
  });
});

describe.skipIf("reason" in keepalived)("keepalived itself finds fault with a configuration with", () => {
  test.each([
    ["a sync group of one instance", "vrrp_sync_group PAIR {\n    group {\n        VIP\n    }\n}\n", "Sync group"],
    ["an unknown keyword", "vrrp_instances\n", "vrrp_instances"],
    ["a block that is not closed", "static_ipaddress {\n    10.0.1.200/32 dev eth0\n", "missing '}'"],
  ])("%s", (_, extra, remark) => {
    expect(verdict(synthesized({}), "Primary", extra).remarks).toContain(remark);
  });
});
