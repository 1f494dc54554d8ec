import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { LocalCloud } from "../../../src/index.ts";
import { type Ask, type AskCode, makeNetwork, startEmpty } from "../../support/provisioning.ts";

let cloud: LocalCloud;
let ask: Ask;
let code: AskCode;
let network: { VpcId: string; SubnetId: string };
beforeEach(async () => {
  ({ cloud, ask, code } = await startEmpty({ quotas: { placementGroups: 1 } }));
  network = await makeNetwork(ask);
});
afterEach(() => cloud.stop());

describe("tags are refused", () => {
  const set = (TagKey: string, TagValue = "v") => ({ ReplaceTags: [{ TagKey, TagValue }] });
  const many = Array.from({ length: 51 }, (_, index) => ({ TagKey: `k${index}`, TagValue: "v" }));
  test.each<[string, object, string]>([
    ["with a key that is too long", set("k".repeat(128)), "InvalidParameterValue.TagKeyLengthExceeded"],
    ["with a value that is too long", set("k", "v".repeat(256)), "InvalidParameterValue.TagValueLengthExceeded"],
    ["with a key of the cloud's own", set("qcs:mine"), "InvalidParameter.ReservedTagKey"],
    ["with a key that begins as the cloud's own", set("tencentcloud"), "InvalidParameter.ReservedTagKey"],
    ["with a key twice", { ReplaceTags: [...set("k").ReplaceTags, ...set("k").ReplaceTags] }, "InvalidParameter.Tag"],
    ["over fifty", { ReplaceTags: many }, "LimitExceeded.ResourceAttachedTags"],
    [
      "both set and deleted",
      { ...set("k"), DeleteTags: [{ TagKey: "k" }] },
      "InvalidParameterValue.DeleteTagsParamError",
    ],
  ])("%s", async (_, change, expected) => {
    const Resource = `qcs::vpc:ap-singapore:uin/:vpc/${network.VpcId}`;
    expect(await code("tag:ModifyResourceTags", { Resource, ...change })).toBe(expected);
  });
});
