import { ACTIONS } from "pairctl/contract";
import { expect, test } from "vitest";
import { DATA_SOURCE_ACTIONS, RESOURCE_ACTIONS } from "../../../constructs/deployer/provider-actions.ts";
import { actions } from "../src/services/index.ts";

/** What the provider would call for a change or a stack that cannot be made here, and why. */
const NOT_HERE: Readonly<Record<string, string>> = {
  "cam:PassRole": "no call: a right that RunInstances needs",
  "cbs:DescribeSnapshots": "no image is made of snapshots",
};

const here = new Set(actions.map(({ action }) => action));
const ofProvider = [
  ...Object.values(RESOURCE_ACTIONS).flatMap(({ create, read, update, delete: remove }) =>
    [create, read, update, remove].flat(),
  ),
  ...Object.values(DATA_SOURCE_ACTIONS).flat(),
];
const missing = [...new Set(ofProvider)].filter((action) => !here.has(action.split(":")[1] ?? ""));

test("every action that the provider calls for a pair is here, or listed with the reason why not", () => {
  expect(ofProvider.length).toBeGreaterThan(100);
  expect(missing.sort()).toEqual(Object.keys(NOT_HERE).sort());
});

test("every action that pairctl calls is here", () => {
  expect(Object.keys(ACTIONS).filter((action) => !here.has(action))).toEqual([]);
});
