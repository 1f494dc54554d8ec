import { App, Testing } from "cdktn";
import { pairsOf } from "cdktn-tencentcloud-keepalived/testing";
import "cdktn-tencentcloud-keepalived/vitest";
import { expect, test } from "vitest";
import { cacheStack } from "./main";

const synthesized = Testing.synth(cacheStack(new App()), true);

test("Redis has its address, and VRRP passes", () => {
  expect(synthesized).toHavePair({ vip: "10.5.1.100", mechanism: "secondary-private-ip" });
  expect(synthesized).toLetVrrpPass();
});

test("each node installs Redis, and gives up where its port is closed", () => {
  const nodes = pairsOf(synthesized).flatMap(({ primary, secondary }) => [primary, secondary]);
  expect(nodes).toHaveLength(2);
  for (const { userData } of nodes) {
    expect(userData.packages).toContain("redis-server");
    expect(JSON.stringify(userData.files)).toContain("/dev/tcp/127.0.0.1/6379");
  }
});
