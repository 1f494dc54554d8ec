import { describe, expect, test } from "vitest";
import { KeepalivedPair, PlacementGroup } from "../../constructs/index";
import { haVip, node, PROPS, synthPair } from "../helpers/pair";
import { building, only, synth, types } from "../helpers/synth";

describe("a placement group", () => {
  test("that exists is used", () => {
    const placementGroup = PlacementGroup.fromPlacementGroupAttributes({ placementGroupId: "ps-1" });
    const stack = synthPair({ placementGroup });
    expect(types(stack)).not.toContain("tencentcloud_placement_group");
    expect(node(stack, "Primary")["placement_group_id"]).toBe("ps-1");
  });

  test("of one's own has another type and affinity", () => {
    const stack = synth((scope) => {
      const placementGroup = new PlacementGroup(scope, "Racks", { type: "RACK", affinity: 2, tags: { a: "b" } });
      new KeepalivedPair(scope, "Pair", { ...PROPS, virtualIp: haVip(scope), placementGroup });
    });
    expect(only(stack, "tencentcloud_placement_group")).toMatchObject({
      name: "Racks",
      type: "RACK",
      affinity: 2,
      tags: { a: "b" },
    });
  });

  test.each([
    [{ affinity: 11 }, /'placementGroup\.affinity' must be an integer between 1 and 10, got 11/],
    [{ name: "" }, /'placementGroup\.name' must have 1 to 60/],
  ])("refuses %j", (props, message) => {
    expect(building((scope) => new PlacementGroup(scope, "Racks", props))).toThrow(message);
  });
});
