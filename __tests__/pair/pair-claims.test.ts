import type { Construct } from "constructs";
import { describe, expect, test } from "vitest";
import { HaVip, KeepalivedPair } from "../../constructs/index";
import { haVip, PROPS } from "../helpers/pair";
import { building, SUBNET, synth } from "../helpers/synth";

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
    expect(building(two(first, second))).toThrow(/test\/One(Vip)? already, which is in the same subnet/);
  });
});

test("refuses a virtual IP that another pair has already", () => {
  expect(
    building((scope) => {
      const virtualIp = haVip(scope);
      new KeepalivedPair(scope, "One", { ...PROPS, virtualIp });
      new KeepalivedPair(scope, "Two", { ...PROPS, virtualIp, primary: { privateIp: "10.0.1.21" } });
    }),
  ).toThrow(/'virtualIp' .*already/);
});
