import { expect, test } from "vitest";
import { argumentOf, referencesIn } from "../../src/adopt/argument.ts";

test.each([
  ["web", { kind: "literal", value: "web" }],
  // As cdktf writes a literal that would be a template.
  ["a $${b} %%{c}", { kind: "literal", value: "a ${b} %{c}" }],
  [true, { kind: "literal", value: "true" }],
  [10, { kind: "literal", value: "10" }],
  ["${tencentcloud_vpc.Vpc_1.id}", { kind: "reference", address: "tencentcloud_vpc.Vpc_1", attribute: "id" }],
  ["${data.tencentcloud_images.Image.images[0].image_id}", { kind: "unknown" }],
  ["${tencentcloud_vpc.Vpc[0].id}", { kind: "unknown" }],
  ["web-${tencentcloud_vpc.Vpc.id}", { kind: "unknown" }],
  ['${try(tencentcloud_eni.Eni.id, "")}', { kind: "unknown" }],
  ["${cut off", { kind: "unknown" }],
  [undefined, { kind: "unknown" }],
  [["a"], { kind: "unknown" }],
])("reads %j as Terraform would", (value, argument) => {
  expect(argumentOf(value)).toEqual(argument);
});

test("finds the resources of a type in any expression, each once", () => {
  const expression =
    "${try(data.tencentcloud_enis.Holder.id, tencentcloud_eni.A.id, tencentcloud_eni.B-2.id, tencentcloud_eni.A.id)}";
  expect(referencesIn([expression], "tencentcloud_eni")).toEqual(["tencentcloud_eni.A", "tencentcloud_eni.B-2"]);
  expect(referencesIn(undefined, "tencentcloud_eni")).toEqual([]);
});
