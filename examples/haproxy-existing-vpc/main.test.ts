import { App, Testing } from "cdktf";
import { pairsOf } from "cdktf-tencentcloud-keepalived/testing";
import "cdktf-tencentcloud-keepalived/vitest";
import { expect, test } from "vitest";
import { loadBalancerStack } from "./main";

const synthesized = Testing.synth(loadBalancerStack(new App()), true);

test("the pair has a new subnet in the VPC that exists, and VRRP passes", () => {
  expect(synthesized).toHavePair({ vip: "172.16.20.100", mechanism: "havip" });
  expect(synthesized).toLetVrrpPass();
  const { tencentcloud_vpc: vpcs, tencentcloud_subnet: subnets } = JSON.parse(synthesized).resource;
  expect(vpcs).toBeUndefined();
  expect(Object.values(subnets)).toMatchObject([{ vpc_id: "vpc-8b3k2q1x", cidr_block: "172.16.20.0/24" }]);
});

test("each node gets HAProxy's configuration, and asks HAProxy itself whether it is well", () => {
  for (const { userData } of pairsOf(synthesized).flatMap(({ primary, secondary }) => [primary, secondary])) {
    expect(userData.packages).toContain("haproxy");
    expect(userData.files["/etc/haproxy/haproxy.cfg"]?.content).toMatch(/^ {2}server web2 172\.16\.3\.12:80 check$/m);
    expect(JSON.stringify(userData.files)).toContain("'http://127.0.0.1:8404/'");
  }
});
