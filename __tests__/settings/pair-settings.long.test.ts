import { RootConstruct } from "constructs";
import { Testing } from "cdktf";
import { describe, expect, test } from "vitest";
import { Document } from "yaml";
import { TUNING_ROWS } from "../../constructs/contract";
import type { Field } from "../../constructs/props/shape";
import { pairStack, type PairSettings } from "../../settings";
import { PAIR_SETTINGS } from "../../settings/fields";
import { fieldsOf, nameOf } from "../../settings/problems";
import { FULL_SETTINGS, type Path, pathsOf } from "../helpers/full-settings";
import { publicProps } from "../helpers/props-of-source";

/** Where the props of an interface stand in a settings file: at the top (``), or in these sections. */
const SECTIONS: Readonly<Record<string, readonly string[]>> = {
  DataDisk: ["dataDisks"],
  EipProps: ["eip", "additionalVips.eip"],
  HaVipAttributes: ["", "additionalVips"],
  HaVipBaseProps: ["", "additionalVips"],
  HaVipProps: ["", "additionalVips"],
  HealthCheckCommandProps: ["healthCheck", "healthChecks"],
  HealthCheckTiming: ["healthCheck", "healthChecks"],
  IEip: ["eip", "additionalVips.eip"],
  IPairctlRole: ["role"],
  IPlacementGroup: ["placementGroup"],
  ISecurityGroup: ["securityGroup"],
  ISubnet: ["network"],
  IVpc: ["network"],
  KeepalivedOptions: ["keepalived"],
  KeepalivedPairProps: [""],
  KeepalivedProps: ["keepalived"],
  KeyPairProps: ["keyPairs"],
  MachineProps: [""],
  NetworkProps: ["network"],
  PairctlRoleProps: ["role"],
  PairNodeProps: ["primary", "secondary"],
  PeerSecurityGroupProps: ["securityGroup"],
  PlacementGroupProps: ["placementGroup"],
  PrepaidProps: ["prepaid"],
  SecondaryPrivateIpProps: ["", "additionalVips"],
  SystemDisk: ["systemDisk"],
  TrafficRule: ["ingress", "egress"],
};

/** Props that have another name in a settings file. */
const RENAMED: Readonly<Record<string, string>> = {
  "HaVipBaseProps.subnet": "network",
  "SecondaryPrivateIpProps.subnet": "network",
  "IKeyPair.keyId": "keyIds",
  "ISubnet.cidrBlock": "network.subnetCidrBlock",
  "IVpc.cidrBlock": "network.vpcCidrBlock",
  "KeepalivedPairProps.additionalVirtualIps": "additionalVips",
  "KeepalivedPairProps.virtualIp": "vip",
  "KeepalivedProps.healthChecks": "healthChecks",
  "NetworkProps.vpc": "network.vpcId",
  "PairctlRoleProps.mechanism": "mechanism",
  "PeerSecurityGroupProps.ingress": "ingress",
  "PeerSecurityGroupProps.egress": "egress",
  "PeerSecurityGroupProps.nodeAddresses": "primary.privateIp",
};

/** Props that a settings file does not have, with the reason. */
const LEFT_OUT: Readonly<Record<string, string>> = {
  "IPairctlRole.mechanism": "it is the file's mechanism; what a brought role must allow is said at synth",
  "IPairctlRole.ready": "nothing in the stack makes a brought role",
  "ISecurityGroup.ready": "nothing in the stack makes a brought security group",
  "HaVipBaseProps.tags": "a HAVIP takes none; its EIP has tags of its own",
  "SecondaryPrivateIpProps.tags": "they are those of the file; the EIP has tags of its own",
  "PairOutputsProps.pair": "a file has one pair",
  "PairOutputsProps.prefix": "a file has one pair, whose outputs need none",
};

/** Interfaces that are no settings: what a construct of ours, or of the user's, gives to another one. */
const NO_SETTINGS = ["IVirtualIp"];

function hasKey(key: string): boolean {
  let fields: Readonly<Record<string, Field>> = PAIR_SETTINGS;
  let found: Field | undefined;
  for (const part of key.split(".")) {
    found = Object.hasOwn(fields, part) ? fields[part] : undefined;
    if (found === undefined) return false;
    fields = fieldsOf(found.items ?? found);
  }
  return true;
}

describe("a settings file can say what a program can:", () => {
  const all = publicProps();
  const PROPS = [...all].filter(([name]) => !NO_SETTINGS.includes(name));

  test("the walk through the source finds the props of several levels", () => {
    expect([...all.keys()]).toEqual(
      expect.arrayContaining(["KeepalivedPairProps", "KeepalivedOptions", "DataDisk", "TrafficRule", "EipProps"]),
    );
  });

  test.each(PROPS.flatMap(([name, props]) => props.map((prop) => [`${name}.${prop}`, name, prop] as const)))(
    "%s",
    (path, name, prop) => {
      if (path in LEFT_OUT) return expect(LEFT_OUT[path]).toMatch(/\w+ \w+/);
      const renamed = RENAMED[path];
      const sections = SECTIONS[name] ?? [];
      const keys = renamed === undefined ? sections.map((each) => (each === "" ? prop : `${each}.${prop}`)) : [renamed];
      expect(keys, `say in SECTIONS where ${name} stands`).not.toEqual([]);
      expect(keys.filter((key) => !hasKey(key))).toEqual([]);
    },
  );

  test.each(Object.keys(TUNING_ROWS))("pairctl's %s", (key) => {
    expect(hasKey(`pairctl.${key}`)).toBe(true);
  });

  test("nothing is said to be left out, or to have another name, that there is not", () => {
    const known = PROPS.flatMap(([name, props]) => props.map((prop) => `${name}.${prop}`));
    expect([...Object.keys(LEFT_OUT), ...Object.keys(RENAMED)].filter((path) => !known.includes(path))).toEqual([]);
  });
});

/** Another value of the same kind. */
function another(value: unknown, name: string): unknown {
  if (typeof value === "boolean") return !value;
  if (typeof value === "number") return OTHER_NUMBERS[name] ?? value + 1;
  return OTHER_WORDS[String(value)] ?? otherText(String(value), name);
}

const OTHER_NUMBERS: Readonly<Record<string, number>> = {
  "keepalived.vrrpVersion": 2,
  "keepalived.advertInt": 1,
  "prepaid.periodMonths": 24,
  "dataDisks[0].sizeGb": 110,
};

const OTHER_WORDS: Readonly<Record<string, string>> = {
  CLOUD_SSD: "CLOUD_HSSD",
  CLOUD_PREMIUM: "CLOUD_SSD",
  NOTIFY_AND_AUTO_RENEW: "NOTIFY_AND_MANUAL_RENEW",
  RACK: "SW",
  TCP: "UDP",
  UDP: "TCP",
  BGP: "CMCC",
  "ubuntu-22.04": "debian-12",
  "S5.LARGE8": "S5.2XLARGE16",
  "2.2.7": "2.2.8",
  "10.0.0.0/16": "10.0.0.0/20",
  "10.0.1.0/24": "10.0.0.0/23",
  "0.0.0.0/0": "0.0.0.0/1",
  "10.0.0.0/8": "10.0.0.0/9",
  "53,123": "53,124",
  "public-read": "private",
  "/etc/web": "/etc/other",
};

function otherText(value: string, name: string): string {
  if (/^\d+(\.\d+){3}$/.test(value)) return value.replace(/\d+$/, (last) => String(Number(last) + 50));
  if (name.endsWith("bucket")) return value.replace("state", "other");
  if (/^backend\.region$/.test(name)) return "ap-guangzhou";
  if (/^virtual_server/.test(value)) return value.replace("80", "81");
  if (/^role\.ways/.test(name)) return `un${value}`;
  if (name.endsWith("httpsProxy")) return value.replace("3128", "3129");
  return /^(ssh-|http|logger|\^|virtual)/.test(value) ? value.replace(/\w(?=\W*$)/, "y") : `${value}2`;
}

/** Keys without which, or with another value, the others of the file cannot be; the files differ in most of them. */
const DECISIVE =
  /^(name|role\.ways\[0\]|region|mechanism|network\.availabilityZone)$|(chargeType|backend\.type|^role)$/;
/** Keys by which others are checked, and of which Terraform gets nothing. */
const FOR_CHECKS = ["network.vpcCidrBlock"];
const FOR_CHECKS_OF_EXISTING = ["network.subnetCidrBlock"];

describe.each(Object.entries(FULL_SETTINGS))("each key changes what Terraform gets, with %s:", (_, settings) => {
  const synthesize = (changed: unknown) => Testing.synth(pairStack(new RootConstruct(), changed as PairSettings), true);
  const before = synthesize(settings);
  const leaves = pathsOf(settings).filter((path) => {
    const value = new Document(settings).getIn(path);
    const isExisting = new Document(settings).hasIn(["network", "subnetId"]);
    const checked = [...FOR_CHECKS, ...(isExisting ? FOR_CHECKS_OF_EXISTING : [])];
    return typeof value !== "object" && !DECISIVE.test(nameOf(path)) && !checked.includes(nameOf(path));
  });

  test.each(leaves.map((path) => [nameOf(path), path] as const))("%s", (name, path: Path) => {
    const document = new Document(structuredClone(settings));
    // With whole seconds it has one value only.
    if (name === "keepalived.downTimerAdverts") document.deleteIn(path);
    else document.setIn(path, another(document.getIn(path), name));
    expect(synthesize(document.toJS())).not.toBe(before);
  });
});
