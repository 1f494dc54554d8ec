import { App, Testing } from "cdktf";
import { pairsOf } from "cdktf-tencentcloud-keepalived/testing";
import "cdktf-tencentcloud-keepalived/vitest";
import { expect, test } from "vitest";
import { servicesStack } from "./main";

const synthesized = Testing.synth(servicesStack(new App()), true);

test("each pair has an address of its own in the one subnet, and VRRP passes", () => {
  expect(synthesized).toHavePair({ vip: "10.3.1.100" });
  expect(synthesized).toHavePair({ vip: "10.3.2.100" });
  expect(synthesized).toLetVrrpPass();
  expect(Object.keys(JSON.parse(synthesized).resource.tencentcloud_subnet)).toHaveLength(1);
});

test("neither pair takes the other's adverts for its own", () => {
  const routerIds = pairsOf(synthesized).map(({ primary, secondary }) =>
    [primary, secondary].map(({ userData }) => {
      const conf = userData.files["/etc/keepalived/keepalived.conf"]?.content ?? "";
      return /virtual_router_id (\d+)/.exec(conf)?.[1];
    }),
  );
  expect(routerIds.sort()).toEqual([
    ["51", "51"],
    ["52", "52"],
  ]);
});

test("the outputs of both pairs stand side by side", () => {
  const outputs = Object.keys(JSON.parse(synthesized).output);
  expect(outputs).toEqual(expect.arrayContaining(["web_vip", "cache_vip"]));
});
