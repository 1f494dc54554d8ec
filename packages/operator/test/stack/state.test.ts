import { expect, test } from "vitest";
import { parseState } from "../../src/stack/state.ts";

const attributes = { id: "ins-11111111" };
const found = [{ address: "tencentcloud_instance.Pair_Primary", type: "tencentcloud_instance", values: attributes }];

test("reads a state as Terraform keeps it", () => {
  const instance = {
    mode: "managed",
    type: "tencentcloud_instance",
    name: "Pair_Primary",
    instances: [{ attributes }],
  };
  const source = { mode: "data", type: "tencentcloud_images", name: "Image", instances: [{ attributes: {} }] };
  expect(parseState(JSON.stringify({ version: 4, resources: [instance, source] }), "it")).toEqual(found);
});

test("reads what 'terraform show -json' prints, modules too", () => {
  const resource = { ...found[0], mode: "managed", name: "Pair_Primary" };
  const inModule = { ...resource, address: "module.a.tencentcloud_instance.Pair_Primary" };
  const root_module = { resources: [resource], child_modules: [{ resources: [inModule] }] };
  expect(parseState(JSON.stringify({ format_version: "1.0", values: { root_module } }), "it")).toEqual([
    ...found,
    { ...found[0], address: inModule.address },
  ]);
});

test("tells instances of one resource apart, in a module too", () => {
  const instances = [
    { index_key: 0, attributes },
    { index_key: "a", attributes },
  ];
  const resource = { module: "module.m", mode: "managed", type: "x", name: "n", instances };
  expect(parseState(JSON.stringify({ version: 4, resources: [resource] }), "it").map(({ address }) => address)).toEqual(
    ["module.m.x.n[0]", 'module.m.x.n["a"]'],
  );
});

test("a state of nothing has no resources", () => {
  expect(parseState('{"format_version":"1.0"}', "it")).toEqual([]);
  expect(parseState('{"version":4,"resources":[]}', "it")).toEqual([]);
});

test.each(["", "AKIDsecret", "[]", "{}", '{"version":3}', "null"])(
  "refuses %j, without showing what may be a secret",
  (text) => {
    expect(() => parseState(text, "web.tfstate")).toThrow(/^web\.tfstate must be a state of Terraform's, and is not/);
  },
);
