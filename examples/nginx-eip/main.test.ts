import { App, Testing } from "cdktf";
import { pairsOf } from "cdktf-tencentcloud-keepalived/testing";
import "cdktf-tencentcloud-keepalived/vitest";
import { expect, test } from "vitest";
import { webSiteStack } from "./main";

const synthesized = Testing.synth(webSiteStack(new App()), true);

test("the site has its address and a public one, and VRRP passes", () => {
  expect(synthesized).toHavePair({ vip: "10.2.1.100", mechanism: "secondary-private-ip" });
  expect(synthesized).toLetVrrpPass();
  expect(JSON.parse(synthesized).resource.tencentcloud_eip_association).toBeDefined();
});

test("each node installs nginx, and gives up where its page is not delivered", () => {
  for (const { userData } of pairsOf(synthesized).flatMap(({ primary, secondary }) => [primary, secondary])) {
    expect(userData.packages).toEqual(expect.arrayContaining(["nginx", "curl"]));
    expect(Object.values(userData.files).map(({ content }) => content)).toContainEqual(
      expect.stringMatching(/^curl .* 'http:\/\/127\.0\.0\.1\/'$/m),
    );
  }
});
