import { App, Testing } from "cdktf";
import { KeepalivedPair } from "cdktf-tencentcloud-keepalived";
import { expect, test } from "vitest";
import { databaseStack } from "./main";
import { protect } from "./protection";

test("an Aspect reaches both machines of a pair, and an override one of them", () => {
  const stack = databaseStack(new App());
  protect(stack, stack.node.findChild("Database") as KeepalivedPair);
  const { tencentcloud_instance: instances } = JSON.parse(Testing.synth(stack, true)).resource;
  expect(Object.values(instances)).toMatchObject([
    { disable_api_termination: true, tags: { backup: "daily" } },
    { disable_api_termination: true, tags: {} },
  ]);
});
