import { TerraformVariable } from "cdktf";
import { describe, expect, test } from "vitest";
import {
  requireCidr,
  requireDistinct,
  requireInteger,
  requireLiteral,
  requireLiteralInteger,
  requireName,
  requireUsableAddress,
} from "../../constructs/props/validation";
import { synth } from "../helpers/synth";

const SUBNET = requireCidr("cidrBlock", "10.0.1.0/24");

describe("refuses", () => {
  test.each<[string, () => void, RegExp]>([
    [
      "a number above its limit",
      () => requireInteger("rise", 11, 1, 10, "choose less"),
      /^'rise' must be an integer between 1 and 10, got 11: choose less$/,
    ],
    ["a number below its limit", () => requireInteger("rise", 0, 1, 10, "choose more"), /got 0: choose more$/],
    ["a fraction", () => requireInteger("rise", 1.5, 1, 10, "choose 1 or 2"), /must be an integer .*got 1\.5/],
    ["no text in a name's place", () => requireName("name", "", 60), /'name' must have 1 to 60 characters/],
    ["a name that is too long", () => requireName("name", "n".repeat(61), 60), /use a shorter name .*has 61\)$/],
    [
      "an address in a network's place, with the network that it is in",
      () => requireCidr("cidrBlock", "10.0.1.7/24"),
      /'cidrBlock' must be an IPv4 network .*which is 10\.0\.1\.0\/24 here$/,
    ],
    ["what is no network at all", () => requireCidr("cidrBlock", "here"), /such as 10\.0\.0\.0\/16$/],
    [
      "an address with a prefix length",
      () => requireUsableAddress("vip", "10.0.1.100/24", SUBNET),
      /must be an address without a prefix length.*leave \/24 out: 10\.0\.1\.100$/,
    ],
    [
      "an address outside the subnet",
      () => requireUsableAddress("vip", "10.0.2.100", SUBNET),
      /outside the subnet.*choose another address of 10\.0\.1\.0\/24$/,
    ],
    [
      "one address twice",
      () => requireDistinct({ vip: "10.0.1.100", parkingIp: "10.0.1.100" }),
      /^'parkingIp' must differ from 'vip', got "10\.0\.1\.100": give each its own address$/,
    ],
  ])("%s", (_, run, message) => {
    expect(run).toThrow(message);
  });
});

/** What is known only at apply. */
function tokens(check: (text: string, number: number) => void): () => void {
  return () =>
    void synth((scope) => {
      const variable = (id: string, type: string) => new TerraformVariable(scope, id, { type });
      check(variable("text", "string").stringValue, variable("number", "number").numberValue);
    });
}

test("lets through what is known only at apply, where nothing on the node names it", () => {
  expect(
    tokens((text, number) => {
      requireInteger("sizeGb", number, 20, 2048, "choose another");
      requireName("name", text, 60);
    }),
  ).not.toThrow();
});

test.each<[string, () => void, RegExp]>([
  ["a text", tokens((text) => requireLiteral("region", text)), /'region' must be known at synth, .*got a token/],
  [
    "a number",
    tokens((_, number) => requireLiteralInteger("priority", number, 1, 254, "choose 100")),
    /'priority' must be known at synth/,
  ],
  ["a network", tokens((text) => requireCidr("cidrBlock", text)), /addresses are checked against it/],
  ["an address", tokens((text) => requireUsableAddress("vip", text, SUBNET)), /'vip' must be known at synth/],
])("refuses %s that is known only at apply, where it is needed before", (_, run, message) => {
  expect(run).toThrow(message);
});
