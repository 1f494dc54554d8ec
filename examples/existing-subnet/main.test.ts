import { App, Testing } from "cdktf";
import { pairsOf, readableStack } from "cdktf-tencentcloud-keepalived/testing";
import "cdktf-tencentcloud-keepalived/vitest";
import { expect, test } from "vitest";
import { databaseStack } from "./main";

const synthesized = Testing.synth(databaseStack(new App({ outdir: "cdktf.out" })), true);

test("the database has its address, and VRRP passes", () => {
  expect(synthesized).toHavePair({ vip: "172.16.9.50", mechanism: "havip" });
  expect(synthesized).toLetVrrpPass();
});

test("each node looks after MySQL", () => {
  const [pair] = pairsOf(synthesized);
  expect(pair?.primary.userData.files["/etc/keepalived/keepalived.conf"]?.content).toContain("track_script");
  expect(JSON.stringify(readableStack(synthesized))).toContain("3306");
});
