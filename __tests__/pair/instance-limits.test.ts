import { expect, test } from "vitest";
import { HaVip, KeepalivedPair, SecondaryPrivateIp } from "../../constructs";
import { instanceLimits } from "../../constructs/pair/instance-limits";
import type { Construct } from "constructs";
import { PROPS } from "../helpers/pair";
import { building, SUBNET } from "../helpers/synth";

test.each([
  ["S5.SMALL1", { privateIpsPerEni: 2, publicIps: 2 }],
  ["S5.SMALL2", { privateIpsPerEni: 6, publicIps: 2 }],
  ["S5.MEDIUM2", { privateIpsPerEni: 10, publicIps: 2 }],
  ["SA5.LARGE8", { privateIpsPerEni: 10, publicIps: 2 }],
  ["S5.2XLARGE16", { privateIpsPerEni: 20, publicIps: 3 }],
  ["S5.16XLARGE256", { privateIpsPerEni: 30, publicIps: 10 }],
  ["whatever comes next", undefined],
])("the name %s tells what the instance takes", (type, limits) => {
  expect(instanceLimits(type)).toEqual(limits);
});

const addresses = Array.from({ length: 12 }, (_, index) => `10.0.1.${100 + index}`);

function pairOf(
  count: number,
  instanceType: string,
  make: (scope: Construct, vip: string) => HaVip | SecondaryPrivateIp,
) {
  return building((scope) => {
    const [virtualIp, ...additionalVirtualIps] = addresses.slice(0, count).map((vip) => make(scope, vip));
    if (virtualIp) new KeepalivedPair(scope, "Pair", { ...PROPS, instanceType, virtualIp, additionalVirtualIps });
  });
}

const haVip = (scope: Construct, vip: string) => new HaVip(scope, vip, { subnet: SUBNET, vip });
const parkingIp = (vip: string) => vip.replace("10.0.1.1", "10.0.1.2");
const privateIp = (scope: Construct, vip: string) =>
  new SecondaryPrivateIp(scope, vip, { subnet: SUBNET, vip, parkingIp: parkingIp(vip) });
const publicIp = (scope: Construct, vip: string) =>
  new SecondaryPrivateIp(scope, vip, { subnet: SUBNET, vip, parkingIp: parkingIp(vip), eip: { bandwidthMbps: 5 } });

test("takes as many addresses as a node can have", () => {
  expect(pairOf(5, "S5.MEDIUM2", haVip)).not.toThrow();
  expect(pairOf(9, "S5.MEDIUM2", privateIp)).not.toThrow();
  expect(pairOf(2, "S5.MEDIUM2", publicIp)).not.toThrow();
});

test.each([
  ["a sixth HAVIP", pairOf(6, "S5.MEDIUM2", haVip), /'additionalVirtualIps' must be 4 at most.* 5 HAVIPs, got 5/],
  [
    "a tenth address on 2 cores",
    pairOf(10, "S5.MEDIUM2", privateIp),
    /'instanceType' .*10 addresses at most.*needs 11/,
  ],
  ["a second address on 1 core and 1 GB", pairOf(2, "S5.SMALL1", privateIp), /'instanceType' .*2 addresses at most/],
  ["a third public address on 2 cores", pairOf(3, "S5.MEDIUM2", publicIp), /'instanceType' takes 2 public addresses/],
])("refuses %s, which would end the failover", (_, build, message) => {
  expect(build).toThrow(message);
});
