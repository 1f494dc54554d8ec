import { LineCounter, parseDocument } from "yaml";
import { describe, expect, test } from "vitest";
import { lineOf, pathOf } from "../src/location";

const FILE = `name: web
# a comment
network:
  vpcId: vpc-1
ingress:
  - port: "80"
    protocol: TCP
  - protocol: UDP
80: a key that is a number
`;

function lineIn(text: string, key: string): number | undefined {
  const lines = new LineCounter();
  return lineOf(parseDocument(text, { lineCounter: lines }), pathOf(key), lines);
}

test.each<[string, (string | number)[]]>([
  ["name", ["name"]],
  ["network.vpcId", ["network", "vpcId"]],
  ["ingress[1].port", ["ingress", 1, "port"]],
  ["a[0][12]", ["a", 0, 12]],
  ["", []],
])("the path of %j", (key, path) => {
  expect(pathOf(key)).toEqual(path);
});

describe("an error names the line", () => {
  test.each([
    ["of a key", "name", 1],
    ["of a key in a section, comments counted", "network.vpcId", 4],
    ["of a key in an item of a list", "ingress[0].protocol", 7],
    ["of an item", "ingress[1]", 8],
    ["of a key that is a number", "80", 9],
    ["of the section that lacks a key", "network.subnetId", 3],
    ["of the item that lacks one", "ingress[1].port", 8],
    ["of the list that lacks an item", "ingress[7].port", 5],
  ])("%s", (_, key, line) => {
    expect(lineIn(FILE, key)).toBe(line);
  });

  test.each([
    ["a section that is not there", FILE, "eip.bandwidthMbps"],
    ["a file without a key", "", "name"],
  ])("and none for %s", (_, text, key) => {
    expect(lineIn(text, key)).toBeUndefined();
  });
});
