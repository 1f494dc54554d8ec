import { App, Testing } from "cdktf";
import { pairsOf } from "cdktf-tencentcloud-keepalived/testing";
import "cdktf-tencentcloud-keepalived/vitest";
import { expect, test } from "vitest";
import { databaseStack } from "./main";

const synthesized = Testing.synth(databaseStack(new App()), true);
const nodes = pairsOf(synthesized).flatMap(({ primary, secondary }) => [primary, secondary]);

test("the database has its address, and VRRP passes", () => {
  expect(synthesized).toHavePair({ vip: "10.4.1.100", mechanism: "havip" });
  expect(synthesized).toLetVrrpPass();
});

test("keepalived tells each node's database what it is now, and a recovered node does not claim the address back", () => {
  expect(nodes).toHaveLength(2);
  for (const { userData } of nodes) {
    const files = Object.values(userData.files).map(({ content }) => content);
    expect(files).toContainEqual(expect.stringMatching(/^\/usr\/local\/sbin\/replicate\.sh "\$1"$/m));
    const conf = userData.files["/etc/keepalived/keepalived.conf"]?.content;
    expect(conf).toMatch(/^ *nopreempt$/m);
    expect(conf).toMatch(/^ *track_script/m);
  }
});

test("the password of replication is a variable, and readable by root alone on the nodes", () => {
  expect(JSON.parse(synthesized).variable.replication_password).toMatchObject({ sensitive: true });
  for (const { userData } of nodes) {
    expect(userData.files["/etc/mysql/replication"]).toMatchObject({
      permissions: "0600",
      content: expect.stringContaining("password=${var.replication_password}"),
    });
  }
});
