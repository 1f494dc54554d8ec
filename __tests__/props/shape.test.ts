import { TerraformVariable, Token } from "cdktf";
import { describe, expect, test } from "vitest";
import { HaVip, Network } from "../../constructs";
import {
  callback,
  data,
  dependable,
  either,
  flag,
  instanceOf,
  isObject,
  list,
  number,
  object,
  oneOf,
  optional,
  part,
  requireProps,
  type RequiredField,
  tags,
  text,
} from "../../constructs/props/shape";
import { building, synth } from "../helpers/synth";

const check = (field: RequiredField, value: unknown) => () => field.check("prop", value);
const subnet = part("a subnet", "give a Network's subnet", { subnetId: text("subnet-1"), vip: optional(text("x")) });
class Check {}
const aCheck = instanceOf("a check", "make one", () => Check);

describe("a value of the right kind is taken:", () => {
  test.each<[string, RequiredField, unknown]>([
    ["a text", text("a"), ""],
    ["a number", number(1), 0],
    ["false", flag(), false],
    ["a word of some", oneOf("a", "b"), "b"],
    ["a list of texts", list(text("a"), '["a"]'), ["a", "b"]],
    ["no items", list(text("a"), '["a"]'), []],
    ["tags", tags(), { team: "ops", "owner:mail": "a@b" }],
    ["an object without a prototype", data("{ a: 1 }"), Object.assign(Object.create(null), { a: 1 })],
    ["props", object<{ name: string }>({ name: text("a") }), { name: "x" }],
    ["attributes in place of a construct", subnet, { subnetId: "subnet-1" }],
    ["an object of a class, also of one below it", aCheck, new (class extends Check {})()],
    ["a function", callback("a callback"), () => 1],
    ["the second of two kinds", either(isObject, data("{}"), text("a")), "x"],
    ["what can be left out and is", optional(text("a")) as unknown as RequiredField, undefined],
    ["a resource to wait for", dependable(), { fqn: "tencentcloud_eip.a" }],
  ])("%s", (_, field, value) => {
    expect(check(field, value)).not.toThrow();
  });

  test("tokens of a text and of a number, and tags whose texts only Terraform knows", () => {
    synth((scope) => {
      const variable = new TerraformVariable(scope, "v", { type: "string" });
      expect(check(text("a"), variable.stringValue)).not.toThrow();
      expect(check(number(1), variable.numberValue)).not.toThrow();
      expect(check(tags(), { team: variable.stringValue })).not.toThrow();
    });
  });
});

describe("refuses, with key, value and remedy,", () => {
  test.each<[string, RequiredField, unknown, string]>([
    ["a number for a text", text("web"), 5, "'prop' must be a text, got 5: write it such as \"web\""],
    ["a text for a number", number(5), "5", "'prop' must be a number, got \"5\": write it such as 5, without quotes"],
    [
      "a word for true",
      flag(),
      "true",
      "'prop' must be true or false, got \"true\": write one of the two, without quotes",
    ],
    ["an unknown word", oneOf("a", "b"), "c", "'prop' must be one of a, b, got \"c\": choose one of them"],
    ["one text for a list", list(text("a"), '["a"]'), "a", '\'prop\' must be a list, got "a": write it such as ["a"]'],
    ["a wrong item, by its place", list(text("a"), '["a"]'), ["a", 2], "'prop[1]' must be a text, got 2"],
    // eslint-disable-next-line no-sparse-arrays -- JavaScript may have one
    ["a hole in a list", list(text("a"), '["a"]'), ["a", , "c"], "'prop[1]' must be a text, got nothing"],
    [
      "an object of a class for data",
      data("{ a: 1 }"),
      new Check(),
      "'prop' must be an object, got an object of class",
    ],
    [
      "a wrong prop of an object",
      object<{ name: string }>({ name: text("a") }),
      { name: 1 },
      "'prop.name' must be a text, got 1",
    ],
    [
      "a text for a construct",
      subnet,
      "subnet-1",
      "'prop' must be a subnet, got \"subnet-1\": give a Network's subnet",
    ],
    ["attributes that nobody reads", subnet, { subnetId: "a", subnetID: "b" }, "'prop.subnetID' is an unknown prop"],
    ["attributes that are missing", subnet, {}, "'prop.subnetId' must be a text, got nothing"],
    [
      "null for what can be left out",
      subnet,
      { subnetId: "a", vip: null },
      "'prop.vip' must not be null, got null: leave it out",
    ],
    ["an object that only looks like one of a class", aCheck, {}, "'prop' must be a check, got an object: make one"],
    ["a text for a function", callback("a callback"), "x", "'prop' must be a callback, got \"x\": write a function"],
    ["neither of two kinds", either(isObject, data("{}"), text("a")), 7, "'prop' must be a text, got 7"],
    ["what cannot be waited for", dependable(), {}, "'prop' must be a resource that can be waited for, got an object"],
  ])("%s", (_, field, value, message) => {
    expect(check(field, value)).toThrow(message);
  });

  test("a bare token, with what turns it into a text", () => {
    expect(check(text("a"), Token.asAny({ Ref: "x" }))).toThrow(
      /wrap the token in Token\.asString or Token\.asNumber$/,
    );
  });

  test("props that are no object, by the names of those that there are", () => {
    const shape = { name: text("a"), sizeGb: optional(number(1)) };
    expect(() => requireProps<{ name: string; sizeGb?: number }>(shape, ["a"])).toThrow(
      /^'props' must be an object with props, got .*: give name, sizeGb$/,
    );
    expect(() => requireProps<{ name: string; sizeGb?: number }>(shape, 5, "primary.")).toThrow(/^'primary' must be/);
  });

  test("an unknown prop with the nearest known one, and not with its value, which may be a secret", () => {
    const refusal = () => requireProps<{ authPass: string }>({ authPass: text("a") }, { authPas: "hunter2" });
    expect(refusal).toThrow("'authPas' is an unknown prop, got a text that is not shown: did you mean 'authPass'?");
    expect(refusal).not.toThrow(/hunter2/);
  });
});

describe("tags are refused as the cloud refuses them:", () => {
  test.each<[string, object, RegExp]>([
    ["a name of 128 characters", { ["n".repeat(128)]: "x" }, /must have 1 to 127 characters as the name of a tag/],
    ["no name", { "": "x" }, /must have 1 to 127 characters as the name of a tag/],
    [
      "a text of 256 characters",
      { team: "x".repeat(256) },
      /^'prop\.team' must have 1 to 255 characters as a tag's text/,
    ],
    ["no text", { team: "" }, /^'prop\.team' must have 1 to 255 .*\(this one has 0\)$/],
    ["a text of two lines", { team: "a\nb" }, /in one line/],
    ["blanks around a text", { team: " ops" }, /without blanks around them/],
    ["a number", { team: 7 }, /^'prop\.team' must be a text, got 7/],
    ["a name of the cloud's own", { "qcs:team": "x" }, /must not have a name that the cloud keeps for itself/],
    ["another one of its own", { "project:x": "x" }, /keeps for itself/],
  ])("%s", (_, value, message) => {
    expect(check(tags(), value)).toThrow(message);
  });

  test("characters count as one each, also those that JavaScript counts as two", () => {
    expect(check(tags(), { ["😀".repeat(127)]: "😀".repeat(255) })).not.toThrow();
  });
});

test("a construct in the place of its own part is told apart, with the part that is meant", () => {
  expect(
    building((scope) => {
      const cidrs = { cidrBlock: "10.0.0.0/16", subnetCidrBlock: "10.0.1.0/24" };
      const network = new Network(scope, "Network", { ...cidrs, availabilityZone: "ap-singapore-1" });
      new HaVip(scope, "Vip", { subnet: network as never, vip: "10.0.1.100" });
    }),
  ).toThrow("test/Vip: 'subnet' must be a subnet, got the Network test/Network: give its 'subnet'");
});
