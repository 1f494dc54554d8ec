import { expect, test } from "vitest";
import { deployerPolicy, KeyPair } from "../../constructs/index";
import { DATA_SOURCE_ACTIONS, RESOURCE_ACTIONS } from "../../constructs/deployer/provider-actions";
import * as provider from "../../constructs/provider";
import { checkPolicyActions } from "../../packages/local-cloud/src/index.ts";
import { privateIp, synthPair } from "../helpers/pair";
import { synth } from "../helpers/synth";

/** The longest document of a custom policy (CAM's limits, 598/10604). */
const MAX_CHARACTERS = 6144;

const everything = JSON.stringify({ resource: RESOURCE_ACTIONS, data: DATA_SOURCE_ACTIONS });
const actionsOf = (json: string) => deployerPolicy(json).document.statement.flatMap(({ action }) => [...action]);

test("every resource and data source of the provider that the constructs may make is in the table, and no other", () => {
  const types = Object.values(provider).flatMap((each) => ("tfResourceType" in each ? [each.tfResourceType] : []));
  const tabled = [...Object.keys(RESOURCE_ACTIONS), ...Object.keys(DATA_SOURCE_ACTIONS)];
  expect([...new Set(types)].filter((type) => type !== "tencentcloud").sort()).toEqual(tabled.sort());
});

test("CAM knows each of its actions, and takes a policy of all of them", () => {
  const actions = actionsOf(everything).filter((action) => action !== "cam:PassRole");
  expect(actions.length).toBeGreaterThan(60);
  expect(() => checkPolicyActions(actions)).not.toThrow();
  expect(() => checkPolicyActions(["vpc:AllocateAddresses"])).toThrow("does not exist");
  expect(JSON.stringify(deployerPolicy(everything).document).length).toBeLessThan(MAX_CHARACTERS);
});

test("has what the stack needs and nothing more: what is brought along is not made", () => {
  const actions = actionsOf(JSON.stringify(synthPair({ role: { roleName: "ours" } }, privateIp)));
  expect(actions).toEqual(expect.arrayContaining(["cam:PassRole", "cvm:RunInstances", "cvm:AllocateAddresses"]));
  for (const action of ["cam:CreateRole", "vpc:CreateHaVip", "vpc:CreateVpc", "cvm:ImportKeyPair"]) {
    expect(actions).not.toContain(action);
  }
  expect(new Set(actions).size).toBe(actions.length);
});

test("has nothing that formats the disks of a node", () => {
  expect(actionsOf(everything)).not.toContain("cvm:ResetInstance");
});

test("names the types that it does not know", () => {
  const json = JSON.stringify({
    ...synth((scope) => void new KeyPair(scope, "Key", { publicKey: "ssh-ed25519 AAAA" })),
    data: { tencentcloud_user_info: {}, external: {} },
  });
  expect(deployerPolicy(json).unknownTypes).toEqual(["data.tencentcloud_user_info"]);
});
